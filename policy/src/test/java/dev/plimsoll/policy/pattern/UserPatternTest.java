package dev.plimsoll.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserPatternTest {

    private static UserPattern pattern(String text, boolean allowBacktracking) {
        return switch (UserPattern.compile(text, allowBacktracking)) {
            case UserPattern.Usable(var pattern) -> pattern;
            case UserPattern.Refused(var reason) -> throw new AssertionError(text + ": " + reason);
        };
    }

    private static boolean matches(String text, String candidate) {
        return pattern(text, false).matchesStartOf(candidate);
    }

    private static String refusal(String text, boolean allowBacktracking) {
        return switch (UserPattern.compile(text, allowBacktracking)) {
            case UserPattern.Usable _ -> "";
            case UserPattern.Refused(var reason) -> reason;
        };
    }

    @Test
    void holdsForTheStartOnly() {
        assertThat(matches("ab", "abc")).isTrue();
        assertThat(matches("b", "abc")).isFalse();
        assertThat(matches("ab$", "abc")).isFalse();
    }

    @Test
    void aDotIsNoNewline() {
        assertThat(matches("a.b", "a\nb")).isFalse();
        assertThat(matches("a.b", "a\rb")).isTrue();
        assertThat(matches("(?s)a.b", "a\nb")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a(?=b), the look-ahead '(?=', 2",
        "a(?!b), the look-ahead '(?!', 2",
        "(?<=a)b, the look-behind '(?<=', 1",
        "(?<!a)b, the look-behind '(?<!', 1",
        "(a)\\1, the back-reference '\\1', 4",
        "(?P<x>a)(?P=x), the back-reference '(?P=x)', 9",
        "a++, the possessive quantifier '++', 2",
        "(?>a), the atomic group '(?>', 1",
    })
    void refusesWhatNeedsBacktracking(String text, String construct, int place) {
        assertThat(refusal(text, false))
                .startsWith(construct + " at character " + place + " ")
                .contains("--allow-backtracking");
        assertThat(refusal(text, true)).isEmpty();
    }

    @Test
    void backtracksWhereThatIsAllowed() {
        assertThat(pattern("/etc/(?!passwd)", true).matchesStartOf("/etc/shadow"))
                .isTrue();
        assertThat(pattern("/etc/(?!passwd)", true).matchesStartOf("/etc/passwd"))
                .isFalse();
        assertThat(pattern("(?P<x>a+)-(?P=x)$", true).matchesStartOf("aa-aa\n")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*)*b", "([a-z]+)*[0-9]", "(x+x+)+y", "(a*)*b"})
    void catastrophicPatternsEndAtOnce(String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(matches(text, "a".repeat(50_000) + "!")).isFalse());
    }

    @Test
    void breaksOffWhatBacktracksForEver() {
        // The back-reference keeps the JDK from remembering where it failed.
        var pattern = pattern("(a+)+\\1$", true);

        assertThat(pattern.matchesStartOf("aaa")).isTrue();
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatThrownBy(() -> pattern.matchesStartOf("a".repeat(60) + "!"))
                        .isInstanceOf(PatternBoundException.class)
                        .hasMessageContaining("more than " + UserPattern.MAX_STEPS + " steps"));
        assertThatThrownBy(() -> pattern("(?=a)(a|b)*c", true).matchesStartOf("ab".repeat(200_000)))
                .isInstanceOf(PatternBoundException.class);
    }

    @Test
    void hasLimits() {
        assertThat(refusal("a".repeat(PythonPattern.MAX_SIZE), false)).isEmpty();
        assertThat(refusal("a".repeat(PythonPattern.MAX_SIZE + 1), false)).contains("over 2000");
        assertThat(refusal("(?#" + "a".repeat(UserPattern.MAX_LENGTH - 4) + ")", false))
                .isEmpty();
        assertThat(refusal("a".repeat(UserPattern.MAX_LENGTH + 1), false)).contains("over 4096 characters");
        assertThat(refusal("a{1000}", false)).isEmpty();
        assertThat(refusal("a{1001}", false)).contains("more than 1000");
        assertThat(refusal("(a{50}){50}", false)).contains("written out");
        assertThat(refusal("((((a{9}){9}){9}){9}){9}", false)).contains("written out");
        var deepest = "(".repeat(PythonPattern.MAX_DEPTH) + "a" + ")".repeat(PythonPattern.MAX_DEPTH);
        assertThat(refusal(deepest, false)).isEmpty();
        assertThat(refusal("(" + deepest + ")", false)).contains("nested over 100");
    }

    /// What Python says of it, `re.match(pattern, text)`: 1, 0, or E for an error of the pattern.
    @Test
    void meansWhatPythonMeans() throws IOException, InterruptedException {
        var patterns = new ArrayList<>(List.of(
                "a$",
                "a\\Z",
                "^a",
                "\\Aa",
                "a{,2}b",
                "a{2}",
                "a{",
                "a{x}",
                "{",
                "a{2,1}",
                "a{1,2}{3}",
                "a**",
                "a*?b",
                "*a",
                "[]a]+",
                "[^]a]",
                "[a-]",
                "[-a]",
                "[a\\-z]",
                "[[]",
                "[[:alpha:]]",
                "[a&&b]",
                "[\\w.]+",
                "[\\d-]",
                "[\\w-z]",
                "[z-a]",
                "[\\]]",
                "[\\b]",
                "\\w+",
                "\\d",
                "\\s",
                "\\W",
                "\\S",
                "\\D",
                "\\x41",
                "\\u00e9",
                "\\101",
                "\\0",
                "\\a",
                "\\p{L}",
                "\\z",
                "\\Q",
                "\\/",
                "\\-",
                "\\.",
                "\\é",
                "a|b",
                "a||b",
                "(a|)",
                "()",
                "(?:a)",
                "(?i)A",
                "(?i:A)b",
                "a(?i)b",
                "(?P<n>a)",
                "(?P<n>a)(?P<n>b)",
                "(?#x)a",
                "(a",
                "a)",
                "(?",
                "(?Z)",
                "[a",
                "\\",
                "a\\",
                "$",
                "^$",
                "(?m)^b",
                "a\\b",
                "\\Bb",
                ".",
                "..",
                "(?s)..",
                "é",
                "[é-ü]",
                "(?x) a",
                "a{0}",
                "a??",
                "a+?",
                "$a",
                "(^a)*",
                "(?:$)?",
                "a{1}{2}",
                "[\\s]",
                "[^\\s]",
                "[^\\w]",
                "\\_",
                "\\ ",
                "a{01}",
                "\\8",
                "(?-i:a)",
                "(?i-i:A)",
                "[\\W]",
                "[^\\W]",
                "[\\S]",
                "[^\\S]",
                "[\\W\\d]b?",
                "[^\\W\\d]",
                "[\\S\\s]+$",
                "[\\D]",
                "(?m:a)|b$",
                "(?m:a$)|b",
                "(?m)a$",
                "(?m)(?-m:a$)",
                "(?m)(?-m:a)b$",
                "(?i)É",
                "(?i)[é]",
                "(?is)A.",
                "(?i)ſ",
                "(?i)k",
                "(?P<a>a)|(?P<b>b)",
                "(?P<1>a)",
                "(?<n>a)",
                "(?P>n)",
                "a{1,}b",
                "a{,}",
                "(a*)*$",
                "(|a)+$",
                "\\N{DIGIT ONE}",
                "\\N",
                "\\e",
                "\\G",
                "\\R",
                "\\h",
                "\\k<a>",
                "\\ca",
                "\\Qa\\E",
                "[a-\\d]",
                "[\\101-\\103]",
                "[\\x61-\\x63]+$",
                "[^\\n]*",
                "\\400",
                "\\377",
                "\\u12",
                "\\U0001F600",
                "\\U00110000"));
        patterns.addAll(generated(
                new Random(7),
                3000,
                List.of(
                        "a", "b", ".", "*", "+", "?", "(", ")", "|", "[", "]", "^", "$", "\\d", "\\w", "-", "{2}",
                        "\\.")));
        patterns.addAll(generated(
                new Random(8),
                3000,
                List.of(
                        "a", "é", "\\W", "\\S", "\\s", "\\D", "[^", "[", "]", "(?:", "(?i:", "(?s:", "(?m:", ")", "|",
                        "$", "{1,2}", "{,2}", "*", "_", "\n", "{", "}")));
        var candidates = List.of(
                "", "a", "b", "ab", "ba", "aab", "a\n", "\na", "A", "é", "1", "٣", "a-b", "]", "[", "{", " ", "_", ".",
                "abab", "a.b", "\u00a0", "e\u0301", "-", "a{", "\b", "/", "É", "b\n", "a\nb", "s", "\u212a", "\u203f",
                "€", "\u0301", "\u0085", "\u2028", "\u3000", "\u200b", "½", "漢", "😀", "\u0000");
        var answers = askPython(patterns, candidates);
        var differences = new ArrayList<String>();
        for (int i = 0; i < patterns.size(); i++) {
            for (int j = 0; j < candidates.size(); j++) {
                var python = answers.get(i * candidates.size() + j);
                var ours = answer(patterns.get(i), candidates.get(j));
                // Possessive quantifiers are an error to Python before 3.11 and refused here; a refusal is no other
                // meaning.
                if (isKnownDifference(patterns.get(i), candidates.get(j))) {
                    continue;
                }
                if (!python.equals(ours) && !ours.equals("E")) {
                    differences.add(
                            patterns.get(i) + " on '" + candidates.get(j) + "': Python " + python + ", ours " + ours);
                } else if (ours.equals("E") && !python.equals("E") && j == 0 && !isRefusedOnPurpose(patterns.get(i))) {
                    differences.add(
                            patterns.get(i) + ": refused here, not by Python: " + refusal(patterns.get(i), false));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /// The same for look-around, back-references, atomic groups and possessive quantifiers, which the JDK's matcher
    /// runs.
    @Test
    void meansWhatPythonMeansWhereBacktrackingIsAllowed() throws IOException, InterruptedException {
        var patterns = new ArrayList<>(List.of(
                "(a)\\1",
                "(a|b)\\1$",
                "(a)|b\\1",
                "(?P<x>ab)(?P=x)",
                "(?P<x>a)\\1b",
                "a(?!b)",
                "(?!a)",
                "(?=a).*$",
                "(?=.*b)a",
                "a(?<=a)b",
                "a(?<!a)b",
                "(?<=a)b",
                "(?<!a)b",
                "(?=a)É|(?i:é)",
                "(?=.)(?i:k)",
                "(?=.)[\\W]",
                "(?=.)[^\\W]",
                "(?=.)[\\S]",
                "(?=.)[^\\S]",
                "(?=.)\\w",
                "(?=.)\\d",
                "(?=.)\\s",
                "(?=a)a$",
                "(?=a)a\\Z",
                "(?=a).a",
                "(?s)(?=a)..",
                "(?m)(?=a)a$",
                "(?=a)[a&&b]",
                "(?=.)[[]",
                "(a)\\12",
                "(a)(?:\\1)2",
                "()\\1a"));
        var random = new Random(9);
        for (int i = 0; i < 1000; i++) {
            patterns.add(nested(random, 3));
        }
        var candidates = List.of(
                "", "a", "b", "ab", "ba", "aa", "aab", "abab", "a\n", "\na", "A", "É", "é", "K", "\u212a", "1", "٣",
                " ", "a2", "aa2", "\u00a0", "€", "[", "\u0301", "bb", "aba\n");
        var answers = askPython(patterns, candidates);
        var differences = new ArrayList<String>();
        int compared = 0;
        for (int i = 0; i < patterns.size(); i++) {
            // What only re2j runs is held against Python above; who is refused has no meaning.
            if (refusal(patterns.get(i), false).isEmpty()
                    || !refusal(patterns.get(i), true).isEmpty()) {
                continue;
            }
            compared++;
            for (int j = 0; j < candidates.size(); j++) {
                var python = answers.get(i * candidates.size() + j);
                var ours = pattern(patterns.get(i), true).matchesStartOf(candidates.get(j)) ? "1" : "0";
                // Python wants look-behind of one length; what it refuses has no other meaning to it.
                if (!python.equals("E") && !python.equals(ours)) {
                    differences.add(
                            patterns.get(i) + " on '" + candidates.get(j) + "': Python " + python + ", ours " + ours);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(300);
    }

    /// A pattern whose groups are closed.
    private static String nested(Random random, int depth) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(
                    switch (random.nextInt(depth == 0 ? 8 : 15)) {
                        case 0, 1 -> "a";
                        case 2 -> "b";
                        case 3 -> ".";
                        case 4 -> "[ab]";
                        case 5 -> "(?<=a)";
                        case 6 -> "(?<!b)";
                        case 7 -> "\\1";
                        case 8, 9 -> "(" + nested(random, depth - 1) + ")";
                        case 10 -> "(?:" + nested(random, depth - 1) + "|" + nested(random, depth - 1) + ")";
                        case 11 -> "(?=" + nested(random, depth - 1) + ")";
                        case 12 -> "(?!" + nested(random, depth - 1) + ")";
                        case 13 -> "(?>" + nested(random, depth - 1) + ")";
                        default ->
                            "(?:" + nested(random, depth - 1) + ")"
                                    + List.of("*", "+", "?", "{2}", "*+", "?+").get(random.nextInt(6));
                    });
        }
        return text + (random.nextInt(3) == 0 ? "$" : "");
    }

    private static List<String> generated(Random random, int count, List<String> pieces) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /// Verbose patterns, characters by their names, and possessive quantifiers (Python 3.11).
    private static boolean isRefusedOnPurpose(String text) {
        return text.contains("(?x)")
                || text.contains("\\N{")
                || refusal(text, false).contains("backtracking");
    }

    /// `$` in the midst, before a newline: re2j cannot look at it without taking it.
    private static boolean isKnownDifference(String text, String candidate) {
        return candidate.endsWith("\n") && text.matches("(?s).*\\$[^|)].*");
    }

    private static String answer(String text, String candidate) {
        return switch (UserPattern.compile(text, false)) {
            case UserPattern.Usable(var pattern) -> pattern.matchesStartOf(candidate) ? "1" : "0";
            case UserPattern.Refused _ -> "E";
        };
    }

    private static List<String> askPython(List<String> patterns, List<String> candidates)
            throws IOException, InterruptedException {
        var program = """
                import re, sys, warnings
                warnings.simplefilter('ignore')
                def text(line): return bytes.fromhex(line).decode('utf-8')
                lines = sys.stdin.read().split('\\n')
                n = int(lines[0])
                candidates = [text(l) for l in lines[1:1 + n]]
                for line in lines[1 + n:-1]:
                    try: p = re.compile(text(line))
                    except Exception: p = None
                    for c in candidates: print('E' if p is None else '1' if p.match(c) else '0')
                """;
        Process python;
        try {
            python = new ProcessBuilder("python3", "-c", program)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.err.println("UserPatternTest: python3 is not there, so patterns are not held against it");
            Assumptions.assumeTrue(false, "python3 is not there");
            throw e;
        }
        var hex = java.util.HexFormat.of();
        try (var in = new OutputStreamWriter(python.getOutputStream(), StandardCharsets.US_ASCII)) {
            in.write(candidates.size() + "\n");
            for (var candidate : candidates) {
                in.write(hex.formatHex(candidate.getBytes(StandardCharsets.UTF_8)) + "\n");
            }
            for (var text : patterns) {
                in.write(hex.formatHex(text.getBytes(StandardCharsets.UTF_8)) + "\n");
            }
        }
        var answers = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(python.waitFor()).as(String.join("\n", answers)).isZero();
        return answers;
    }
}
