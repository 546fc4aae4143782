package dev.plimsoll.server;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.accounts.Accounts;
import dev.plimsoll.server.accounts.FirstAccount;
import dev.plimsoll.server.api.ApiDocument;
import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.http.Dispatcher;
import dev.plimsoll.server.http.HttpServer;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.http.Router;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.jobs.Periodics;
import dev.plimsoll.server.monitoring.Health;
import dev.plimsoll.server.monitoring.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The running service: every area is made here, once, and handed what it needs. Closing it lets what has begun come to
/// its end.
final class Service implements AutoCloseable {

    private final HttpServer http;
    private final Periodics periodics;
    private final Health health;
    private final Storage storage;
    private final Optional<String> firstKey;

    private Service(HttpServer http, Periodics periodics, Health health, Storage storage, Optional<String> firstKey) {
        this.http = http;
        this.periodics = periodics;
        this.health = health;
        this.storage = storage;
        this.firstKey = firstKey;
    }

    /// @param storage is closed with the service
    static Service start(Configuration configuration, Storage storage, InstantSource clock) throws IOException {
        var jdbi = storage.database().jdbi();
        var metrics = new Metrics();
        var health = new Health();
        health.add("database", () -> jdbi.useHandle(handle -> handle.execute("select 1")));
        var accounts = new Accounts(jdbi, storage.box(), clock);
        var firstKey = FirstAccount.ensure(jdbi, clock);

        var routes = new ArrayList<Route>();
        routes.addAll(health.routes());
        routes.add(metrics.route());
        routes.add(ApiDocument.read().route());
        routes.add(new Route(
                Method.GET,
                "/api/v1/version",
                Permission.NONE,
                _ -> Reply.json(json -> json.object(() -> json.member("version", Version.text())))));
        routes.addAll(accounts.routes());
        var recurring = new ArrayList<Periodic>();
        recurring.add(accounts.tidying());

        var http = HttpServer.start(
                new HttpServer.Listener(
                        configuration.value(Settings.HOST).text(),
                        configuration.number(Settings.PORT, 0, 65_535),
                        Optional.empty(),
                        configuration.number(Settings.MAX_REQUESTS, 1, 100_000)),
                new Dispatcher(new Router(List.copyOf(routes)), accounts.authenticator(), metrics));
        var periodics = new Periodics();
        recurring.forEach(periodics::start);
        return new Service(http, periodics, health, storage, firstKey);
    }

    int port() {
        return http.port();
    }

    /// The key of the first account's administrator, where this start made it.
    Optional<String> firstKey() {
        return firstKey;
    }

    @Override
    public void close() throws IOException {
        health.close();
        http.close();
        periodics.close();
        storage.close();
    }
}
