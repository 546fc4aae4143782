package dev.plimsoll.server.http;

import java.util.Map;
import java.util.Optional;

/// Writes what went wrong.
///
/// Source: RFC 9457, section 3.
final class Problems {

    private static final String TYPES = "https://plimsoll.dev/problems/";

    private Problems() {}

    static Reply.Document reply(ProblemException problem) {
        var json = Reply.json(
                problem.status(),
                writer -> writer.object(() -> {
                    writer.member("type", TYPES + problem.type());
                    writer.member("title", title(problem.status()));
                    writer.member("status", problem.status());
                    writer.member("detail", problem.detail());
                    if (!problem.pointer().isEmpty()) {
                        writer.member("pointer", problem.pointer());
                    }
                }));
        var reply = new Reply.Document(
                problem.status(), Map.of(), "application/problem+json", json.bytes(), Optional.empty());
        if (problem.status() == 401) {
            reply = reply.with("www-authenticate", "Bearer realm=\"plimsoll\", Basic realm=\"plimsoll\"");
        }
        var wait = problem.retryAfter();
        return wait.isPresent()
                ? reply.with("retry-after", Long.toString(Math.max(1, wait.get().toSeconds())))
                : reply;
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "The request cannot be taken as it is";
            case 401 -> "Nobody knows who asks";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Not this way";
            case 409 -> "It stands against what is there";
            case 413 -> "Too large";
            case 429 -> "Too often";
            case 503 -> "Not now";
            default -> status >= 500 ? "The service failed" : "The request cannot be done";
        };
    }
}
