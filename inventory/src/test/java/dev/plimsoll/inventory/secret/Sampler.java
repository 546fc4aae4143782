package dev.plimsoll.inventory.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/// Draws texts that an expression matches, for the syntax that the rules use: literals, classes, groups, alternatives
/// and repetitions.
final class Sampler {

    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final String expression;
    private final Random random;
    private int at;

    private Sampler(String expression, Random random) {
        this.expression = expression;
        this.random = random;
    }

    static String sample(String expression, Random random) {
        return new Sampler(expression, random).alternatives();
    }

    private String alternatives() {
        var all = new ArrayList<String>();
        all.add(sequence());
        while (at < expression.length() && expression.charAt(at) == '|') {
            at++;
            all.add(sequence());
        }
        return all.get(random.nextInt(all.size()));
    }

    private String sequence() {
        var text = new StringBuilder();
        while (at < expression.length() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
            int start = at;
            var first = atom();
            int[] times = times();
            int next = at;
            int wanted = times[0] + random.nextInt(times[1] - times[0] + 1);
            for (int i = 0; i < wanted; i++) {
                at = start;
                text.append(i == 0 ? first : atom());
            }
            at = next;
        }
        return text.toString();
    }

    private int[] times() {
        if (at == expression.length()) {
            return new int[] {1, 1};
        }
        return switch (expression.charAt(at)) {
            case '?' -> {
                at++;
                yield new int[] {0, 1};
            }
            case '*' -> {
                at++;
                yield new int[] {0, 1};
            }
            case '+' -> {
                at++;
                yield new int[] {1, 3};
            }
            case '{' -> {
                int close = expression.indexOf('}', at);
                var numbers = List.of(expression.substring(at + 1, close).split(",", -1));
                at = close + 1;
                int least = Integer.parseInt(numbers.getFirst());
                yield new int[] {
                    least,
                    numbers.size() == 1
                            ? least
                            : numbers.get(1).isEmpty()
                                    ? least + 8
                                    : Math.min(Integer.parseInt(numbers.get(1)), least + 40)
                };
            }
            default -> new int[] {1, 1};
        };
    }

    private String atom() {
        char c = expression.charAt(at++);
        return switch (c) {
            case '(' -> {
                if (expression.startsWith("?m:", at)) {
                    at = expression.indexOf(')', at) + 1;
                    yield "";
                }
                if (expression.startsWith("?:", at)) {
                    at += 2;
                } else if (expression.startsWith("?i:", at)) {
                    at += 3;
                }
                var text = alternatives();
                at++;
                yield text;
            }
            case '[' -> String.valueOf(ofClass());
            case '\\' -> escaped(expression.charAt(at++));
            case '.' -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length())));
            default -> String.valueOf(c);
        };
    }

    /// Quoted texts (`\Q…\E`) too.
    private String escaped(char c) {
        if (c == 'Q') {
            int end = expression.indexOf("\\E", at);
            var text = expression.substring(at, end);
            at = end + 2;
            return text;
        }
        return c == 's' ? " " : c == 'n' ? "\n" : c == 'r' ? "\r" : c == 't' ? "\t" : String.valueOf(c);
    }

    private char ofClass() {
        var negated = expression.charAt(at) == '^';
        if (negated) {
            at++;
        }
        var inside = new StringBuilder();
        while (expression.charAt(at) != ']') {
            char c = expression.charAt(at++);
            if (c == '\\') {
                inside.append(escaped(expression.charAt(at++)));
            } else if (expression.charAt(at) == '-' && expression.charAt(at + 1) != ']') {
                char last = expression.charAt(at + 1);
                at += 2;
                for (char in = c; in <= last; in++) {
                    inside.append(in);
                }
            } else {
                inside.append(c);
            }
        }
        at++;
        IntPredicate fits = letter -> (inside.indexOf(String.valueOf((char) letter)) >= 0) != negated;
        var preferred = LETTERS.chars().filter(fits).toArray();
        return preferred.length > 0
                ? (char) preferred[random.nextInt(preferred.length)]
                : inside.charAt(random.nextInt(inside.length()));
    }
}
