package dev.plimsoll.server.images;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.scan.ScanLimits;
import dev.plimsoll.inventory.scan.ScanOptions;
import dev.plimsoll.inventory.serial.InventoryWriter;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventLog;
import dev.plimsoll.server.images.StoredAnalysis.Found;
import dev.plimsoll.server.images.StoredAnalysis.Named;
import dev.plimsoll.server.images.StoredAnalysis.Written;
import dev.plimsoll.server.jobs.JobFailure;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.jobs.JobPostponed;
import dev.plimsoll.server.jobs.JobState;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/// The job `analyze`: finds out which image a reference stands for, reads it where it is not known, stores what is in
/// it, has it judged. Whatever it is interrupted by, the next attempt goes on from what is stored.
public final class ImageAnalysis implements JobHandler {

    /// How long a job waits for another one that reads the same image, before it looks again.
    private static final Duration TURN = Duration.ofSeconds(2);

    private final Database database;
    private final ObjectStore objects;
    private final ImageRegistry registry;
    private final ImageScan scan;
    private final AnalysisNeeds needs;
    private final StoredAnalysis store;
    private final Judging judging;
    private final AnalysisLimits limits;
    private final InstantSource clock;

    public ImageAnalysis(
            Database database,
            ObjectStore objects,
            ImageRegistry registry,
            ImageScan scan,
            AnalysisNeeds needs,
            AnalyzedImages analyzedImages,
            Judging judging,
            AnalysisLimits limits,
            InstantSource clock) {
        this.database = database;
        this.objects = objects;
        this.registry = registry;
        this.scan = scan;
        this.needs = needs;
        this.store = new StoredAnalysis(analyzedImages);
        this.judging = judging;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return AnalysisOrder.KIND;
    }

    @Override
    public void run(Running job) throws IOException {
        var order = AnalysisOrder.of(job.payload());
        var accountId = job.accountId().orElseThrow();
        try {
            var written = written(job, accountId, order);
            job.progress("judging");
            for (var image : written.touched()) {
                judging.judge(accountId, image, EnumSet.of(Cause.IMAGE_CHANGED));
            }
        } catch (ImageException e) {
            if (RegistryFailures.isLasting(e)) {
                throw new JobFailure(RegistryFailures.words(e), e);
            }
            throw new IOException(RegistryFailures.words(e), e);
        }
    }

    private Written written(Running job, long accountId, AnalysisOrder order) throws IOException {
        job.progress("asking " + order.reference().registry());
        var seen = clock.instant();
        var settings = settings(needs, accountId);
        var analysis = settings.digest().toString();
        try (var image = registry.open(accountId, order.reference(), order.platform(), job::progress)) {
            var identity = ImageIdentity.of(image);
            job.result(new JsonObject(Map.of("digest", new JsonString(identity.digest()))));
            var named = new Named(tag(accountId, order, identity), seen);
            var known = order.force()
                    ? Optional.<ImageRow>empty()
                    : database.jdbi()
                            .withHandle(handle -> ImageRow.analyzed(handle, accountId, identity.digest(), analysis));
            var written = new AtomicReference<Written>();
            if (known.isPresent()) {
                job.transact(handle -> written.set(
                        store.name(handle, accountId, known.get(), identity, named, source(job), clock.instant())));
            } else {
                job.transact(handle -> begin(handle, job, accountId, identity, order.force()));
                var inventory = inventory(job, accountId, image, settings);
                job.progress("storing " + inventory.packages().size() + " packages");
                var object = objects.put(out -> InventoryWriter.write(inventory, out));
                var found = new Found(identity, inventory, object, Optional.of(analysis), true);
                store.prepare(inventory);
                job.transact(handle ->
                        written.set(store.store(handle, accountId, found, named, source(job), clock.instant())));
            }
            return written.get();
        }
    }

    /// Two tags of one image that come together are two jobs: the second waits, and then knows the image.
    private void begin(Handle handle, Running job, long accountId, ImageIdentity identity, boolean force) {
        ImageWriter.begin(
                handle, accountId, identity, clock.instant()); // holds the row, so that one looks after the other
        if (!force && ImageWriter.isReadByAnother(handle, accountId, identity.digest(), job.id())) {
            throw new JobPostponed("another job reads the same image", TURN);
        }
    }

    /// What is collected of an account's images.
    static AnalysisSettings settings(AnalysisNeeds needs, long accountId) {
        return AnalysisSettings.defaults().including(needs.of(accountId));
    }

    /// A tag that stands beside a digest is believed where the registry says the same.
    private Optional<ImageTag> tag(long accountId, AnalysisOrder order, ImageIdentity identity) {
        var tag = ImageTag.of(order.reference());
        if (tag.isEmpty() || order.reference().digest().isEmpty()) {
            return tag;
        }
        return tag.filter(named -> resolves(accountId, named, identity));
    }

    private boolean resolves(long accountId, ImageTag tag, ImageIdentity identity) {
        try {
            var root = registry.resolve(accountId, tag.reference());
            return root.equals(identity.root()) || root.equals(identity.digest());
        } catch (IOException _) {
            return false; // the image is there all the same
        }
    }

    private Inventory inventory(Running job, long accountId, Image image, AnalysisSettings settings)
            throws IOException {
        long size = 0;
        for (var layer : image.layers()) {
            size += Math.max(0, layer.size());
        }
        if (size > limits.imageBytes()) {
            throw new JobFailure("the layers of the image have " + size
                    + " bytes together; this service reads images of " + limits.imageBytes() + " at most");
        }
        var reading = new ReadOptions(
                limits.parallelism(), false, limits.timeout(), limits.image(), new ReadingProgress(job, size));
        return scan.scan(
                accountId, image, new ScanOptions(settings, Optional.empty(), List.of(), reading, ScanLimits.DEFAULTS));
    }

    private static String source(Running job) {
        return "job " + job.id();
    }

    @Override
    public void ended(Handle handle, Ended job) {
        var accountId = job.accountId().orElseThrow();
        var digest = job.result().flatMap(result -> result.string("digest"));
        var image = digest.flatMap(known -> ImageWriter.failed(handle, accountId, known, job.reason()));
        if (job.state() == JobState.POISON) {
            EventLog.add(
                    handle,
                    List.of(ImageEvents.failed(
                            accountId,
                            "job " + job.id() + " failed " + clock.instant(),
                            image,
                            digest,
                            job.payload().string("reference").orElse(""),
                            job.reason(),
                            clock.instant())));
        }
    }
}
