package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// The audit log of the caller's account.
final class AuditRoutes {

    private final Jdbi jdbi;

    AuditRoutes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/audit", Permission.READ_AUDIT, this::list),
                new Route(Method.GET, "/api/v1/audit/verification", Permission.READ_AUDIT, this::verify));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var before = Page.afterNumber(request);
        return jdbi.withHandle(handle -> {
            var found = AuditLog.before(handle, request.accountId(), before, limit + 1);
            var page = Page.of(found, limit, entry -> Long.toString(entry.sequence()));
            var head = AuditLog.head(handle, request.accountId());
            return Reply.json(json -> json.object(() -> {
                json.array("items", () -> page.items().forEach(entry -> json.object(() -> write(json, entry))));
                json.member("next", page.next());
                head.ifPresent(end -> json.object("head", () -> {
                    json.member("sequence", end.sequence());
                    json.member("digest", end.digest());
                }));
            }));
        });
    }

    private Reply verify(Request request) {
        var sequence = request.queried("sequence");
        var digest = request.queried("digest");
        if (sequence.isPresent() != digest.isPresent()) {
            throw ProblemException.invalid("digest", "a head that was noted is its sequence and its digest");
        }
        Optional<AuditLog.Head> noted = sequence.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AuditLog.Head(request.queried("sequence", 1, 1, Integer.MAX_VALUE), digest.orElseThrow()));
        var found = jdbi.withHandle(handle -> AuditLog.verify(handle, request.accountId(), noted));
        return Reply.json(json -> json.object(() -> {
            switch (found) {
                case AuditLog.Verification.Intact(var entries) -> {
                    json.member("intact", true);
                    json.member("entries", entries);
                }
                case AuditLog.Verification.Broken(var place, var reason) -> {
                    json.member("intact", false);
                    json.member("sequence", place);
                    json.member("reason", reason);
                }
            }
        }));
    }

    private static void write(JsonWriter json, AuditLog.Entry entry) {
        json.member("sequence", entry.sequence());
        json.member("at", entry.at().toString());
        json.member("actor", entry.actor());
        json.member("action", entry.action());
        json.member("object", entry.object());
        json.member("details", details(entry));
    }

    private static JsonValue details(AuditLog.Entry entry) {
        try {
            return JsonReader.read(entry.details(), JsonLimits.FOREIGN);
        } catch (JsonException _) {
            // somebody changed it: the verification tells
            return new JsonValue.JsonString(entry.details());
        }
    }
}
