package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// Writes down who changed what by routes that do not do so themselves, right after the change: an entry may be missing
/// where the service dies between the two, never one too many.
public final class AuditedRoutes {

    private final Jdbi jdbi;
    private final AuditLog audit;

    public AuditedRoutes(Jdbi jdbi, AuditLog audit) {
        this.jdbi = jdbi;
        this.audit = audit;
    }

    /// The same routes; those that change something write it down.
    public List<Route> of(List<Route> routes) {
        return routes.stream()
                .map(route -> route.method() == Method.GET ? route : audited(route))
                .toList();
    }

    /// The same, but for those that only bring something in.
    public List<Route> exceptPosts(List<Route> routes) {
        return routes.stream()
                .map(route -> route.method() == Method.GET || route.method() == Method.POST ? route : audited(route))
                .toList();
    }

    private Route audited(Route route) {
        return new Route(
                route.method(),
                route.path(),
                route.permission(),
                route.bodyLimit(),
                request -> answered(route, request, route.handler().handle(request)));
    }

    private Reply answered(Route route, Request request, Reply reply) throws IOException {
        if (reply.status() < 300) {
            Map<String, JsonValue> details = new HashMap<>();
            request.query().forEach((name, value) -> details.put(name, new JsonString(value)));
            jdbi.useTransaction(handle -> audit.add(
                    handle, request.principal(), action(route), object(route, request), new JsonObject(details)));
        }
        return reply;
    }

    /// `bundles.activate`, `waivers.put`, `images.delete`: the words of the path, then what is done where they do not
    /// say
    /// it.
    private static String action(Route route) {
        var words = new StringBuilder();
        var last = "";
        for (var segment : route.path().split("/", -1)) {
            if (!segment.isEmpty() && !segment.equals("api") && !segment.equals("v1") && !segment.startsWith("{")) {
                words.append(words.isEmpty() ? "" : ".").append(segment);
            }
            last = segment;
        }
        boolean saysIt = route.method() == Method.POST && words.indexOf(".") > 0 && !last.startsWith("{");
        return saysIt ? words.toString() : words + "." + route.method().name().toLowerCase(Locale.ROOT);
    }

    private static String object(Route route, Request request) {
        var object = new StringBuilder();
        for (var segment : route.path().split("/", -1)) {
            if (segment.startsWith("{")) {
                object.append(object.isEmpty() ? "" : "/")
                        .append(request.path(segment.substring(1, segment.length() - 1)));
            }
        }
        return object.isEmpty() ? "-" : object.toString();
    }
}
