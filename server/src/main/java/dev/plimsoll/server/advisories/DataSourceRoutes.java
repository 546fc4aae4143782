package dev.plimsoll.server.advisories;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The places that advisory data comes from by itself.
public final class DataSourceRoutes {

    /// In seconds, between two looks into a place.
    private static final int DEFAULT_PAUSE = 3600;

    private static final int LEAST_PAUSE = 60;
    private static final int MOST_PAUSE = 30 * 24 * 3600;

    private final Database database;
    private final RevisionAudit audit;
    private final InstantSource clock;

    public DataSourceRoutes(Database database, RevisionAudit audit, InstantSource clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/data-sources", Permission.READ_DATA, this::list),
                new Route(Method.POST, "/api/v1/data-sources", Permission.WRITE_DATA, this::add),
                new Route(Method.DELETE, "/api/v1/data-sources/{id}", Permission.WRITE_DATA, this::delete));
    }

    private Reply list(Request request) {
        return Reply.json(json -> json.object(() -> {
            json.array(
                    "items",
                    () -> database.jdbi()
                            .<List<DataSource>, RuntimeException>withHandle(DataSource::all)
                            .forEach(source -> write(json, source)));
        }));
    }

    private Reply add(Request request) throws IOException {
        var body = request.json();
        var place = place(body.string("place").orElse(""));
        int pause = pause(body.number("every_seconds"));
        return database.jdbi().<Reply, RuntimeException>inTransaction(handle -> {
            var id = insert(handle, place, pause);
            audit.did(handle, request.principal(), "data_source.add", "data-source/" + id);
            var added = DataSource.all(handle).stream()
                    .filter(source -> source.id() == id)
                    .findFirst()
                    .orElseThrow();
            return Reply.created("/api/v1/data-sources/" + id, json -> write(json, added));
        });
    }

    private long insert(Handle handle, String place, int pause) {
        return handle.createQuery("""
                        insert into data_source (place, every_seconds, next_at) values (:place, :pause, :now)
                        on conflict (place) do nothing returning id""")
                .bind("place", place)
                .bind("pause", pause)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> ProblemException.conflict(
                        place + " is there already; delete it first to change how often it is looked into"));
    }

    private static int pause(Optional<BigDecimal> seconds) {
        var pause = seconds.orElse(BigDecimal.valueOf(DEFAULT_PAUSE));
        if (pause.compareTo(BigDecimal.valueOf(LEAST_PAUSE)) < 0
                || pause.compareTo(BigDecimal.valueOf(MOST_PAUSE)) > 0
                || pause.stripTrailingZeros().scale() > 0) {
            throw ProblemException.invalid(
                    "/every_seconds", "a whole number from " + LEAST_PAUSE + " to " + MOST_PAUSE + " is needed");
        }
        return pause.intValueExact();
    }

    private static String place(String text) {
        try {
            if (text.startsWith("http://") || text.startsWith("https://")) {
                var address = new URI(text);
                if (address.getUserInfo() != null) {
                    throw ProblemException.invalid("/place", "an address with credentials is not kept; leave them out");
                }
                if (address.getHost() != null) {
                    return text;
                }
            } else if (Path.of(text).isAbsolute()) {
                return text;
            }
        } catch (java.net.URISyntaxException | InvalidPathException _) {
            // told below
        }
        throw ProblemException.invalid(
                "/place", "'" + text + "' is neither an address (https://…) nor an absolute path on the server");
    }

    private Reply delete(Request request) {
        long id = request.id("id");
        database.jdbi().useTransaction(handle -> {
            if (handle.createUpdate("delete from data_source where id = :id")
                            .bind("id", id)
                            .execute()
                    == 0) {
                throw ProblemException.notFound(
                        "there is no data source " + id + "; GET /api/v1/data-sources lists them");
            }
            audit.did(handle, request.principal(), "data_source.delete", "data-source/" + id);
        });
        return Reply.noContent();
    }

    private static void write(JsonWriter json, DataSource source) {
        json.object(() -> {
            json.member("id", source.id());
            json.member("place", source.place());
            json.member("every_seconds", source.everySeconds());
            json.member("next_at", source.nextAt().toString());
            json.member("last_at", source.lastAt().map(Instant::toString));
            source.lastRevision().ifPresent(revision -> json.member("last_revision", revision));
            json.member("last_error", source.lastError());
        });
    }
}
