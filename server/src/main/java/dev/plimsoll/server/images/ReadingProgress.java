package dev.plimsoll.server.images;

import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.server.jobs.JobCancelled;
import dev.plimsoll.server.jobs.JobHandler.Running;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Tells who waits how much of an image was read. Called by the threads that read layers.
final class ReadingProgress implements ReadOptions.Progress {

    private static final long MEGABYTE = 1_000_000;

    private final Running job;
    private final long whole;
    private final Map<Integer, Long> read = new ConcurrentHashMap<>();
    private final AtomicLong told = new AtomicLong(-1);

    /// @param whole bytes of all layers
    ReadingProgress(Running job, long whole) {
        this.job = job;
        this.whole = whole;
    }

    @Override
    public void read(int layer, long bytes, long of) {
        read.put(layer, bytes);
        var megabytes = read.values().stream().mapToLong(Long::longValue).sum() / MEGABYTE;
        if (told.getAndSet(megabytes) != megabytes) {
            try {
                job.progress("reading layers: " + megabytes + " of " + whole / MEGABYTE + " MB");
            } catch (JobCancelled _) {
                Thread.currentThread().interrupt(); // the thread of the job was told too
            }
        }
    }
}
