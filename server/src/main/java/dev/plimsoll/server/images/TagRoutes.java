package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.registry.Reference;
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
import java.time.Instant;
import java.util.List;

/// Tags as they are and were, and those that are watched.
public final class TagRoutes {

    private final Database database;
    private final Watches watches;
    private final ImageRegistry registry;

    public TagRoutes(Database database, Watches watches, ImageRegistry registry) {
        this.database = database;
        this.watches = watches;
        this.registry = registry;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/tags", Permission.READ_IMAGES, this::tags),
                new Route(Method.GET, "/api/v1/watches", Permission.READ_IMAGES, this::list),
                new Route(Method.POST, "/api/v1/watches", Permission.WRITE_IMAGES, this::watch),
                new Route(Method.DELETE, "/api/v1/watches/{id}", Permission.WRITE_IMAGES, this::delete));
    }

    private Reply tags(Request request) {
        var limit = Page.limit(request);
        var repository = request.queried("repository").map(ImageRoutes::repository);
        var at = request.instant("at");
        var after = Page.after(request).map(TagRoutes::cursor);
        var found = database.jdbi()
                .withHandle(handle -> Tags.list(handle, request.accountId(), repository, at, after, limit + 1));
        return Page.of(found, limit, row -> row.tag().toString())
                .reply((json, row) -> json.object(() -> {
                    name(json, row.tag());
                    json.member("digest", row.digest())
                            .member("from", row.from().toString())
                            .member("to", row.to().map(Instant::toString));
                }));
    }

    private static ImageTag cursor(String key) {
        try {
            return ImageTag.of(Reference.parse(key)).orElseThrow(TagRoutes::noCursor);
        } catch (ImageException _) {
            throw noCursor();
        }
    }

    private static ProblemException noCursor() {
        return ProblemException.invalid("cursor", "this is no cursor of this list; begin without one");
    }

    private static void name(JsonWriter json, ImageTag tag) {
        json.member("name", tag.toString())
                .member("registry", tag.registry())
                .member("repository", tag.repository())
                .member("tag", tag.tag());
    }

    private Reply list(Request request) {
        var limit = Page.limit(request);
        var after = Page.afterNumber(request);
        var found = database.jdbi().withHandle(handle -> Watches.list(handle, request.accountId(), after, limit + 1));
        return Page.of(found, limit, row -> Long.toString(row.id()))
                .reply((json, row) -> json.object(() -> members(json, row)));
    }

    private Reply watch(Request request) throws IOException {
        var body = request.json();
        for (var member : body.members().keySet()) {
            if (!member.equals("reference") && !member.equals("every_seconds")) {
                throw ProblemException.invalid("/" + member, "there is no such member");
            }
        }
        var reference =
                ImageRoutes.reference("/reference", body.string("reference").orElse(""), registry);
        var tag = ImageTag.of(reference)
                .filter(_ -> reference.digest().isEmpty())
                .orElseThrow(() -> ProblemException.invalid(
                        "/reference", "only a tag can be watched: a digest is the same image for ever"));
        var every = Watches.seconds(body, "every_seconds", true).orElseThrow();
        var row = database.jdbi().inTransaction(handle -> watches.put(handle, request.accountId(), tag, every));
        return Reply.created("/api/v1/watches/" + row.id(), json -> json.object(() -> members(json, row)));
    }

    private static void members(JsonWriter json, Watches.Row row) {
        json.member("id", row.id());
        name(json, row.tag());
        json.member("every_seconds", row.everySeconds())
                .member("next_at", row.nextAt().toString())
                .member("last_digest", row.lastDigest())
                .member("last_error", row.lastError())
                .member("failures", row.failures());
    }

    private Reply delete(Request request) {
        var id = request.id("id");
        var found = database.jdbi().inTransaction(handle -> Watches.delete(handle, request.accountId(), id));
        if (!found) {
            throw ProblemException.notFound("there is no watch " + id + " in this account");
        }
        return Reply.noContent();
    }
}
