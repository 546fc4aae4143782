package dev.plimsoll.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Takes the entries of a {@link FileTable}, in any order; quickest in that of their paths. Of several entries at one
/// path the last counts. Not safe for several threads.
///
/// Entries in order go straight into the table. What comes late is collected, sorted in portions, and merged at the
/// end.
public final class FileTableBuilder {

    /// In entries that are objects at one time.
    static final int LATE = 1 << 14;

    private static final Comparator<FileEntry> BY_PATH = Comparator.comparing(FileEntry::path);

    private final long memoryBytes;
    private final CompactFileTable.Writer inOrder;
    private final List<FileEntry> late = new ArrayList<>();
    private final List<CompactFileTable> lateTables = new ArrayList<>();

    /// The last that came in order: the next one may take its place.
    private @Nullable FileEntry last;

    private boolean capable = true;

    FileTableBuilder(long memoryBytes) {
        this.memoryBytes = memoryBytes;
        this.inOrder = new CompactFileTable.Writer(memoryBytes);
    }

    /// Takes an entry.
    ///
    /// @throws java.io.UncheckedIOException when the temporary folder has no room
    public void add(FileEntry entry) {
        var before = last;
        var order = before == null ? 1 : entry.path().compareTo(before.path());
        if (order < 0) {
            late.add(entry);
            if (late.size() == LATE) {
                settle();
            }
            return;
        }
        if (order > 0 && before != null) {
            inOrder.add(before);
        }
        last = entry;
    }

    /// Says that nothing is known of the capabilities of files.
    public void withoutCapabilities() {
        capable = false;
    }

    private void settle() {
        late.sort(BY_PATH);
        var writer = new CompactFileTable.Writer(0);
        late.forEach(writer::add);
        lateTables.add(writer.finish());
        late.clear();
    }

    /// The table of what was added; nothing may be added afterwards.
    ///
    /// @throws java.io.UncheckedIOException when the temporary folder has no room
    public FileTable build() {
        if (last != null) {
            inOrder.add(last);
        }
        var inOrderOnly = inOrder.finish();
        var table = late.isEmpty() && lateTables.isEmpty() ? inOrderOnly : merged(inOrderOnly);
        return capable ? table : table.withoutCapabilities();
    }

    /// What came late at a path came after what came in order there.
    private CompactFileTable merged(CompactFileTable table) {
        late.sort(BY_PATH);
        var heads = new PriorityQueue<>(
                Comparator.comparing((Head head) -> head.entry.path()).thenComparingInt(Head::source));
        open(heads, table.iterator(), 0);
        for (var i = 0; i < lateTables.size(); i++) {
            open(heads, lateTables.get(i).iterator(), i + 1);
        }
        open(heads, late.iterator(), lateTables.size() + 1);
        var merged = new CompactFileTable.Writer(memoryBytes);
        for (var head = heads.poll(); head != null; head = heads.poll()) {
            open(heads, head.rest, head.source);
            var next = heads.peek();
            if (next == null || !next.entry.path().equals(head.entry.path())) {
                merged.add(head.entry);
            }
        }
        return merged.finish();
    }

    private static void open(PriorityQueue<Head> heads, Iterator<FileEntry> rest, int source) {
        if (rest.hasNext()) {
            heads.add(new Head(rest.next(), rest, source));
        }
    }

    /// The next entry of one of the sorted rows that are merged.
    private record Head(FileEntry entry, Iterator<FileEntry> rest, int source) {}
}
