package dev.plimsoll.server.images;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.serial.InventoryReader;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.report.Presentation;
import dev.plimsoll.report.ReportFormat;
import dev.plimsoll.report.Result;
import dev.plimsoll.report.sbom.SbomFormats;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.images.StoredAnalysis.Found;
import dev.plimsoll.server.images.StoredAnalysis.Named;
import dev.plimsoll.server.jobs.JobJson;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.jobs.JobRow;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What is in an image: brought by a pipeline that looked itself, and taken out again.
public final class InventoryRoutes {

    /// In bytes, as it is sent.
    private static final long MAX_BODY = 64L << 20;

    private static final String DEFAULT_FORMAT = "cyclonedx-json";

    private final Database database;
    private final ObjectStore objects;
    private final StoredAnalysis store;
    private final ImageRegistry registry;
    private final PushedInventory reader;
    private final InstantSource clock;
    private final String version;
    private final Runnable wake;

    /// @param temporary a folder for bodies while they are read
    /// @param version of Plimsoll, as bills of materials name it
    /// @param wake tells the workers of this process that there is a job
    public InventoryRoutes(
            Database database,
            ObjectStore objects,
            AnalyzedImages analyzedImages,
            ImageRegistry registry,
            Path temporary,
            InstantSource clock,
            String version,
            Runnable wake) {
        this.database = database;
        this.objects = objects;
        this.store = new StoredAnalysis(analyzedImages);
        this.registry = registry;
        this.reader = new PushedInventory(temporary, PushedInventory.MAX_BYTES);
        this.clock = clock;
        this.version = version;
        this.wake = wake;
    }

    public List<Route> routes() {
        return List.of(
                new Route(Method.POST, "/api/v1/images/inventory", Permission.WRITE_IMAGES, MAX_BODY, this::push),
                new Route(Method.GET, "/api/v1/images/{digest}/inventory", Permission.READ_IMAGES, this::inventory),
                new Route(Method.GET, "/api/v1/images/{digest}/sbom", Permission.READ_IMAGES, this::sbom));
    }

    private Reply push(Request request) throws IOException {
        var tag = request.queried("name").map(text -> {
            var reference = ImageRoutes.reference("name", text, registry);
            return ImageTag.of(reference)
                    .filter(_ -> reference.digest().isEmpty())
                    .orElseThrow(() -> ProblemException.invalid(
                            "name", "it must be registry/repository:tag; the digest is the inventory's"));
        });
        var inventory = reader.read(request.body());
        var object = objects.put(out -> InventoryWriter.write(inventory, out));
        var accountId = request.accountId();
        var found = new Found(
                ImageIdentity.of(inventory, object),
                inventory,
                object,
                inventory.analysis().map(Digest::toString),
                false);
        store.prepare(inventory);
        var now = clock.instant();
        var named = new Named(tag, now);
        var source = "inventory " + accountId + " " + object + " " + named.text() + " " + now;
        var reply = database.jdbi().inTransaction(handle -> {
            var known = ImageRow.byDigest(handle, accountId, found.identity().digest())
                    .filter(image -> image.state().equals("analyzed")
                            && image.inventoryObject().equals(Optional.of(object)));
            var written = known.isPresent()
                    ? store.name(handle, accountId, known.get(), found.identity(), named, source, now)
                    : store.store(handle, accountId, found, named, source, now);
            long jobId = 0;
            for (var image : written.touched()) {
                var id = JobQueue.add(handle, JudgeImage.job(accountId, image), now);
                jobId = image == written.image().id() ? id : jobId;
            }
            var job = JobRow.find(handle, accountId, false, jobId).orElseThrow();
            var names = ImageRow.names(handle, written.image().id());
            return Reply.json(
                            202,
                            json -> json.object(() -> {
                                json.object("image", () -> ImageJson.members(json, written.image(), names));
                                json.object("job", () -> JobJson.members(json, job));
                            }))
                    .with("location", "/api/v1/images/" + written.image().digest());
        });
        wake.run();
        return reply;
    }

    private Reply inventory(Request request) throws IOException {
        var object = object(demanded(request));
        var in = objects.read(object)
                .orElseThrow(() -> ProblemException.unavailable(
                        "the inventory is not in the object store; `plimsoll server doctor` tells more"));
        return new Reply.Streamed(200, Map.of(), "application/json", out -> {
            try (in) {
                in.transferTo(out);
            }
        });
    }

    private Reply sbom(Request request) throws IOException {
        var name = request.queried("format").orElse(DEFAULT_FORMAT);
        var format = SbomFormats.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "format",
                        "there is no '" + name + "'; there are "
                                + SbomFormats.all().stream()
                                        .map(ReportFormat::name)
                                        .collect(Collectors.joining(", "))));
        var image = demanded(request);
        var inventory = read(objects, image);
        var names = database.jdbi().withHandle(handle -> ImageRow.names(handle, image.id()));
        var result = new Result(
                version,
                names.isEmpty() ? image.digest() : names.getFirst(),
                image.analyzedAt().orElse(image.addedAt()),
                inventory,
                Optional.empty(),
                Optional.empty());
        return new Reply.Streamed(200, Map.of(), mediaType(name), out -> format.write(result, Presentation.PLAIN, out));
    }

    /// What is in an image that was analysed.
    ///
    /// @throws IOException where the object store does not have it
    public static Inventory read(ObjectStore objects, ImageRow image) throws IOException {
        return InventoryReader.read(objects.file(object(image)));
    }

    private static String mediaType(String format) {
        var family = format.split("@", 2)[0];
        return switch (family) {
            case "cyclonedx-json" -> "application/vnd.cyclonedx+json";
            case "cyclonedx-xml" -> "application/vnd.cyclonedx+xml";
            case "spdx-json" -> "application/spdx+json";
            case "spdx-tag-value" -> "text/spdx";
            case "syft-json" -> "application/json";
            default -> "text/plain; charset=utf-8";
        };
    }

    private ImageRow demanded(Request request) {
        return database.jdbi()
                .withHandle(handle -> ImageRow.demanded(handle, request.accountId(), request.path("digest")));
    }

    private static String object(ImageRow image) {
        return image.inventoryObject()
                .orElseThrow(() -> ProblemException.conflict("the image " + image.digest()
                        + " is not analysed yet: it is " + image.state()
                        + image.reason().map(reason -> ": " + reason).orElse("")));
    }
}
