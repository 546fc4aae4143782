package dev.plimsoll.image.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing row of numbers, kept in pages so that growing copies nothing. A page of zeros takes no room: most owners
/// are root, most files no links.
final class IntColumn {

    private static final int PAGE = 1 << 12;

    private int[] @Nullable [] pages = new int[8][];
    private int size;

    void add(int value) {
        if (size / PAGE == pages.length) {
            pages = Arrays.copyOf(pages, pages.length * 2);
        }
        set(size, value);
        size++;
    }

    int get(int index) {
        var page = pages[index / PAGE];
        return page == null ? 0 : page[index % PAGE];
    }

    void set(int index, int value) {
        var page = pages[index / PAGE];
        if (page == null) {
            if (value == 0) {
                return;
            }
            page = new int[PAGE];
            pages[index / PAGE] = page;
        }
        page[index % PAGE] = value;
    }
}
