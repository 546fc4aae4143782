package dev.plimsoll.server.jobs;

import dev.plimsoll.server.jobs.JobHandler.Ended;
import dev.plimsoll.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done with jobs besides doing them: cancelling, trying again, taking them back from workers that died,
/// forgetting old ones. Safe for several threads and several services on one database.
public final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /// How often jobs of lost workers are looked for, and how often old jobs.
    private static final Duration RESCUE_PAUSE = Duration.ofSeconds(5);

    private static final Duration FORGET_PAUSE = Duration.ofMinutes(10);

    private final Database database;
    private final InstantSource clock;
    private final JobSettings settings;
    private final JobObserver observer;
    private final Map<String, JobHandler> handlers = new HashMap<>();

    /// @param handlers one for each kind of jobs
    public Jobs(
            Database database,
            InstantSource clock,
            JobSettings settings,
            JobObserver observer,
            List<? extends JobHandler> handlers) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.observer = observer;
        for (var handler : handlers) {
            if (this.handlers.put(handler.kind(), handler) != null) {
                throw new IllegalArgumentException("two handlers do jobs of the kind " + handler.kind());
            }
        }
    }

    /// What must run beside the workers.
    public List<Periodic> upkeep() {
        return List.of(
                new Periodic("jobs of lost workers", RESCUE_PAUSE, this::rescue),
                new Periodic("old jobs", FORGET_PAUSE, this::forget));
    }

    /// Stops a job: at once where nobody works on it, else within a second or two. One that has ended stays as it is.
    ///
    /// @param mayService whether jobs of the whole service count too
    /// @return how it stands now; empty where the account has no such job
    public Optional<JobRow> cancel(long accountId, boolean mayService, long id) {
        return database.jdbi().inTransaction(handle -> {
            var found = JobRow.locked(handle, accountId, mayService, id);
            if (found.isEmpty()) {
                return found;
            }
            var job = found.get();
            switch (job.state()) {
                case QUEUED -> {
                    var reason = "somebody cancelled it";
                    handle.createUpdate("update job set state = 'cancelled', reason = :reason, finished_at = :now"
                                    + " where id = :id")
                            .bind("reason", reason)
                            .bind("now", clock.instant())
                            .bind("id", id)
                            .execute();
                    handler(job.kind())
                            .ifPresent(handler -> handler.ended(
                                    handle,
                                    new Ended(
                                            id,
                                            job.accountId(),
                                            job.payload(),
                                            job.result(),
                                            JobState.CANCELLED,
                                            reason)));
                }
                case RUNNING ->
                    handle.createUpdate("update job set cancel_requested = true where id = :id")
                            .bind("id", id)
                            .execute();
                case DONE, POISON, CANCELLED -> {
                    return found;
                }
            }
            return JobRow.find(handle, accountId, mayService, id);
        });
    }

    /// What became of a wish to try a job again.
    public sealed interface Retried {

        /// It waits for a worker.
        record Queued(JobRow job) implements Retried {}

        /// It is under way, or done.
        record NotEnded(JobRow job) implements Retried {}

        /// Another one of its kind and key is under way.
        record Replaced(JobRow job) implements Retried {}

        /// The account has no such job.
        record Unknown() implements Retried {}
    }

    /// Tries a job again that is poison or was cancelled, with all its attempts before it.
    public Retried retry(long accountId, boolean mayService, long id) {
        return database.jdbi().inTransaction(handle -> {
            var found = JobRow.locked(handle, accountId, mayService, id);
            if (found.isEmpty()) {
                return new Retried.Unknown();
            }
            var state = found.get().state();
            if (state != JobState.POISON && state != JobState.CANCELLED) {
                return new Retried.NotEnded(found.get());
            }
            int changed = handle.createUpdate("""
                            update job set state = 'queued', attempts = 0, not_before = :now, finished_at = null,
                                cancel_requested = false, progress = null
                            where id = :id and not exists (
                                select 1 from job other where other.kind = job.kind and other.key = job.key
                                    and other.state in ('queued', 'running'))""")
                    .bind("now", clock.instant())
                    .bind("id", id)
                    .execute();
            var now = JobRow.find(handle, accountId, mayService, id).orElseThrow();
            return changed == 1 ? new Retried.Queued(now) : new Retried.Replaced(now);
        });
    }

    /// Gives back to the queue what lost workers had.
    ///
    /// @return whether there may be more
    boolean rescue() {
        return database.jdbi().inTransaction(handle -> {
            var lost = JobStore.expired(handle, clock.instant());
            for (var each : lost) {
                var job = each.job();
                observer.expired(job.kind());
                if (each.cancelRequested()) {
                    end(handle, job, JobState.CANCELLED, "somebody cancelled it");
                } else if (job.attempt() >= settings.attempts()) {
                    end(
                            handle,
                            job,
                            JobState.POISON,
                            "the service ended " + job.attempt() + " times while it worked on it");
                } else {
                    LOG.warn("job {} ({}) is taken from a lost worker", job.id(), job.kind());
                    JobStore.again(handle, job, "its worker was lost", true, clock.instant());
                }
            }
            return !lost.isEmpty();
        });
    }

    private boolean forget() {
        var now = clock.instant();
        return database.jdbi()
                .inTransaction(handle -> JobStore.forget(
                        handle,
                        now.minus(settings.keepDone()),
                        now.minus(
                                settings.keepPoison().compareTo(settings.keepDone()) > 0
                                        ? settings.keepPoison()
                                        : settings.keepDone())));
    }

    /// Ends a job for good, and tells its handler in the same transaction.
    ///
    /// @return whether it was still the claim's
    boolean end(Handle handle, ClaimedJob job, JobState state, String reason) {
        if (!JobStore.end(handle, job, state, reason, clock.instant())) {
            return false;
        }
        handler(job.kind())
                .ifPresent(handler -> handler.ended(
                        handle,
                        new Ended(
                                job.id(),
                                job.accountId(),
                                job.payload(),
                                JobStore.result(handle, job.id()),
                                state,
                                reason)));
        return true;
    }

    Optional<JobHandler> handler(String kind) {
        return Optional.ofNullable(handlers.get(kind));
    }

    Set<String> kinds() {
        return new TreeSet<>(handlers.keySet());
    }

    Database database() {
        return database;
    }

    JobSettings settings() {
        return settings;
    }

    JobObserver observer() {
        return observer;
    }

    Instant now() {
        return clock.instant();
    }
}
