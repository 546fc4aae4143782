package dev.plimsoll.server.notify;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.http.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the filter of a subscription as people give it.
final class FilterReader {

    private static final Set<String> MEMBERS = Set.of(
            "severity",
            "fixable",
            "known_exploited",
            "new_only",
            "repositories",
            "verdict_change",
            "decisions",
            "causes");

    private static final Set<String> DECISIONS = Set.of("PASS", "FAIL", "UNKNOWN", "DATA_MISSING");

    /// Most repositories of a filter.
    private static final int MOST_PATTERNS = 100;

    private FilterReader() {}

    /// @throws ProblemException that names the member and what it may be
    static Filter read(JsonObject filter) {
        for (var name : filter.members().keySet()) {
            if (!MEMBERS.contains(name)) {
                throw ProblemException.invalid(
                        "/filter/" + name,
                        "there is no such condition; there are "
                                + MEMBERS.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        return new Filter(
                severity(filter),
                flag(filter, "fixable"),
                flag(filter, "known_exploited"),
                flag(filter, "new_only"),
                words(filter, "repositories", FilterReader::pattern),
                flag(filter, "verdict_change"),
                Set.copyOf(words(filter, "decisions", FilterReader::decision)),
                Set.copyOf(words(filter, "causes", FilterReader::cause)));
    }

    private static Optional<Severity> severity(JsonObject filter) {
        var given = filter.get("severity");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var found = given.get() instanceof JsonString(var word)
                ? Arrays.stream(Severity.values())
                        .filter(severity -> severity.word().equals(word))
                        .findFirst()
                : Optional.<Severity>empty();
        if (found.isEmpty()) {
            throw ProblemException.invalid(
                    "/filter/severity",
                    "must be one of "
                            + Arrays.stream(Severity.values())
                                    .map(Severity::word)
                                    .collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static boolean flag(JsonObject filter, String name) {
        return switch (filter.get(name).orElse(new JsonBoolean(false))) {
            case JsonBoolean(var value) -> value;
            default -> throw ProblemException.invalid("/filter/" + name, "must be true or false");
        };
    }

    private static <T> List<T> words(JsonObject filter, String name, Function<String, T> read) {
        var given = filter.get(name).orElse(new JsonArray(List.of()));
        if (!(given instanceof JsonArray(var elements))
                || !elements.stream().allMatch(JsonString.class::isInstance)
                || elements.size() > MOST_PATTERNS) {
            throw ProblemException.invalid("/filter/" + name, "must be a list of at most " + MOST_PATTERNS + " words");
        }
        return elements.stream().map(FilterReader::text).map(read).distinct().toList();
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).text();
    }

    private static NamePattern pattern(String text) {
        if (text.isBlank() || text.length() > NamePattern.LIMIT) {
            throw ProblemException.invalid(
                    "/filter/repositories",
                    "a pattern has 1 to " + NamePattern.LIMIT + " characters, such as registry.example/team/*");
        }
        return new NamePattern(text);
    }

    private static String decision(String word) {
        var decision = word.toUpperCase(Locale.ROOT);
        if (!DECISIONS.contains(decision)) {
            throw ProblemException.invalid(
                    "/filter/decisions", "'" + word + "' is none of PASS, FAIL, UNKNOWN, DATA_MISSING");
        }
        return decision;
    }

    private static Cause cause(String word) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.name().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "/filter/causes",
                        "'" + word + "' is no cause; there are "
                                + Arrays.stream(Cause.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
