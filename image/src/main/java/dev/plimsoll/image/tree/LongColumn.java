package dev.plimsoll.image.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing row of numbers, kept in pages so that growing copies nothing. A page of zeros takes no room: most owners
/// are root, most files no links.
final class LongColumn {

    private static final int PAGE = 1 << 12;

    private long[] @Nullable [] pages = new long[8][];
    private int size;

    void add(long value) {
        if (size / PAGE == pages.length) {
            pages = Arrays.copyOf(pages, pages.length * 2);
        }
        set(size, value);
        size++;
    }

    long get(int index) {
        var page = pages[index / PAGE];
        return page == null ? 0 : page[index % PAGE];
    }

    void set(int index, long value) {
        var page = pages[index / PAGE];
        if (page == null) {
            if (value == 0) {
                return;
            }
            page = new long[PAGE];
            pages[index / PAGE] = page;
        }
        page[index % PAGE] = value;
    }
}
