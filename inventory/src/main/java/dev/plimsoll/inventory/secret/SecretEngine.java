package dev.plimsoll.inventory.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The rules, ready to look for: one automaton over all their keywords, and the expressions, which are only tried where
/// a keyword is. Everything takes linear time. Immutable.
public final class SecretEngine {

    private final List<SecretRule> rules;
    private final KeywordAutomaton automaton;

    /// The rules of each keyword.
    private final List<List<Candidate>> candidates;

    /// A rule with one of its keywords.
    ///
    /// @param index of the rule
    /// @param exact the keyword's bytes, where its case counts; else empty
    private record Candidate(SecretRule rule, int index, String exact) {}

    private SecretEngine(List<SecretRule> rules) {
        this.rules = rules;
        var byKeyword = new LinkedHashMap<String, List<Candidate>>();
        for (int index = 0; index < rules.size(); index++) {
            var rule = rules.get(index);
            var caseless = rule.expression().pattern().contains("(?i");
            for (var keyword : rule.keywords()) {
                byKeyword
                        .computeIfAbsent(keyword.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(new Candidate(rule, index, caseless ? "" : keyword));
            }
        }
        this.automaton = new KeywordAutomaton(List.copyOf(byKeyword.keySet()));
        this.candidates = byKeyword.values().stream().map(List::copyOf).toList();
    }

    /// @param without names of rules that do not count
    public static SecretEngine of(List<SecretRule> rules, Set<String> without) {
        return new SecretEngine(
                rules.stream().filter(rule -> !without.contains(rule.name())).toList());
    }

    KeywordAutomaton automaton() {
        return automaton;
    }

    /// A secret in a buffer.
    ///
    /// @param start in the buffer
    /// @param end exclusive
    record Hit(SecretRule rule, int start, int end, String secret) {}

    /// Which rules count in a file, found out when they are first asked for. Used by one thread.
    final class Applicable {

        private final String path;
        private final byte[] known = new byte[rules.size()];

        Applicable(String path) {
            this.path = path;
        }

        private boolean counts(Candidate candidate) {
            if (known[candidate.index()] == 0) {
                known[candidate.index()] = (byte) (candidate.rule().countsAt(path) ? 1 : 2);
            }
            return known[candidate.index()] == 1;
        }
    }

    Applicable applicableTo(String path) {
        return new Applicable(path);
    }

    /// Takes what is found.
    @FunctionalInterface
    interface Found {
        void add(Hit hit);
    }

    /// Tries the rules of a keyword.
    ///
    /// @param keyword its place in the automaton
    /// @param keywordEnd in the buffer
    /// @param filled how much of the buffer holds text
    void hits(int keyword, byte[] buffer, int keywordEnd, int filled, Applicable applicable, Found found) {
        int start = keywordEnd - automaton.length(keyword);
        for (var candidate : candidates.get(keyword)) {
            var rule = candidate.rule();
            if (isSpelled(candidate.exact(), buffer, start)
                    && applicable.counts(candidate)
                    && (rule.inside() || rule.before() > 0 || isBoundary(buffer, start))
                    && hasLength(buffer, start, filled, rule.least())
                    && (rule.has() == 0 || has(rule, buffer, keywordEnd, filled))) {
                hit(rule, buffer, start, keywordEnd, filled).ifPresent(found::add);
            }
        }
    }

    private static boolean isSpelled(String exact, byte[] buffer, int start) {
        for (int i = 0; i < exact.length(); i++) {
            if (buffer[start + i] != (byte) exact.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(SecretRule rule, byte[] buffer, int from, int filled) {
        int to = Math.min(filled, from + rule.after());
        for (int i = from; i < to && buffer[i] > ' '; i++) {
            if (buffer[i] == rule.has()) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLength(byte[] buffer, int start, int filled, int least) {
        if (start + least > filled) {
            return false;
        }
        for (int i = start; i < start + least; i++) {
            if (buffer[i] <= ' ' || buffer[i] == '"' || buffer[i] == '\'') {
                return false;
            }
        }
        return true;
    }

    private static Optional<Hit> hit(SecretRule rule, byte[] buffer, int keywordStart, int keywordEnd, int filled) {
        int from = Math.max(0, keywordStart - rule.before());
        int to = Math.min(filled, keywordEnd + rule.after());
        var text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
        var matcher = rule.expression().matcher(text);
        if (rule.before() == 0) {
            return matcher.lookingAt() ? secret(rule, matcher, buffer, from, filled) : Optional.empty();
        }
        int at = 0;
        while (at <= keywordStart - from && matcher.find(at)) {
            if (matcher.start() > keywordStart - from) {
                return Optional.empty();
            }
            if (matcher.end() > keywordStart - from) {
                var found = secret(rule, matcher, buffer, from, filled);
                if (found.isPresent()) {
                    return found;
                }
            }
            at = matcher.start() + 1;
        }
        return Optional.empty();
    }

    private static Optional<Hit> secret(
            SecretRule rule, com.google.re2j.Matcher matcher, byte[] buffer, int from, int filled) {
        int group = 0;
        for (int i = 1; i <= matcher.groupCount() && group == 0; i++) {
            group = matcher.group(i) == null ? 0 : i;
        }
        int start = from + matcher.start(group);
        int end = from + matcher.end(group);
        if (!rule.inside() && !isBoundary(buffer, from + matcher.start())) {
            return Optional.empty();
        }
        if (!rule.open() && end < filled && isWord(buffer[end])) {
            return Optional.empty();
        }
        var secret = matcher.group(group);
        var plausible = Entropy.of(secret) >= rule.leastEntropy()
                && (rule.check().decodes() || !Placeholders.holdsWord(secret))
                && (rule.has() != '@' || !Placeholders.namesReservedHost(matcher.group()))
                && rule.check().holds(secret);
        return plausible ? Optional.of(new Hit(rule, start, end, secret)) : Optional.empty();
    }

    /// Whether a word may begin there: behind no letter or digit, unless that is the end of an escape (`\n`, `%3D`).
    private static boolean isBoundary(byte[] buffer, int start) {
        if (start == 0 || (!isWord(buffer[start - 1]) && buffer[start - 1] != '+')) {
            return true;
        }
        var letter = buffer[start - 1];
        return (start >= 2 && buffer[start - 2] == '\\' && (letter == 'n' || letter == 'r' || letter == 't'))
                || (start >= 3
                        && buffer[start - 3] == '%'
                        && isHexadecimal(buffer[start - 2])
                        && isHexadecimal(letter));
    }

    private static boolean isWord(byte letter) {
        return (letter >= '0' && letter <= '9')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= 'a' && letter <= 'z')
                || letter == '_';
    }

    private static boolean isHexadecimal(byte letter) {
        return Character.digit(letter, 16) >= 0;
    }
}
