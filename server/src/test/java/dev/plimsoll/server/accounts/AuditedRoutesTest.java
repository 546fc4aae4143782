package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.Dispatcher;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.http.Router;
import dev.plimsoll.server.testing.TestApi;
import dev.plimsoll.server.testing.TestDatabase;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AuditedRoutesTest {

    @Test
    void writesDownWhatWasChangedAndNothingElse() {
        try (var test = TestDatabase.create()) {
            var jdbi = test.database().jdbi();
            long account = TestApi.account(test.database(), "one");
            var audit = new AuditLog(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));
            var routes = new AuditedRoutes(jdbi, audit)
                    .of(List.of(
                            new Route(Method.GET, "/api/v1/bundles", Permission.KNOWN, _ -> Reply.noContent()),
                            new Route(
                                    Method.POST,
                                    "/api/v1/bundles/{id}/activate",
                                    Permission.KNOWN,
                                    _ -> Reply.noContent()),
                            new Route(Method.POST, "/api/v1/bundles", Permission.KNOWN, _ -> {
                                throw ProblemException.invalid("", "no");
                            }),
                            new Route(
                                    Method.DELETE,
                                    "/api/v1/waivers/{name}",
                                    Permission.KNOWN,
                                    _ -> Reply.noContent())));
            var caller = new Principal(account, "one", "anna", Role.ADMIN.permissions());
            var dispatcher = new Dispatcher(new Router(routes), (_, _) -> caller, (_, _, _, _, _) -> {});
            for (var asked : List.of(
                    List.of("GET", "/api/v1/bundles"),
                    List.of("POST", "/api/v1/bundles/7/activate"),
                    List.of("POST", "/api/v1/bundles"),
                    List.of("DELETE", "/api/v1/waivers/team%2Fa"))) {
                dispatcher.dispatch(new Dispatcher.Incoming(
                        asked.get(0), asked.get(1), Map.of("q", "1"), Map.of(), "", InputStream.nullInputStream()));
            }

            var written = jdbi.withHandle(handle -> handle.createQuery(
                            "select actor || ' ' || action || ' ' || object || ' ' || details from audit_event"
                                    + " where account_id = :account order by sequence")
                    .bind("account", account)
                    .mapTo(String.class)
                    .list());
            assertThat(written)
                    .containsExactly(
                            "anna bundles.activate 7 {\"q\":\"1\"}", "anna waivers.delete team/a {\"q\":\"1\"}");
        }
    }
}
