package dev.plimsoll.policy.gate;

import java.util.List;
import java.util.stream.Collectors;

/// Numbers of lines, for messages.
final class Lines {

    private static final int NAMED = 3;

    private Lines() {}

    /// `line 3`, `lines 3, 5 and 9`, `lines 3, 5, 9 and 4 more`.
    static String of(List<Integer> lines) {
        if (lines.size() == 1) {
            return "line " + lines.getFirst();
        }
        var last = lines.size() > NAMED ? lines.size() - NAMED + " more" : String.valueOf(lines.getLast());
        return lines.stream()
                .limit(Math.min(NAMED, lines.size() - 1))
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "lines ", " and " + last));
    }
}
