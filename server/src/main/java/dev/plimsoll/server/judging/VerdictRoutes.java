package dev.plimsoll.server.judging;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Stored verdicts of the API: the one that holds, the one that held then, all of them. None is evaluated here.
public final class VerdictRoutes {

    private final Database database;

    public VerdictRoutes(Database database) {
        this.database = database;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/images/{digest}/verdict", Permission.READ_IMAGES, this::verdict),
                new Route(Method.GET, "/api/v1/images/{digest}/verdicts", Permission.READ_IMAGES, this::history));
    }

    private Reply verdict(Request request) {
        var account = request.accountId();
        var digest = request.path("digest");
        var name = request.queried("name");
        var at = request.instant("at");
        return database.jdbi().withHandle(handle -> {
            var found = at.isPresent()
                    ? VerdictRow.at(handle, account, digest, name, at.get())
                    : VerdictRow.current(handle, account, digest, name);
            if (found.isEmpty()) {
                throw missing(handle, account, digest, name, at);
            }
            var row = found.get();
            return Reply.json(json -> json.object(() -> {
                row.write(json);
                at.ifPresent(instant -> json.object(
                        "by_which_data",
                        () -> DataOfThen.at(handle, account, instant).write(json)));
            }));
        });
    }

    private static ProblemException missing(
            Handle handle, long account, String digest, Optional<String> name, Optional<Instant> at) {
        var image = ImageRow.demanded(handle, account, digest);
        if (at.isPresent()) {
            return ProblemException.notFound("there was no verdict on " + digest
                    + name.map(own -> " as " + own).orElse("") + " at " + at.get() + "; GET /api/v1/images/" + digest
                    + "/verdicts tells since when there is one");
        }
        if (!image.state().equals("analyzed")) {
            return Analyses.notYet(handle, image);
        }
        return name.isPresent()
                ? ProblemException.notFound("the image " + digest + " has no name " + name.get()
                        + " now; ask without a name, or GET /api/v1/images/" + digest)
                : ProblemException.conflict(
                        "the image " + digest + " is analysed and not judged yet; ask again in a moment");
    }

    private Reply history(Request request) {
        int limit = Page.limit(request);
        var before = Page.afterNumber(request);
        var name = request.queried("name");
        return database.jdbi().withHandle(handle -> {
            var image = ImageRow.demanded(handle, request.accountId(), request.path("digest"));
            return Page.of(
                            VerdictRow.history(handle, request.accountId(), image.id(), name, before, limit + 1),
                            limit,
                            row -> Long.toString(row.id()))
                    .reply((json, row) -> json.object(() -> row.write(json)));
        });
    }
}
