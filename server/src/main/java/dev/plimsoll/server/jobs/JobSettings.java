package dev.plimsoll.server.jobs;

import java.time.Duration;

/// How jobs are done.
///
/// @param interactiveWorkers how many jobs that people wait for are done at a time by this process, at least 1
/// @param sweepWorkers the same of all others
/// @param lease how long a worker has a job that it says nothing more of; clocks of two services may differ by less
/// @param tick how often a worker writes down progress and looks whether somebody wants its jobs no more
/// @param poll how often an idle worker looks for jobs: so long a job of another process waits at most
/// @param attempts how often a job is tried before it is poison
/// @param firstPause before the second attempt; each further pause is four times as long, up to `longestPause`
/// @param keepDone how long jobs are kept that were done or cancelled
/// @param keepPoison how long those are kept that could not be done
/// @param grace how long jobs have to end when the service stops, before they are given back to the queue
public record JobSettings(
        int interactiveWorkers,
        int sweepWorkers,
        Duration lease,
        Duration tick,
        Duration poll,
        int attempts,
        Duration firstPause,
        Duration longestPause,
        Duration keepDone,
        Duration keepPoison,
        Duration grace) {

    public static final int ATTEMPTS = 5;

    public static final JobSettings DEFAULTS = new JobSettings(
            2,
            2,
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            Duration.ofMillis(250),
            ATTEMPTS,
            Duration.ofSeconds(2),
            Duration.ofMinutes(10),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofSeconds(10));

    public JobSettings {
        if (interactiveWorkers < 1 || sweepWorkers < 1 || attempts < 1) {
            throw new IllegalArgumentException("each lane needs a worker, and each job an attempt");
        }
    }

    /// The same with other numbers of workers.
    public JobSettings withWorkers(int interactive, int sweep) {
        return new JobSettings(
                interactive, sweep, lease, tick, poll, attempts, firstPause, longestPause, keepDone, keepPoison, grace);
    }

    int workers(NewJob.Lane lane) {
        return switch (lane) {
            case INTERACTIVE -> interactiveWorkers;
            case SWEEP -> sweepWorkers;
        };
    }

    /// Before the attempt after that one, without jitter.
    Duration pauseAfter(int attempt) {
        var pause = firstPause;
        for (int i = 1; i < attempt && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(4);
        }
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
