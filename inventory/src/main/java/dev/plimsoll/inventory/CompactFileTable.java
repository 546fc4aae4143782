package dev.plimsoll.inventory;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/// Sorted entries as bytes: in blocks, in which each shares the front of its path with the one before. A block begins
/// with a whole path, so that one is found by binary search.
final class CompactFileTable implements FileTable {

    /// In entries: more make the table smaller and a look-up slower.
    static final int BLOCK = 16;

    private final SpilledBytes bytes;
    /// Where each block begins, and where the last one ends.
    private final long[] blocks;

    private final int size;
    private final boolean capable;

    private CompactFileTable(SpilledBytes bytes, long[] blocks, int size, boolean capable) {
        this.bytes = bytes;
        this.blocks = blocks;
        this.size = size;
        this.capable = capable;
    }

    /// The same entries, of whose capabilities nothing is known.
    CompactFileTable withoutCapabilities() {
        return new CompactFileTable(bytes, blocks, size, false);
    }

    @Override
    public boolean tellsCapabilities() {
        return capable;
    }

    @Override
    public int size() {
        return size;
    }

    /// Bytes of all entries, those in the temporary file included.
    long bytes() {
        return bytes.size() + (long) blocks.length * Long.BYTES;
    }

    @Override
    public Optional<FileEntry> get(String path) {
        var wanted = CodeUnits.bytes(path);
        var low = 0;
        var high = blocks.length - 2;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            var reader = block(middle);
            reader.next();
            if (reader.compareTo(wanted) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (size == 0) {
            return Optional.empty();
        }
        for (var reader = block(low); reader.hasNext(); ) {
            reader.next();
            var order = reader.compareTo(wanted);
            if (order == 0) {
                return Optional.of(reader.entry());
            }
            if (order > 0) {
                break;
            }
        }
        return Optional.empty();
    }

    private FileEntryReader block(int index) {
        return new FileEntryReader(bytes.read(blocks[index], (int) (blocks[index + 1] - blocks[index])));
    }

    @Override
    public Iterator<FileEntry> iterator() {
        return new Iterator<>() {

            private int nextBlock;
            private FileEntryReader reader = new FileEntryReader(new byte[0]);

            @Override
            public boolean hasNext() {
                return reader.hasNext() || nextBlock < blocks.length - 1;
            }

            @Override
            public FileEntry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (!reader.hasNext()) {
                    reader = block(nextBlock++);
                }
                reader.next();
                return reader.entry();
            }
        };
    }

    /// Takes entries in the order of their paths.
    static final class Writer {

        private final SpilledBytes.Writer bytes;
        private final FileEntryWriter entries = new FileEntryWriter();
        private long[] blocks = new long[64];
        private int size;

        /// @param memoryBytes what stays in memory, in bytes
        Writer(long memoryBytes) {
            this.bytes = new SpilledBytes.Writer(memoryBytes);
        }

        void add(FileEntry entry) {
            if (size % BLOCK == 0) {
                startBlock();
                entries.restart();
            }
            entries.write(entry);
            size++;
            if (size % BLOCK == 0) {
                entries.flush(bytes);
            }
        }

        private void startBlock() {
            var index = size / BLOCK;
            if (index + 1 >= blocks.length) {
                blocks = Arrays.copyOf(blocks, blocks.length + (blocks.length >> 1));
            }
            blocks[index] = bytes.size();
        }

        CompactFileTable finish() {
            entries.flush(bytes);
            var count = (size + BLOCK - 1) / BLOCK;
            var starts = Arrays.copyOf(blocks, count + 1);
            starts[count] = bytes.size();
            return new CompactFileTable(bytes.finish(), starts, size, true);
        }
    }
}
