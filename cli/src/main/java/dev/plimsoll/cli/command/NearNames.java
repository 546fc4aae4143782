package dev.plimsoll.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Which name was meant where one is mistyped.
public final class NearNames {

    private NearNames() {}

    /// The nearest name where it is near: at most two letters, or a third of them, differ.
    public static Optional<String> nearest(String mistyped, Collection<String> names) {
        var wanted = mistyped.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> {
                    var letters = Math.max(name.length(), wanted.length());
                    var differ = distance(wanted, name.toLowerCase(Locale.ROOT));
                    return differ < letters && differ <= Math.max(2, letters / 3);
                })
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// The question to put behind a message, or nothing.
    public static String question(String mistyped, Collection<String> names) {
        return nearest(mistyped, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /// Letters to put in, take out, exchange, or swap with their neighbour.
    private static int distance(String left, String right) {
        var rows = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var same = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                rows[i][j] = Math.min(rows[i - 1][j - 1] + same, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[left.length()][right.length()];
    }
}
