package dev.plimsoll.image.tree;

import dev.plimsoll.image.LayerEntry.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Walks through a tree so that paths come in the order of their bytes.
///
/// In that order `a.b` stands between `a` and `a/b`, so a directory takes part twice among its siblings: as itself,
/// and with a slash behind its name as what lies under it.
final class SortedEntries implements Iterator<FileTree.Entry> {

    private final Nodes nodes;
    private final Deque<Level> levels = new ArrayDeque<>();
    private int next;

    SortedEntries(Nodes nodes) {
        this.nodes = nodes;
        levels.push(new Level("", sortedItems(Nodes.ROOT)));
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != Nodes.NONE;
    }

    @Override
    public FileTree.Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var entry = FileTree.entry(nodes, next, levels.element().prefix + nodes.name(next));
        advance();
        return entry;
    }

    private void advance() {
        while (!levels.isEmpty()) {
            var level = levels.element();
            if (level.at == level.items.length) {
                levels.pop();
                continue;
            }
            var item = level.items[level.at++];
            var node = item >> 1;
            if ((item & 1) == 0) {
                next = node;
                return;
            }
            levels.push(new Level(level.prefix + nodes.name(node) + "/", sortedItems(node)));
        }
        next = Nodes.NONE;
    }

    /// The children that are present: node times two, plus one for what lies under it.
    private int[] sortedItems(int directory) {
        var items = new int[16];
        var count = 0;
        for (var child = nodes.firstChild(directory); child >= 0; child = nodes.nextSibling(child)) {
            if (nodes.isPresent(child)) {
                if (count + 2 > items.length) {
                    items = Arrays.copyOf(items, items.length * 2);
                }
                items[count++] = child << 1;
                if (nodes.kind(child) == Kind.DIRECTORY) {
                    items[count++] = (child << 1) | 1;
                }
            }
        }
        var sorted = Arrays.copyOf(items, count);
        mergeSort(sorted, new int[count], 0, count);
        return sorted;
    }

    private void mergeSort(int[] items, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        var middle = (from + to) >>> 1;
        mergeSort(items, spare, from, middle);
        mergeSort(items, spare, middle, to);
        System.arraycopy(items, from, spare, from, to - from);
        var left = from;
        var right = middle;
        for (var at = from; at < to; at++) {
            var takeLeft = right == to || (left < middle && compare(spare[left], spare[right]) <= 0);
            items[at] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private int compare(int left, int right) {
        for (var i = 0; ; i++) {
            var difference = itemByte(left, i) - itemByte(right, i);
            if (difference != 0) {
                return difference;
            }
            if (itemByte(left, i) < 0) {
                return 0;
            }
        }
    }

    /// A byte of the name, then a slash for what lies under a directory, then -1.
    private int itemByte(int item, int index) {
        var node = item >> 1;
        var own = nodes.nameByte(node, index);
        if (own >= 0 || (item & 1) == 0) {
            return own;
        }
        return index == 0 || nodes.nameByte(node, index - 1) >= 0 ? '/' : -1;
    }

    private static final class Level {
        private final String prefix;
        private final int[] items;
        private int at;

        Level(String prefix, int[] items) {
            this.prefix = prefix;
            this.items = items;
        }
    }
}
