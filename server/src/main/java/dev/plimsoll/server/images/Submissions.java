package dev.plimsoll.server.images;

import dev.plimsoll.image.ImageLimits;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.jobs.JobRow;
import dev.plimsoll.server.jobs.JobState;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.store.Database;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Takes images in: one that is known by its digest is there at once, every other one becomes a job. No registry is
/// asked here.
public final class Submissions {

    private final Database database;
    private final AnalysisNeeds needs;
    private final InstantSource clock;

    public Submissions(Database database, AnalysisNeeds needs, InstantSource clock) {
        this.database = database;
        this.needs = needs;
        this.clock = clock;
    }

    /// What became of a submission.
    public sealed interface Submitted {

        /// The image was analysed as the account's policies need it; there is nothing to do.
        record Known(ImageRow image) implements Submitted {}

        /// A job does it.
        ///
        /// @param jobId of a new one, or of the one that does the same already
        record Waiting(long jobId) implements Submitted {}
    }

    public Submitted submit(long accountId, AnalysisOrder order, NewJob.Lane lane) {
        return database.jdbi().inTransaction(handle -> submit(handle, accountId, order, lane));
    }

    /// The same as part of a transaction.
    public Submitted submit(Handle handle, long accountId, AnalysisOrder order, NewJob.Lane lane) {
        var known = known(handle, accountId, order);
        return known.isPresent()
                ? new Submitted.Known(known.get())
                : new Submitted.Waiting(job(handle, accountId, order, lane));
    }

    /// One job does for all who ask before it begins. One that has begun may have seen where the tag pointed before
    /// whoever asks now moved it: so there is another one after it.
    private long job(Handle handle, long accountId, AnalysisOrder order, NewJob.Lane lane) {
        for (int turn = 0; ; turn++) {
            var id = JobQueue.add(handle, order.job(accountId, lane, turn), clock.instant());
            var state = JobRow.find(handle, accountId, false, id).orElseThrow().state();
            if (state == JobState.QUEUED || order.reference().digest().isPresent()) {
                return id;
            }
        }
    }

    private Optional<ImageRow> known(Handle handle, long accountId, AnalysisOrder order) {
        var digest = order.reference().digest();
        if (digest.isEmpty() || order.force()) {
            return Optional.empty();
        }
        var analysis = ImageAnalysis.settings(needs, accountId).digest().toString();
        var platform = order.platform()
                .orElseGet(() -> OpenOptions.of(Optional.<Platform>empty(), ImageLimits.DEFAULTS)
                        .host());
        return ImageRow.analyzed(handle, accountId, digest.get().toString(), analysis, platform.toString())
                .filter(image -> order.reference().tag().isEmpty()
                        || ImageRow.names(handle, image.id())
                                .contains(order.reference().taggedOrDigested()));
    }
}
