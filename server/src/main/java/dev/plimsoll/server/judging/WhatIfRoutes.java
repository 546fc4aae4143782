package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
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
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// What-ifs of the API: a candidate bundle over all images, before it is activated.
public final class WhatIfRoutes {

    private static final String ALL = "/api/v1/what-ifs";

    private static final String SELECT = """
            select w.id, w.bundle_id, b.bundle_id as bundle_name, b.version as bundle_version, w.state, w.reason,
                w.created_at, w.created_by, w.finished_at
            from what_if w join bundle b on b.id = w.bundle_id where w.account_id = :account""";

    private final Database database;
    private final InstantSource clock;

    public WhatIfRoutes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A row without its result.
    ///
    /// @param bundleId row of the bundle
    /// @param bundleName its id in the document
    private record WhatIfRow(
            long id,
            long bundleId,
            String bundleName,
            int bundleVersion,
            String state,
            Optional<String> reason,
            Instant createdAt,
            String createdBy,
            Optional<Instant> finishedAt) {

        void write(JsonWriter json) {
            json.member("id", id);
            json.object(
                    "bundle",
                    () -> json.member("row", bundleId).member("id", bundleName).member("version", bundleVersion));
            json.member("state", state)
                    .member("reason", reason)
                    .member("created_at", createdAt.toString())
                    .member("created_by", createdBy)
                    .member("finished_at", finishedAt.map(Instant::toString));
        }
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, ALL, Permission.READ_POLICIES, this::list),
                new Route(Method.POST, ALL, Permission.WRITE_POLICIES, this::add),
                new Route(Method.GET, ALL + "/{id}", Permission.READ_POLICIES, this::get));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var before = Page.afterNumber(request).orElse(Long.MAX_VALUE);
        var found = database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + " and w.id < :before order by w.id desc limit :limit")
                        .bind("account", request.accountId())
                        .bind("before", before)
                        .bind("limit", limit + 1)
                        .map(ConstructorMapper.of(WhatIfRow.class))
                        .list());
        return Page.of(found, limit, row -> Long.toString(row.id()))
                .reply((json, row) -> json.object(() -> row.write(json)));
    }

    private Reply add(Request request) throws IOException {
        long bundle = request.json()
                .number("bundle")
                .filter(number -> number.scale() <= 0 && number.precision() <= 18)
                .orElseThrow(() -> ProblemException.invalid("/bundle", "the id of a bundle is missing: a whole number"))
                .longValue();
        var account = request.accountId();
        return database.jdbi().inTransaction(handle -> {
            Bundles.demanded(handle, account, bundle);
            long id = WhatIfs.queue(
                    handle,
                    account,
                    bundle,
                    request.principal().name(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
            var row = demanded(handle, account, id);
            return Reply.json(202, json -> json.object(() -> row.write(json))).with("location", ALL + "/" + id);
        });
    }

    private static WhatIfRow demanded(Handle handle, long account, long id) {
        return handle.createQuery(SELECT + " and w.id = :id")
                .bind("account", account)
                .bind("id", id)
                .map(ConstructorMapper.of(WhatIfRow.class))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no what-if " + id + " in this account; GET /api/v1/what-ifs lists them"));
    }

    private Reply get(Request request) {
        long id = request.id("id");
        var format = request.queried("format").orElse("json");
        if (!format.equals("json") && !format.equals("table")) {
            throw ProblemException.invalid("format", "there is no format '" + format + "'; there are json and table");
        }
        return database.jdbi().withHandle(handle -> {
            var row = demanded(handle, request.accountId(), id);
            var result = handle.createQuery("select result from what_if where account_id = :account and id = :id")
                    .bind("account", request.accountId())
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne()
                    .map(WhatIfRoutes::tree);
            if (format.equals("table")) {
                var table = result.flatMap(tree -> tree.string("table"))
                        .orElseThrow(() -> ProblemException.conflict("the what-if " + id + " is " + row.state()
                                + row.reason().map(reason -> ": " + reason).orElse("; ask again in a moment")));
                return Reply.document("text/plain; charset=utf-8", table.getBytes(StandardCharsets.UTF_8));
            }
            return Reply.json(json -> json.object(() -> {
                row.write(json);
                result.flatMap(tree -> tree.get("simulation"))
                        .ifPresentOrElse(tree -> json.member("simulation", tree), () -> json.nullMember("simulation"));
            }));
        });
    }

    private static JsonObject tree(String text) {
        try {
            return (JsonObject) JsonReader.read(
                    text.getBytes(StandardCharsets.UTF_8), JsonLimits.FOREIGN.withBytes(Long.MAX_VALUE));
        } catch (JsonException e) {
            throw new IllegalStateException("a result that was written by this service", e);
        }
    }
}
