package dev.plimsoll.server.jobs;

import dev.plimsoll.server.jobs.ActiveJob.Stop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workers of this process: as many jobs at a time in each lane as the settings say, so that those of one lane
/// never wait for those of the other. Any number of processes may work on one database.
///
/// A job that is added by another process is seen after {@link JobSettings#poll} at the latest, one of this process
/// after {@link #wake} at once.
public final class JobWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

    /// What is left of a lease when it is prolonged: two thirds.
    private static final int HEARTBEATS_IN_LEASE = 3;

    private final Jobs jobs;
    private final JobSettings settings;
    private final String name = UUID.randomUUID().toString();
    private final Map<ActiveJob, Thread> active = new ConcurrentHashMap<>();
    private final List<Thread> dispatchers = new ArrayList<>();
    private final Thread heartbeat;
    private final Object bell = new Object();
    private long rung;
    private volatile boolean closing;
    private volatile boolean ended;

    private JobWorkers(Jobs jobs) {
        this.jobs = jobs;
        this.settings = jobs.settings();
        this.heartbeat = Thread.ofPlatform().daemon().name("jobs heartbeat").unstarted(this::beat);
    }

    /// Begins to work.
    public static JobWorkers start(Jobs jobs) {
        var workers = new JobWorkers(jobs);
        for (var lane : NewJob.Lane.values()) {
            workers.dispatchers.add(Thread.ofVirtual().name("jobs " + lane).start(() -> workers.dispatch(lane)));
        }
        workers.heartbeat.start();
        return workers;
    }

    /// There may be a job: looks at once.
    public void wake() {
        synchronized (bell) {
            rung++;
            bell.notifyAll();
        }
    }

    /// How many jobs are being done now.
    public int activeJobs() {
        return active.size();
    }

    private void dispatch(NewJob.Lane lane) {
        var free = new Semaphore(settings.workers(lane));
        try {
            while (!closing) {
                long before;
                synchronized (bell) {
                    before = rung;
                }
                if (!free.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                }
                if (closing) {
                    return;
                }
                int most = 1 + free.drainPermits();
                var claims = claim(lane, most);
                free.release(most - claims.size());
                for (var claim : claims) {
                    begin(claim, free);
                }
                if (claims.isEmpty()) {
                    pause(before);
                }
            }
        } catch (InterruptedException _) {
            // the service stops
        }
    }

    private List<ClaimedJob> claim(NewJob.Lane lane, int most) {
        try {
            var now = jobs.now();
            return jobs.database()
                    .jdbi()
                    .inTransaction(handle -> JobStore.claim(
                            handle,
                            lane,
                            jobs.kinds(),
                            most,
                            name + "/" + UUID.randomUUID(),
                            now,
                            now.plus(settings.lease())));
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.warn("cannot take jobs; this is tried again", e);
            }
            return List.of();
        }
    }

    private void pause(long before) throws InterruptedException {
        var end = System.nanoTime() + settings.poll().toNanos();
        synchronized (bell) {
            for (long left = settings.poll().toMillis();
                    !closing && rung == before && left > 0;
                    left = (end - System.nanoTime()) / 1_000_000) {
                bell.wait(left);
            }
        }
    }

    private void begin(ClaimedJob claim, Semaphore free) {
        var job = new ActiveJob(claim, jobs);
        var thread = Thread.ofVirtual()
                .name("job " + claim.id() + " " + claim.kind())
                .unstarted(() -> {
                    try {
                        run(job);
                    } finally {
                        active.remove(job);
                        free.release();
                    }
                });
        job.workedOnBy(thread);
        active.put(job, thread);
        thread.start();
    }

    private void run(ActiveJob job) {
        var start = System.nanoTime();
        var outcome = "done";
        try {
            jobs.handler(job.job().kind()).orElseThrow().run(job);
            if (!job.isCompleted()) {
                job.complete(_ -> {});
            }
        } catch (JobFailure e) {
            outcome = settle(job, e, true);
        } catch (IOException | RuntimeException | Error e) {
            outcome = settle(job, e, false);
        }
        jobs.observer().attempted(job.job().kind(), outcome, System.nanoTime() - start);
    }

    /// What becomes of a job whose handler threw something.
    private String settle(ActiveJob active, Throwable thrown, boolean hopeless) {
        var stopped = active.settle();
        var job = active.job();
        if (active.isCompleted()) {
            LOG.warn("job {} ({}) failed after it was done", job.id(), job.kind(), thrown);
            return "done";
        }
        try {
            if (stopped.isEmpty() && thrown instanceof JobCancelled) {
                return outsider(job);
            }
            if (stopped.isPresent()) {
                return switch (stopped.get()) {
                    case LOST -> "lost";
                    case CANCELLED -> end(job, JobState.CANCELLED, "somebody cancelled it");
                    case RELEASED -> again(job, "the service stopped", false, Duration.ZERO, "released");
                };
            }
            if (thrown instanceof JobPostponed postponed) {
                return again(
                        job, String.valueOf(postponed.getMessage()), false, jittered(postponed.pause()), "postponed");
            }
            if (hopeless || job.attempt() >= settings.attempts()) {
                LOG.info("job {} ({}) failed for good", job.id(), job.kind(), thrown);
                return end(job, JobState.POISON, reason(job, thrown));
            }
            LOG.info("job {} ({}) failed and is tried again", job.id(), job.kind(), thrown);
            return again(job, reason(job, thrown), true, jittered(settings.pauseAfter(job.attempt())), "retry");
        } catch (RuntimeException e) {
            LOG.warn("job {} ({}): its end cannot be written; its lease will end", job.id(), job.kind(), e);
            return "lost";
        }
    }

    /// A transaction found that the job is not this worker's, or wanted no more, before the heartbeat saw it.
    private String outsider(ClaimedJob job) {
        var standing = jobs.database().jdbi().withHandle(handle -> JobStore.standing(handle, List.of(job)));
        return Boolean.TRUE.equals(standing.get(job.id()))
                ? end(job, JobState.CANCELLED, "somebody cancelled it")
                : "lost";
    }

    private String end(ClaimedJob job, JobState state, String reason) {
        boolean ours;
        try {
            ours = jobs.database().jdbi().inTransaction(handle -> jobs.end(handle, job, state, reason));
        } catch (RuntimeException e) {
            LOG.warn("job {} ({}): its handler cannot be told that it ended", job.id(), job.kind(), e);
            ours = jobs.database().jdbi().inTransaction(handle -> JobStore.end(handle, job, state, reason, jobs.now()));
        }
        return ours ? state.word() : "lost";
    }

    private String again(ClaimedJob job, String reason, boolean counted, Duration pause, String outcome) {
        boolean ours = jobs.database()
                .jdbi()
                .inTransaction(handle ->
                        JobStore.again(handle, job, reason, counted, jobs.now().plus(pause)));
        return ours ? outcome : outsider(job);
    }

    /// With a half more or less, so that what failed together does not come back together.
    private static Duration jittered(Duration usual) {
        return Duration.ofMillis(
                (long) (usual.toMillis() * (0.5 + ThreadLocalRandom.current().nextDouble())));
    }

    /// A sentence for people; of what is no exception of ours, nothing but where to look.
    private static String reason(ClaimedJob job, Throwable thrown) {
        return thrown instanceof JobFailure || thrown instanceof IOException
                ? String.valueOf(thrown.getMessage())
                : "this should not have happened; the log of the service tells more at job " + job.id();
    }

    private void beat() {
        var extended = System.nanoTime();
        var between = settings.lease().dividedBy(HEARTBEATS_IN_LEASE).toNanos();
        while (!ended) {
            try {
                Thread.sleep(settings.tick());
                var mine = List.copyOf(active.keySet());
                if (mine.isEmpty()) {
                    extended = System.nanoTime();
                    continue;
                }
                var now = System.nanoTime();
                boolean due = now - extended >= between;
                look(mine, due);
                if (due) {
                    extended = now;
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("the leases of jobs cannot be looked at; this is tried again", e);
            }
        }
    }

    private void look(List<ActiveJob> mine, boolean due) {
        for (var job : mine) {
            job.flush();
        }
        var claims = mine.stream().map(ActiveJob::job).toList();
        var standing = jobs.database().jdbi().withHandle(handle -> {
            if (due) {
                JobStore.extend(handle, claims, jobs.now().plus(settings.lease()));
            }
            return JobStore.standing(handle, claims);
        });
        for (var job : mine) {
            var cancelled = standing.get(job.id());
            if (cancelled == null) {
                job.stop(Stop.LOST);
            } else if (cancelled) {
                job.stop(Stop.CANCELLED);
            }
        }
    }

    /// Takes no more jobs, and lets those under way end for a while; then they go back to the queue.
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            for (var dispatcher : dispatchers) {
                dispatcher.join(settings.grace());
            }
            var end = System.nanoTime() + settings.grace().toNanos();
            while (!active.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            active.keySet().forEach(job -> job.stop(Stop.RELEASED));
            for (var thread : List.copyOf(active.values())) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        heartbeat.interrupt();
        try {
            heartbeat.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
