package dev.plimsoll.image.layer;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the layers of an image, several at a time.
public final class Layers {

    private Layers() {}

    /// Reads every layer once; the first failure ends all of them.
    ///
    /// @return results in the order of the layers
    public static <R> List<LayerResult<R>> read(List<Blob> blobs, LayerVisitor.Factory<R> visitors, ReadOptions options)
            throws IOException {
        var guard = new ReadGuard(options.timeout());
        var threads = Math.clamp(options.parallelism(), 1, Math.max(1, blobs.size()));
        var executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("layer-", 0).factory());
        try {
            return read(blobs, visitors, options, guard, executor);
        } finally {
            guard.stopAbove(-1);
            executor.close();
        }
    }

    private static <R> List<LayerResult<R>> read(
            List<Blob> blobs,
            LayerVisitor.Factory<R> visitors,
            ReadOptions options,
            ReadGuard guard,
            ExecutorService executor)
            throws IOException {
        // the largest first, so that none of them is left over for one core at the end
        var order = blobs.stream()
                .sorted(Comparator.comparingLong(Blob::length)
                        .reversed()
                        .thenComparingInt(blob -> blob.layer().index()))
                .toList();
        Map<Integer, Future<LayerResult<R>>> futures = new TreeMap<>();
        for (var blob : order) {
            var index = blob.layer().index();
            futures.put(index, executor.submit(() -> {
                try {
                    return new LayerReading<>(blob, visitors.visitorFor(index), options, guard).read();
                } catch (IOException | RuntimeException | Error e) {
                    guard.stopAbove(index);
                    throw e;
                }
            }));
        }
        List<LayerResult<R>> results = new ArrayList<>();
        for (var future : futures.values()) {
            results.add(resultOf(future));
        }
        return List.copyOf(results);
    }

    private static <R> LayerResult<R> resultOf(Future<LayerResult<R>> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ImageException(ImageException.Kind.UNREADABLE, "the reading of the layers was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
