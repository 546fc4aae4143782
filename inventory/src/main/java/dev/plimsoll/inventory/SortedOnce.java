package dev.plimsoll.inventory;

import java.util.List;

/// Lists that are sorted and hold everything once. Most come so already, from a file that was
/// written so.
final class SortedOnce {

    private SortedOnce() {}

    static <T extends Comparable<? super T>> List<T> of(List<T> some) {
        return isAscending(some)
                ? List.copyOf(some)
                : some.stream().sorted().distinct().toList();
    }

    private static <T extends Comparable<? super T>> boolean isAscending(List<T> some) {
        for (int i = 1; i < some.size(); i++) {
            if (some.get(i - 1).compareTo(some.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
