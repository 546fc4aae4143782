package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// Where jobs wait: a table.
public final class JobQueue {

    private JobQueue() {}

    /// Adds a job in the caller's transaction, so that there is a job exactly where there is what it is about.
    ///
    /// @return its id, or that of the unfinished job that has its kind and key already
    public static long add(Handle handle, NewJob job, Instant now) {
        return handle.createQuery("""
                        with added as (
                            insert into job (account_id, lane, kind, key, payload, state, not_before, created_at)
                            values (:account, :lane, :kind, :key, :payload, 'queued', :now, :now)
                            on conflict (kind, key) where state in ('queued', 'running') do update set key = excluded.key
                            returning id)
                        select id from added""")
                .bind("account", job.accountId().orElse(null))
                .bind("lane", job.lane().name().toLowerCase(Locale.ROOT))
                .bind("kind", job.kind())
                .bind("key", job.key())
                .bind("payload", text(job))
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    private static String text(NewJob job) {
        var out = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(out)) {
            json.element(job.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
