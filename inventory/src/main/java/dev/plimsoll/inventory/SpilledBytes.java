package dev.plimsoll.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of bytes, its front in memory and what goes beyond a budget in a temporary file, which is mapped and has no
/// name any more: it goes with the process, or when nobody holds these bytes. Immutable, safe for threads.
final class SpilledBytes {

    private static final int PAGE = 1 << 16;

    private final List<byte[]> pages;
    private final long inMemory;
    private final MemorySegment spilled;

    private SpilledBytes(List<byte[]> pages, long inMemory, MemorySegment spilled) {
        this.pages = pages;
        this.inMemory = inMemory;
        this.spilled = spilled;
    }

    long size() {
        return inMemory + spilled.byteSize();
    }

    byte[] read(long from, int length) {
        var bytes = new byte[length];
        for (var done = 0; done < length; ) {
            var at = from + done;
            int count;
            if (at >= inMemory) {
                count = length - done;
                MemorySegment.copy(spilled, ValueLayout.JAVA_BYTE, at - inMemory, bytes, done, count);
            } else {
                var offset = (int) (at % PAGE);
                count = (int) Math.min(Math.min(length - done, PAGE - offset), inMemory - at);
                System.arraycopy(pages.get((int) (at / PAGE)), offset, bytes, done, count);
            }
            done += count;
        }
        return bytes;
    }

    /// Takes bytes. Not safe for several threads.
    static final class Writer {

        private final long mostPages;
        private final List<byte[]> pages = new ArrayList<>();
        private byte[] page = new byte[PAGE];
        private int used;
        private long size;
        private @Nullable FileChannel channel;

        /// @param memoryBytes what stays in memory, rounded up to a page
        Writer(long memoryBytes) {
            this.mostPages = (memoryBytes + PAGE - 1) / PAGE;
        }

        long size() {
            return size;
        }

        void write(byte[] bytes, int length) {
            for (var done = 0; done < length; ) {
                if (used == PAGE) {
                    turn();
                }
                var count = Math.min(length - done, PAGE - used);
                System.arraycopy(bytes, done, page, used, count);
                used += count;
                done += count;
            }
            size += length;
        }

        private void turn() {
            if (pages.size() < mostPages) {
                pages.add(page);
                page = new byte[PAGE];
            } else {
                spill();
            }
            used = 0;
        }

        private void spill() {
            try {
                var out = channel;
                if (out == null) {
                    out = nameless();
                    channel = out;
                }
                for (var buffer = ByteBuffer.wrap(page, 0, used); buffer.hasRemaining(); ) {
                    out.write(buffer);
                }
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private static FileChannel nameless() throws IOException {
            var file = Files.createTempFile("plimsoll-", ".files");
            var opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                Files.delete(file);
            } catch (IOException _) {
                file.toFile().deleteOnExit(); // Windows keeps what is open
            }
            return opened;
        }

        private static UncheckedIOException failed(IOException e) {
            return new UncheckedIOException(
                    "cannot keep the list of files in a temporary file (TMPDIR names another folder): "
                            + e.getMessage(),
                    e);
        }

        /// What was written; nothing may be written afterwards.
        SpilledBytes finish() {
            if (channel == null) {
                pages.add(java.util.Arrays.copyOf(page, used));
                return new SpilledBytes(List.copyOf(pages), size, MemorySegment.NULL);
            }
            spill();
            try (var written = java.util.Objects.requireNonNull(channel)) {
                var segment = written.map(MapMode.READ_ONLY, 0, written.size(), Arena.ofAuto());
                return new SpilledBytes(List.copyOf(pages), (long) pages.size() * PAGE, segment);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }
}
