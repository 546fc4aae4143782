package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.registry.Reference;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.images.Submissions.Submitted;
import dev.plimsoll.server.jobs.JobJson;
import dev.plimsoll.server.jobs.JobRow;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Images: submitted, listed, shown, forgotten.
public final class ImageRoutes {

    private static final Set<String> STATES = Set.of("queued", "analyzing", "analyzed", "failed");

    private static final Set<String> MEMBERS = Set.of("reference", "platform", "watch_seconds", "force");

    private final Database database;
    private final Submissions submissions;
    private final Watches watches;
    private final ImageRegistry registry;
    private final Runnable wake;

    /// @param wake tells the workers of this process that there is a job
    public ImageRoutes(
            Database database, Submissions submissions, Watches watches, ImageRegistry registry, Runnable wake) {
        this.database = database;
        this.submissions = submissions;
        this.watches = watches;
        this.registry = registry;
        this.wake = wake;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.POST, "/api/v1/images", Permission.WRITE_IMAGES, this::submit),
                new Route(Method.GET, "/api/v1/images", Permission.READ_IMAGES, this::list),
                new Route(Method.GET, "/api/v1/images/{digest}", Permission.READ_IMAGES, this::get),
                new Route(Method.DELETE, "/api/v1/images/{digest}", Permission.WRITE_IMAGES, this::delete));
    }

    private Reply submit(Request request) throws IOException {
        var body = request.json();
        for (var member : body.members().keySet()) {
            if (!MEMBERS.contains(member)) {
                throw ProblemException.invalid("/" + member, "there is no such member");
            }
        }
        var reference = reference("/reference", body.string("reference").orElse(""), registry);
        var platform = text(body, "platform")
                .map(text -> Platform.parse(text)
                        .orElseThrow(() -> ProblemException.invalid(
                                "/platform", "'" + text + "' is no platform: write linux/arm64")));
        var order = new AnalysisOrder(reference, platform, force(body));
        var every = Watches.seconds(body, "watch_seconds", false);
        var tag = ImageTag.of(reference);
        if (every.isPresent() && (tag.isEmpty() || reference.digest().isPresent())) {
            throw ProblemException.invalid(
                    "/watch_seconds", "only a tag can be watched, and the reference has a digest");
        }
        var reply = database.jdbi().inTransaction(handle -> {
            every.ifPresent(seconds -> watches.put(handle, request.accountId(), tag.orElseThrow(), seconds));
            return switch (submissions.submit(handle, request.accountId(), order, NewJob.Lane.INTERACTIVE)) {
                case Submitted.Known(var image) -> {
                    var names = ImageRow.names(handle, image.id());
                    yield Reply.json(
                            200,
                            json -> json.object(
                                    () -> json.object("image", () -> ImageJson.members(json, image, names))));
                }
                case Submitted.Waiting(var jobId) -> {
                    var job = JobRow.find(handle, request.accountId(), false, jobId)
                            .orElseThrow();
                    yield Reply.json(
                                    202,
                                    json -> json.object(() -> json.object("job", () -> JobJson.members(json, job))))
                            .with("location", "/api/v1/jobs/" + jobId);
                }
            };
        });
        wake.run();
        return reply;
    }

    private static boolean force(JsonObject body) {
        return body.get("force")
                .map(value -> {
                    if (value instanceof JsonBoolean(var wanted)) {
                        return wanted;
                    }
                    throw ProblemException.invalid("/force", "it is neither true nor false");
                })
                .orElse(false);
    }

    private static Optional<String> text(JsonObject body, String member) {
        if (body.get(member).isPresent() && body.string(member).isEmpty()) {
            throw ProblemException.invalid("/" + member, "it is no text");
        }
        return body.string(member);
    }

    /// Reads a reference of a request.
    static Reference reference(String place, String text, ImageRegistry registry) {
        try {
            var reference = Reference.parse(text);
            if (!registry.allows(reference)) {
                throw ProblemException.invalid(place, ImageRegistry.refusal(reference));
            }
            return reference;
        } catch (ImageException e) {
            throw ProblemException.invalid(place, String.valueOf(e.getMessage()));
        }
    }

    private Reply list(Request request) {
        var limit = Page.limit(request);
        var state = request.queried("state");
        if (state.isPresent() && !STATES.contains(state.get())) {
            throw ProblemException.invalid(
                    "state", "'" + state.get() + "' is none of queued, analyzing, analyzed, failed");
        }
        var repository = request.queried("repository").map(ImageRoutes::repository);
        var filter = new ImageRow.Filter(
                repository.map(Reference::registry),
                repository.map(Reference::repository),
                request.queried("tag"),
                state);
        var before = Page.afterNumber(request);
        return database.jdbi().withHandle(handle -> {
            var found = ImageRow.list(handle, request.accountId(), filter, before, limit + 1);
            var names = ImageRow.names(handle, request.accountId(), found);
            return Page.of(found, limit, image -> Long.toString(image.id()))
                    .reply((json, image) -> json.object(
                            () -> ImageJson.members(json, image, names.getOrDefault(image.id(), List.of()))));
        });
    }

    /// Reads a repository of a request's query.
    static Reference repository(String text) {
        try {
            return Reference.parse(text);
        } catch (ImageException e) {
            throw ProblemException.invalid("repository", String.valueOf(e.getMessage()));
        }
    }

    private Reply get(Request request) {
        return database.jdbi().withHandle(handle -> {
            var image = ImageRow.demanded(handle, request.accountId(), request.path("digest"));
            var names = ImageRow.names(handle, image.id());
            var layers = handle.createQuery("""
                            select layer.digest from image_layer join layer on layer.id = image_layer.layer_id
                            where image_layer.image_id = :image order by image_layer.position""")
                    .bind("image", image.id())
                    .mapTo(String.class)
                    .list();
            return Reply.json(json -> json.object(() -> {
                ImageJson.members(json, image, names);
                json.strings("layers", layers);
            }));
        });
    }

    private Reply delete(Request request) {
        database.jdbi().useTransaction(handle -> {
            var image = ImageRow.demanded(handle, request.accountId(), request.path("digest"));
            handle.createUpdate("delete from image where id = :image and account_id = :account")
                    .bind("image", image.id())
                    .bind("account", request.accountId())
                    .execute();
        });
        return Reply.noContent();
    }
}
