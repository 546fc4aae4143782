package dev.plimsoll.server.testing;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.Dispatcher;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.http.Router;
import dev.plimsoll.server.store.Database;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Asks routes as the web server would, without a network. The caller is whoever the test says. Every answer is held
/// against the document of the API.
public final class TestApi {

    private final Router router;
    private final Dispatcher dispatcher;
    private Principal caller = Principal.NOBODY;

    public TestApi(List<Route> routes) {
        router = new Router(routes);
        dispatcher = new Dispatcher(router, (_, _) -> caller, (_, _, _, _, _) -> {});
    }

    /// An account of that name.
    ///
    /// @return its id
    public static long account(Database database, String name) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "insert into account (name, created_at) values (:name, :now) returning id")
                        .bind("name", name)
                        .bind("now", Instant.parse("2026-01-01T00:00:00Z"))
                        .mapTo(Long.class)
                        .one());
    }

    /// The next requests come from somebody of that account with that role.
    public TestApi as(long account, Role role) {
        caller = new Principal(account, "account" + account, role.name().toLowerCase(Locale.ROOT), role.permissions());
        return this;
    }

    public TestApi as(Principal principal) {
        caller = principal;
        return this;
    }

    /// @param target path and query
    public Answer ask(String method, String target, String body, Map<String, String> headers) {
        var parts = target.split("\\?", 2);
        Map<String, String> query = new HashMap<>();
        if (parts.length > 1) {
            for (var pair : parts[1].split("&", -1)) {
                var sides = pair.split("=", 2);
                query.put(sides[0], sides.length > 1 ? URLDecoder.decode(sides[1], StandardCharsets.UTF_8) : "");
            }
        }
        var reply = dispatcher.dispatch(new Dispatcher.Incoming(
                method,
                parts[0],
                query,
                headers,
                "127.0.0.1",
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
        if (router.find(method, parts[0]) instanceof Router.Match.Found(var route, var _)) {
            var violations = ApiContract.violations(route, reply);
            if (!violations.isEmpty()) {
                throw new AssertionError(String.join("\n", violations));
            }
        }
        return new Answer(reply);
    }

    public Answer get(String target) {
        return ask("GET", target, "", Map.of());
    }

    public Answer post(String target, String body) {
        return ask("POST", target, body, Map.of());
    }

    public Answer put(String target, String body) {
        return ask("PUT", target, body, Map.of());
    }

    public Answer delete(String target) {
        return ask("DELETE", target, "", Map.of());
    }

    /// What came back.
    public record Answer(Reply reply) {

        public int status() {
            return reply.status();
        }

        public String text() {
            return switch (reply) {
                case Reply.Document document -> new String(document.bytes(), StandardCharsets.UTF_8);
                case Reply.Empty _ -> "";
                case Reply.Streamed _, Reply.Events _ -> throw new IllegalStateException("a stream");
            };
        }

        public JsonObject json() {
            try {
                return (JsonObject) JsonReader.read(text(), JsonLimits.AUTHORED);
            } catch (JsonException e) {
                throw new IllegalStateException(text(), e);
            }
        }
    }
}
