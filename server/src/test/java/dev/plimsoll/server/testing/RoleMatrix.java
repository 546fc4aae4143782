package dev.plimsoll.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.accounts.Grants;
import dev.plimsoll.server.http.Dispatcher;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.http.Router;
import dev.plimsoll.server.store.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;

/// Every role asks every route about an object of its own account and about one of another account.
///
/// Demanded of each answer: 401 where nobody says who he is; 403 where the role has not the route's
/// permission, whosever the object is; success on an own object; 404 on a foreign one, which stays as
/// it was, and which no list shows. Each route needs a {@link Fixture}: one without fails, as does a
/// fixture of a route that is no more.
public final class RoleMatrix {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    private final Database database;
    private final Dispatcher dispatcher;
    private final List<Route> routes;
    private final Map<String, Fixture> fixtures;
    private final long own;
    private final long foreign;
    private final long serving;
    private Principal caller = Principal.NOBODY;

    /// Makes what a route is asked about.
    @FunctionalInterface
    public interface Fixture {

        /// A new object each time, unlike those before in whatever it is known by.
        Target in(Owner owner) throws Exception;
    }

    /// To whom the object is to belong.
    ///
    /// @param principal a user of the account; there is a row of him
    public record Owner(Database database, long account, Principal principal) {}

    /// @param fixtures by the names of routes, `GET /api/v1/images/{digest}`
    public RoleMatrix(Database database, List<Route> routes, Map<String, Fixture> fixtures) {
        this.database = database;
        this.routes = List.copyOf(routes);
        this.fixtures = Map.copyOf(fixtures);
        this.dispatcher = new Dispatcher(new Router(routes), (_, _) -> caller, (_, _, _, _, _) -> {});
        this.own = TestApi.account(database, "matrix-own");
        this.foreign = TestApi.account(database, "matrix-foreign");
        this.serving = TestApi.account(database, "matrix-serving");
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("update account set administers_service = true where id = ?", serving));
    }

    /// One of each route and caller, and those that see that no route was forgotten.
    public List<DynamicTest> tests() {
        var tests = new ArrayList<DynamicTest>();
        tests.add(DynamicTest.dynamicTest("every route has a fixture, every fixture a route", this::demandFixtures));
        for (var route : routes) {
            var fixture = fixtures.get(route.name());
            if (fixture == null) {
                continue;
            }
            tests.add(DynamicTest.dynamicTest(route.name() + " by nobody", () -> byNobody(route, fixture)));
            for (var role : Role.values()) {
                tests.add(DynamicTest.dynamicTest(
                        route.name() + " by " + role.word(), () -> by(route, fixture, member(own, role, false))));
            }
            tests.add(DynamicTest.dynamicTest(
                    route.name() + " by an administrator of the service",
                    () -> by(route, fixture, member(serving, Role.ADMIN, true))));
        }
        return List.copyOf(tests);
    }

    private void demandFixtures() {
        var names = new TreeSet<String>();
        routes.forEach(route -> names.add(route.name()));
        assertThat(new TreeSet<>(fixtures.keySet())).isEqualTo(names);
    }

    /// A user with that role, as the service itself would have him before it.
    private Owner member(long account, Role role, boolean administersService) {
        var name = role.word() + "-of-" + account;
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                        insert into member (account_id, name, role, created_at) values (:account, :name, :role, :now)
                        on conflict (name) do nothing""")
                        .bind("account", account)
                        .bind("name", name)
                        .bind("role", role.word())
                        .bind("now", Instant.parse("2026-01-01T00:00:00Z"))
                        .execute());
        return new Owner(
                database,
                account,
                new Principal(account, "account" + account, name, Grants.of(role, administersService)));
    }

    private void byNobody(Route route, Fixture fixture) throws Exception {
        var target = fixture.in(member(own, Role.ADMIN, false));
        var answer = ask(route, target, Principal.NOBODY);
        if (route.permission() == Permission.NONE) {
            target.demandSuccess(route, answer);
        } else {
            assertThat(answer.status()).as("%s without a caller", route.name()).isEqualTo(401);
        }
    }

    private void by(Route route, Fixture fixture, Owner asking) throws Exception {
        var others = fixture.in(member(foreign, Role.ADMIN, false));
        var before = others.probe();
        if (!asking.principal().may(route.permission())) {
            var mine = fixture.in(asking);
            assertThat(ask(route, mine, asking.principal()).status())
                    .as("%s without the permission %s", route.name(), route.permission())
                    .isEqualTo(403);
            assertThat(ask(route, others, asking.principal()).status())
                    .as("%s without the permission %s, foreign object", route.name(), route.permission())
                    .isEqualTo(403);
            assertThat(others.probe()).isEqualTo(before);
            return;
        }
        if (others.isForeignRefused()) {
            assertThat(ask(route, others, asking.principal()).status())
                    .as("%s about an object of another account", route.name())
                    .isEqualTo(others.foreignStatus());
        } else if (others.isSeparate()) {
            // the same request means something in the caller's own account, and leaves the foreign object alone
            var answer = ask(route, others, asking.principal());
            assertThat(answer.status())
                    .as("%s with the words of another account", route.name())
                    .isLessThan(500)
                    .isNotIn(401);
            others.marker()
                    .ifPresent(marker -> assertThat(answer.text())
                            .as("%s shows another account's", route.name())
                            .doesNotContain(marker));
        }
        if (!others.isShared()) {
            assertThat(others.probe())
                    .as("the foreign object after %s", route.name())
                    .isEqualTo(before);
        }
        var mine = fixture.in(asking);
        var answer = ask(route, mine, asking.principal());
        mine.demandSuccess(route, answer);
        if (!others.isShared() && others.marker().isPresent()) {
            assertThat(answer.text())
                    .as("%s shows another account's", route.name())
                    .doesNotContain(others.marker().get());
        }
    }

    /// What came back.
    record Answer(int status, String text) {}

    private Answer ask(Route route, Target target, Principal principal) {
        caller = principal;
        var path = PARAMETER.matcher(route.path()).replaceAll(match -> target.encoded(match.group(1)));
        var reply = dispatcher.dispatch(new Dispatcher.Incoming(
                route.method().name(),
                path,
                target.query(),
                target.headers(),
                "127.0.0.1",
                new ByteArrayInputStream(target.body())));
        return new Answer(reply.status(), text(reply));
    }

    private static String text(Reply reply) {
        return switch (reply) {
            case Reply.Document document -> new String(document.bytes(), StandardCharsets.UTF_8);
            case Reply.Streamed streamed -> {
                var out = new ByteArrayOutputStream();
                try {
                    streamed.content().writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                yield out.toString(StandardCharsets.UTF_8);
            }
            // it may go on for long: that it was begun is all that is asked here
            case Reply.Events _, Reply.Empty _ -> "";
        };
    }

    /// The names of the routes that have no fixture in the map: for whoever writes one.
    public static Set<String> missing(List<Route> routes, Map<String, Fixture> fixtures) {
        var names = new TreeSet<String>();
        routes.forEach(route -> names.add(route.name()));
        names.removeAll(fixtures.keySet());
        return names;
    }
}
