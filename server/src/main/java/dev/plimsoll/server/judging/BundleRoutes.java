package dev.plimsoll.server.judging;

import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// Bundles of the API.
public final class BundleRoutes {

    private static final String BUNDLES = "/api/v1/bundles";
    private static final String BUNDLE = BUNDLES + "/{id}";

    private final Database database;
    private final InstantSource clock;

    public BundleRoutes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, BUNDLES, Permission.READ_POLICIES, this::list),
                new Route(Method.POST, BUNDLES, Permission.WRITE_POLICIES, BundleReader.MAX_LENGTH, this::add),
                new Route(Method.GET, BUNDLE, Permission.READ_POLICIES, this::get),
                new Route(Method.DELETE, BUNDLE, Permission.WRITE_POLICIES, this::delete),
                new Route(Method.POST, BUNDLE + "/activate", Permission.ACTIVATE_POLICIES, this::activate));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var before = Page.afterNumber(request);
        var found = database.jdbi().withHandle(handle -> Bundles.list(handle, request.accountId(), before, limit + 1));
        return Page.of(found, limit, row -> Long.toString(row.id()))
                .reply((json, row) -> json.object(() -> row.write(json)));
    }

    private Reply add(Request request) throws IOException {
        var document = new String(request.bytes(), StandardCharsets.UTF_8);
        // what has no zeros and no halves of characters is stored as it came
        var reading = BundleReader.read("the document", document.getBytes(StandardCharsets.UTF_8));
        if (reading.bundle().isEmpty()) {
            return Refused.reply(
                    "bundle-refused",
                    "the bundle " + Refused.count(reading.errors().size()) + "; `problems` tells each with its place",
                    reading.problems());
        }
        var added = database.jdbi()
                .inTransaction(handle -> Bundles.add(
                        handle,
                        request.accountId(),
                        reading.bundle().get(),
                        document,
                        request.principal().name(),
                        now()));
        return Reply.json(
                        added.added() ? 201 : 200,
                        json -> json.object(() -> {
                            added.row().write(json);
                            Refused.problems(json, "warnings", reading.warnings());
                        }))
                .with("location", BUNDLES + "/" + added.row().id());
    }

    private Reply get(Request request) {
        long id = request.id("id");
        return database.jdbi().withHandle(handle -> {
            var row = Bundles.demanded(handle, request.accountId(), id);
            var document = Bundles.document(handle, request.accountId(), id).orElseThrow();
            return Reply.json(json -> json.object(() -> {
                        row.write(json);
                        json.member("document", document);
                    }))
                    .tagged(row.digest() + (row.active() ? "-active" : ""));
        });
    }

    private Reply delete(Request request) {
        long id = request.id("id");
        database.jdbi().useTransaction(handle -> Bundles.delete(handle, request.accountId(), id));
        return Reply.noContent();
    }

    private Reply activate(Request request) {
        long id = request.id("id");
        var account = request.accountId();
        return database.jdbi().inTransaction(handle -> {
            var now = now();
            var change =
                    Bundles.activate(handle, account, id, request.principal().name(), now);
            var job = change.map(made -> AccountSweep.queue(handle, account, made.key(), Set.of(made.cause()), now));
            var row = Bundles.demanded(handle, account, id);
            return Reply.json(json -> json.object(() -> {
                json.object("bundle", () -> row.write(json));
                job.ifPresentOrElse(number -> json.member("job", number), () -> json.nullMember("job"));
            }));
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
