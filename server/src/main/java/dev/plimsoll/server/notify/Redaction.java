package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.notify.sending.Outcome;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Makes what a vendor said fit to be kept and shown: short, one line, without the channel's secrets.
final class Redaction {

    /// In characters.
    static final int LIMIT = 500;

    /// In characters: shorter ones are words that stand in answers anyway.
    private static final int SHORTEST = 5;

    private final List<String> secrets;

    Redaction(JsonObject secrets) {
        this.secrets = secrets.members().values().stream()
                .flatMap(value -> value instanceof JsonString(var text) ? forms(text) : Stream.of())
                .filter(text -> text.length() >= SHORTEST)
                .distinct()
                // the longest first: one may be a part of another
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// An address is also told by its path alone.
    private static Stream<String> forms(String secret) {
        var encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        int host = secret.indexOf("://");
        int path = host < 0 ? -1 : secret.indexOf('/', host + 3);
        return path < 0 ? Stream.of(secret, encoded) : Stream.of(secret, encoded, secret.substring(path));
    }

    Outcome of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered(var answer, var state) -> new Outcome.Delivered(of(answer), state);
            case Outcome.Retry(var reason, var after, var state) -> new Outcome.Retry(of(reason), after, state);
            case Outcome.Final(var reason, var broken) -> new Outcome.Final(of(reason), broken);
        };
    }

    String of(String text) {
        var clean = text;
        for (var secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        clean = clean.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (clean.length() <= LIMIT) {
            return clean;
        }
        int end = LIMIT - 1;
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
