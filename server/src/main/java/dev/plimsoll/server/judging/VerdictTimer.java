package dev.plimsoll.server.judging;

import dev.plimsoll.server.advisories.Revision;
import dev.plimsoll.server.advisories.Revisions;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges images anew when the instant has come at which time alone may change their verdicts: a time to mend ends, a
/// waiver expires, the data gets old; and when newer data takes the place of data that was too old. Of several services
/// on one database one does it at a time.
public final class VerdictTimer {

    private static final Logger LOG = LoggerFactory.getLogger(VerdictTimer.class);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// When an image is tried again that could not be judged.
    private static final Duration LATER = Duration.ofMinutes(10);

    /// In verdicts, of one turn.
    private static final int BATCH = 500;

    /// Of PostgreSQL's advisory lock: "verdicts" in ASCII.
    private static final long LOCK = 0x7665726469637473L;

    private final Database database;
    private final Sweep sweep;
    private final InstantSource clock;

    public VerdictTimer(Database database, Sweep sweep, InstantSource clock) {
        this.database = database;
        this.sweep = sweep;
        this.clock = clock;
    }

    public Periodic periodic() {
        return new Periodic("verdict-timer", PAUSE, this::turn);
    }

    private record Due(long id, long image) {}

    /// Judges what is due.
    ///
    /// @return whether there may be more
    boolean turn() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.jdbi().inTransaction(handle -> {
            boolean ours = handle.createQuery("select pg_try_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .mapTo(Boolean.class)
                    .one();
            if (!ours) {
                return false;
            }
            var due = due(handle, now);
            if (!due.isEmpty()) {
                judge(due);
                postpone(handle, due, now);
            }
            boolean moreRefreshed = isRefreshed(handle, now);
            return due.size() == BATCH || moreRefreshed;
        });
    }

    private static List<Due> due(Handle handle, Instant now) {
        return handle.createQuery("""
                        select id, image_id from verdict
                        where valid_to is null and next_change_at is not null and next_change_at <= :now
                        order by next_change_at limit :limit""")
                .bind("now", now)
                .bind("limit", BATCH)
                .map((row, _) -> new Due(row.getLong("id"), row.getLong("image_id")))
                .list();
    }

    /// Judges what was judged by data that was too old, and is no more what counts. A revision itself has only those
    /// images judged anew that it finds something else of.
    ///
    /// @return whether there may be more
    private boolean isRefreshed(Handle handle, Instant now) {
        var active = Revisions.active(handle).map(Revision::id);
        if (active.isEmpty()) {
            return false;
        }
        var stale = handle.createQuery("""
                        select id, image_id from verdict
                        where valid_to is null and stale_revision_id is not null and stale_revision_id <> :active
                        order by id limit :limit""")
                .bind("active", active.get())
                .bind("limit", BATCH)
                .map((row, _) -> new Due(row.getLong("id"), row.getLong("image_id")))
                .list();
        if (stale.isEmpty()) {
            return false;
        }
        judge(stale);
        // one that could not be judged is tried again as what is due
        handle.createUpdate("""
                        update verdict set stale_revision_id = :active,
                            next_change_at = least(next_change_at, :later), next_change_why = coalesce(next_change_why, :why)
                        where id = any(:ids) and valid_to is null and stale_revision_id <> :active""")
                .bind("active", active.get())
                .bind("later", now.plus(LATER))
                .bind("why", TimeCauses.STALE + "the age that a rule allows")
                .bindArray("ids", Long.class, stale.stream().map(Due::id).toList())
                .execute();
        return stale.size() == BATCH;
    }

    /// Why the verdict changes the row itself tells.
    private void judge(List<Due> due) {
        Map<Long, Set<Cause>> images = new HashMap<>();
        due.forEach(each -> images.put(each.image(), Set.of()));
        try {
            sweep.judge(images);
        } catch (IOException e) {
            LOG.warn("some images whose time has come are tried again in {}: {}", LATER, e.getMessage());
        }
    }

    /// What is due still could not be judged: it must not stand in the way of others.
    private static void postpone(Handle handle, List<Due> due, Instant now) {
        handle.createUpdate("""
                        update verdict set next_change_at = :later
                        where id = any(:ids) and valid_to is null and next_change_at <= :now""")
                .bind("later", now.plus(LATER))
                .bindArray("ids", Long.class, due.stream().map(Due::id).toList())
                .bind("now", now)
                .execute();
    }
}
