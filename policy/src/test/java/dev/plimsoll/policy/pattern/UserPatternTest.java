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
                "(?i-i:A)"));
        var random = new Random(7);
        var pieces = List.of(
                "a", "b", ".", "*", "+", "?", "(", ")", "|", "[", "]", "^", "$", "\\d", "\\w", "-", "{2}", "\\.");
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(8); j >= 0; j--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            patterns.add(text.toString());
        }
        var candidates = List.of(
                "", "a", "b", "ab", "ba", "aab", "a\n", "\na", "A", "é", "1", "٣", "a-b", "]", "[", "{", " ", "_", ".",
                "abab", "a.b", "\u00a0", "e\u0301", "-", "a{", "\b", "/");
        var answers = askPython(patterns, candidates);
        var differences = new ArrayList<String>();
        for (int i = 0; i < patterns.size(); i++) {
            for (int j = 0; j < candidates.size(); j++) {
                var python = answers.get(i * candidates.size() + j);
                var ours = answer(patterns.get(i), candidates.get(j));
                // Possessive quantifiers are an error to Python before 3.11 and refused here; a refusal is no other
                // meaning.
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

    /// Verbose patterns, and possessive quantifiers (Python 3.11).
    private static boolean isRefusedOnPurpose(String text) {
        return text.contains("(?x)") || refusal(text, false).contains("backtracking");
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
