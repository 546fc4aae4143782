package dev.plimsoll.policy.rule;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that a mistyped one was meant to be.
public final class Names {

    /// Characters; what is longer was not mistyped.
    private static final int MAX_LENGTH = 64;

    /// Names that are compared; who has more knows them by heart.
    private static final int MAX_NAMES = 200;

    private Names() {}

    /// The nearest of the names where it is near: at most two letters or a third of them differ, and not all.
    public static Optional<String> nearest(String mistyped, Collection<String> names) {
        if (mistyped.length() > MAX_LENGTH || names.size() > MAX_NAMES) {
            return Optional.empty();
        }
        String best = null;
        int least = Math.min(Math.max(2, mistyped.length() / 3) + 1, mistyped.length());
        for (var name : names) {
            int distance = distance(mistyped.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    /// A sentence that lists what is allowed and names the nearest.
    public static String advice(String mistyped, Collection<String> names) {
        return "allowed are " + String.join(", ", names)
                + nearest(mistyped, names)
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse("");
    }

    /// A hostile text must not fill a message.
    public static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    /// How many letters must be put in, taken out, changed or swapped with their neighbour.
    private static int distance(String left, String right) {
        int[][] table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                int least =
                        Math.min(table[i - 1][j - 1] + (same ? 0 : 1), Math.min(table[i - 1][j], table[i][j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                table[i][j] = swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
            }
        }
        return table[left.length()][right.length()];
    }
}
