package dev.plimsoll.server.backup;

import java.util.ArrayList;
import java.util.List;

/// A number of things and the first few of them.
final class Examples {

    private static final int MOST = 5;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String example) {
        count++;
        if (first.size() < MOST) {
            first.add(example);
        }
    }

    long count() {
        return count;
    }

    String text() {
        return count + " (" + String.join(", ", first) + (count > first.size() ? ", …)" : ")");
    }
}
