package dev.plimsoll.image.tree;

import java.util.Arrays;

/// A growing row of numbers, kept in pages so that growing copies nothing.
final class IntColumn {

    private static final int PAGE = 1 << 12;

    private int[][] pages = new int[8][];
    private int size;

    void add(int value) {
        if (size / PAGE == pages.length) {
            pages = Arrays.copyOf(pages, pages.length * 2);
        }
        if (size % PAGE == 0) {
            pages[size / PAGE] = new int[PAGE];
        }
        pages[size / PAGE][size % PAGE] = value;
        size++;
    }

    int get(int index) {
        return pages[index / PAGE][index % PAGE];
    }

    void set(int index, int value) {
        pages[index / PAGE][index % PAGE] = value;
    }
}
