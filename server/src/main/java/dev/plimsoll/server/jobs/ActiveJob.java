package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A job in the hands of a worker of this process. Safe for several threads.
final class ActiveJob implements JobHandler.Running {

    /// Words that come faster are written by the next tick.
    private static final Duration BETWEEN_WORDS = Duration.ofMillis(200);

    /// Why its thread is to stop.
    enum Stop {
        CANCELLED,
        /// Another worker has it, or may have it.
        LOST,
        /// The service stops.
        RELEASED
    }

    private final ClaimedJob job;
    private final Jobs jobs;
    private @Nullable Thread thread;
    private @Nullable Stop stop;
    private @Nullable JsonObject result;
    private @Nullable String unwritten;
    private long writtenAt;
    private boolean inTransaction;
    private int writing;
    private boolean completed;
    private boolean settled;

    ActiveJob(ClaimedJob job, Jobs jobs) {
        this.job = job;
        this.jobs = jobs;
        this.writtenAt = System.nanoTime() - BETWEEN_WORDS.toNanos();
    }

    synchronized void workedOnBy(Thread worker) {
        thread = worker;
    }

    ClaimedJob job() {
        return job;
    }

    @Override
    public long id() {
        return job.id();
    }

    @Override
    public Optional<Long> accountId() {
        return job.accountId();
    }

    @Override
    public JsonObject payload() {
        return job.payload();
    }

    @Override
    public int attempt() {
        return job.attempt();
    }

    /// Has the thread stop, by an interrupt. While the database is written to it is put off: an interrupt there costs
    /// the connection.
    synchronized void stop(Stop why) {
        if (stop == null && !completed) {
            stop = why;
            interrupt();
        }
    }

    private synchronized void interrupt() {
        if (stop != null && !completed && !settled && !inTransaction && writing == 0 && thread != null) {
            thread.interrupt();
        }
    }

    /// The handler has ended: its thread is interrupted no more.
    ///
    /// @return why it was to stop, empty where it was not
    synchronized Optional<Stop> settle() {
        settled = true;
        Thread.interrupted(); // it was for the handler, and must not break what is written from now on
        return Optional.ofNullable(stop);
    }

    synchronized boolean isCompleted() {
        return completed;
    }

    private synchronized void check() {
        if (stop != null) {
            throw new JobCancelled("job " + job.id() + " is to stop: " + stop);
        }
    }

    @Override
    public void progress(String words) {
        synchronized (this) {
            check();
            unwritten = words;
            if (System.nanoTime() - writtenAt < BETWEEN_WORDS.toNanos()) {
                return;
            }
            writing++;
        }
        try {
            if (!flush()) {
                stop(Stop.LOST);
            }
        } finally {
            synchronized (this) {
                writing--;
            }
            interrupt();
        }
        check();
    }

    /// Writes the last word down, where it is not there yet.
    ///
    /// @return whether the job is still this worker's
    boolean flush() {
        String words;
        synchronized (this) {
            if (unwritten == null) {
                return true;
            }
            words = unwritten;
            unwritten = null;
            writtenAt = System.nanoTime();
        }
        return jobs.database().jdbi().withHandle(handle -> JobStore.progress(handle, job, words));
    }

    @Override
    public synchronized void result(JsonObject object) {
        result = object;
    }

    private synchronized Optional<JsonObject> result() {
        return Optional.ofNullable(result);
    }

    @Override
    public void transact(Consumer<Handle> work) {
        begin();
        try {
            jobs.database().jdbi().useTransaction(handle -> {
                work.accept(handle);
                if (!JobStore.confirm(handle, job, result())) {
                    throw lost();
                }
            });
        } finally {
            end();
        }
        check();
    }

    @Override
    public void complete(Consumer<Handle> work) {
        begin();
        try {
            jobs.database().jdbi().useTransaction(handle -> {
                work.accept(handle);
                if (!JobStore.done(handle, job, result(), jobs.now())) {
                    throw lost();
                }
            });
            synchronized (this) {
                completed = true;
            }
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        check();
        if (inTransaction || completed) {
            throw new IllegalStateException("job " + job.id() + " is in a transaction, or done");
        }
        inTransaction = true;
    }

    private synchronized void end() {
        inTransaction = false;
        interrupt();
    }

    private JobCancelled lost() {
        return new JobCancelled("job " + job.id() + " is wanted no more, or another worker has it");
    }
}
