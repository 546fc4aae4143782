package dev.plimsoll.image.tree;

import java.util.Arrays;

/// A growing row of numbers, kept in pages so that growing copies nothing.
final class LongColumn {

    private static final int PAGE = 1 << 12;

    private long[][] pages = new long[8][];
    private int size;

    void add(long value) {
        if (size / PAGE == pages.length) {
            pages = Arrays.copyOf(pages, pages.length * 2);
        }
        if (size % PAGE == 0) {
            pages[size / PAGE] = new long[PAGE];
        }
        pages[size / PAGE][size % PAGE] = value;
        size++;
    }

    long get(int index) {
        return pages[index / PAGE][index % PAGE];
    }

    void set(int index, long value) {
        pages[index / PAGE][index % PAGE] = value;
    }
}
