package dev.plimsoll.image.layer;

import dev.plimsoll.image.Image.LayerResult;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.LayerEntry;
import dev.plimsoll.image.LayerVisitor;
import dev.plimsoll.image.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Reads the layers of an image, several at a time.
public final class Layers {

    /// Of a tar: one header, and the two empty blocks of the end.
    private static final int REHEARSAL_BYTES = 3 * 512;

    private Layers() {}

    /// Reads a layer of one empty file out of memory: what a process does for the first time, such as linking its
    /// switches, takes it fifty milliseconds, which another core can spend before the real layers are there.
    public static void rehearse() {
        var tar = ByteBuffer.allocate(REHEARSAL_BYTES);
        tar.put(0, "a".getBytes(StandardCharsets.US_ASCII));
        tar.put(100, "0000644\0".getBytes(StandardCharsets.US_ASCII));
        tar.put(148, "        0".getBytes(StandardCharsets.US_ASCII));
        var sum = 0;
        for (var b : tar.array()) {
            sum += b;
        }
        tar.put(148, String.format(Locale.ROOT, "%06o\0", sum).getBytes(StandardCharsets.US_ASCII));
        var chunks = new ByteBuffer[] {tar, null};
        var at = new int[1];
        var guard = new ReadGuard(Duration.ofMinutes(1), ImageLimits.Work.DEFAULTS).forLayer(0, "rehearsal");
        LayerVisitor<Boolean> visitor = new LayerVisitor<>() {
            @Override
            public void visit(LayerEntry entry, InputStream content) {}

            @Override
            public Boolean finish() {
                return true;
            }
        };
        try {
            new LayerWalk<>(visitor, ImageLimits.DEFAULTS, guard).walk(new ChunkTarInput(() -> chunks[at[0]++]));
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read from outside", e);
        }
    }

    /// Reads every layer once; the first failure ends all of them.
    ///
    /// @return results in the order of the layers
    public static <R> List<LayerResult<R>> read(List<Blob> blobs, LayerVisitor.Factory<R> visitors, ReadOptions options)
            throws IOException {
        var guard = new ReadGuard(options.timeout(), options.limits().work());
        var threads = Math.clamp(options.parallelism(), 1, Math.max(1, blobs.size()));
        // a factory of the JDK that counts its threads links method handles, which every scan would wait for
        var number = new AtomicInteger();
        var executor = Executors.newFixedThreadPool(
                threads,
                work -> Thread.ofPlatform()
                        .daemon()
                        .name("layer-" + number.getAndIncrement())
                        .unstarted(work));
        try {
            return read(blobs, visitors, options, guard, executor);
        } finally {
            guard.stopAbove(-1);
            executor.shutdownNow(); // a thread may wait for bytes of a registry that are not wanted any more
            executor.close();
        }
    }

    /// Reads a folder, or a single file, as the one layer of an image.
    public static <R> LayerResult<R> readFolder(Path root, LayerVisitor.Factory<R> visitors, ReadOptions options)
            throws IOException {
        var guard = new ReadGuard(options.timeout(), options.limits().work());
        return new FolderReading<>(root, visitors.visitorFor(0), options, guard).read();
    }

    private static <R> List<LayerResult<R>> read(
            List<Blob> blobs,
            LayerVisitor.Factory<R> visitors,
            ReadOptions options,
            ReadGuard guard,
            ExecutorService executor)
            throws IOException {
        // the largest first, so that none of them is left over for one core at the end
        var order = new ArrayList<>(blobs);
        order.sort((left, right) -> left.content().length() != right.content().length()
                ? Long.compare(right.content().length(), left.content().length())
                : Integer.compare(left.layer().index(), right.layer().index()));
        Map<Integer, Future<LayerResult<R>>> futures = new TreeMap<>();
        for (var blob : order) {
            var index = blob.layer().index();
            futures.put(index, executor.submit(() -> {
                try {
                    var known = visitors.known(blob.layer());
                    if (known.isPresent()) {
                        return known.get();
                    }
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
