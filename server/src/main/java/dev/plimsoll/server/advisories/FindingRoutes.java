package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.store.Database;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What is found of an image, and which images a vulnerability hits.
public final class FindingRoutes {

    private final Database database;

    public FindingRoutes(Database database) {
        this.database = database;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/images/{digest}/findings", Permission.READ_IMAGES, this::findings),
                new Route(Method.GET, "/api/v1/vulnerabilities/{id}/images", Permission.READ_IMAGES, this::affected));
    }

    private Reply findings(Request request) {
        var query = new FindingQuery(
                request.queried("severity").map(FindingRoutes::severity),
                choice(request, "fixable"),
                choice(request, "known_exploited"),
                request.flag("suppressed"),
                request.instant("at"));
        int limit = Page.limit(request);
        var after = Page.after(request);
        if (after.isPresent() && !after.get().matches("(?s)[^\\n]+\\n[0-9]{1,9}")) {
            throw ProblemException.invalid("cursor", "this is no cursor of this list; begin without one");
        }
        return database.jdbi().<Reply, RuntimeException>withHandle(handle -> {
            var image = ImageRow.demanded(handle, request.accountId(), request.path("digest"));
            return Page.of(
                            query.page(handle, request.accountId(), image.id(), after, limit + 1),
                            limit,
                            FindingQuery.Row::key)
                    .reply(FindingRoutes::write);
        });
    }

    private static Severity severity(String word) {
        return Severity.of(word)
                .orElseThrow(() -> ProblemException.invalid(
                        "severity",
                        "'" + word + "' is no severity: unknown, negligible, low, medium, high or critical"));
    }

    private static Optional<Boolean> choice(Request request, String name) {
        return request.queried(name).map(_ -> request.flag(name));
    }

    private static void write(JsonWriter json, FindingQuery.Row row) {
        json.object(() -> {
            json.member("id", row.vulnerability());
            json.strings("ids", row.ids());
            json.member("severity", row.severity());
            json.member("package", row.name());
            json.member("version", row.version());
            json.member("purl", row.purl());
            json.member("fix_state", row.fixState());
            json.strings("fixed_in", row.fixedIn());
            json.member("known_exploited", row.exploitedSince().isPresent());
            json.member("known_exploited_since", row.exploitedSince().map(LocalDate::toString));
            json.member("known_exploited_due", row.due().map(LocalDate::toString));
            json.member("first_seen", row.firstSeen().toString());
            json.member("suppressed", row.suppressed());
        });
    }

    private Reply affected(Request request) {
        int limit = Page.limit(request);
        var after = Page.afterNumber(request).orElse(0L);
        return database.jdbi()
                .<Reply, RuntimeException>withHandle(handle -> Page.of(
                                AffectedQuery.page(handle, request.accountId(), request.path("id"), after, limit + 1),
                                limit,
                                image -> Long.toString(image.id()))
                        .reply(FindingRoutes::write));
    }

    private static void write(JsonWriter json, AffectedQuery.Image image) {
        json.object(() -> {
            json.member("digest", image.digest());
            json.strings("names", image.names());
            json.array(
                    "packages",
                    () -> image.packages()
                            .forEach(hit -> json.object(() -> {
                                json.member("package", hit.name());
                                json.member("version", hit.version());
                                json.member("purl", hit.purl());
                                json.member("severity", hit.severity());
                                json.member("fix_state", hit.fixState());
                                json.strings("fixed_in", hit.fixedIn());
                            })));
        });
    }
}
