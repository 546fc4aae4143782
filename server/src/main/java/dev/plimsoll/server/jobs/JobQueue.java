package dev.plimsoll.server.jobs;

import java.time.Instant;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/// Where jobs wait: a table.
public final class JobQueue {

    private JobQueue() {}

    /// Adds a job in the caller's transaction, so that there is a job exactly where there is what it is about.
    ///
    /// @return its id, or that of the unfinished job of its kind and key, which then is in the faster lane
    public static long add(Handle handle, NewJob job, Instant now) {
        return handle.createQuery("""
                        with added as (
                            insert into job (account_id, lane, kind, key, payload, state, not_before, created_at)
                            values (:account, :lane, :kind, :key, :payload, 'queued', :now, :now)
                            on conflict (kind, key) where state in ('queued', 'running') do update
                                set lane = case when excluded.lane = 'interactive' then excluded.lane else job.lane end
                            returning id)
                        select id from added""")
                .bind("account", job.accountId().orElse(null))
                .bind("lane", job.lane().name().toLowerCase(Locale.ROOT))
                .bind("kind", job.kind())
                .bind("key", job.key())
                .bind("payload", JobTexts.text(job.payload()))
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }
}
