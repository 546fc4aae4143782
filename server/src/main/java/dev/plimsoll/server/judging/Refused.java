package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.server.http.Reply;
import java.util.List;
import java.util.Locale;

/// The answer to a document that has errors: a problem with all of them.
///
/// Source: RFC 9457, section 3.2 "Extension Members".
final class Refused {

    private Refused() {}

    /// @param type last part of the problem's name
    /// @param problems warnings included
    static Reply.Document reply(String type, String detail, List<BundleProblem> problems) {
        var json = Reply.json(
                422,
                writer -> writer.object(() -> {
                    writer.member("type", "https://plimsoll.dev/problems/" + type)
                            .member("title", "The document has errors")
                            .member("status", 422)
                            .member("detail", detail);
                    problems(writer, "problems", problems);
                }));
        return Reply.document(422, "application/problem+json", json.bytes());
    }

    static void problems(JsonWriter json, String name, List<BundleProblem> problems) {
        json.array(
                name,
                () -> problems.forEach(problem -> json.object(
                        () -> json.member("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                                .member("place", problem.pointer())
                                .member("message", problem.message()))));
    }

    /// `has an error`, `has 3 errors`.
    static String count(long errors) {
        return errors == 1 ? "has an error" : "has " + errors + " errors";
    }
}
