package dev.plimsoll.server.advisories;

import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventLog;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.store.Database;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Tells of what a revision changed for images, and has them judged again, a few at a time. What it did already it does
/// again without a trace: events have the same ids for ever, and a verdict that stays is not written. An image that
/// cannot be judged holds up no other; the job is tried again because of it.
public final class RejudgeJob implements JobHandler {

    /// In images.
    private static final int CHUNK = 200;

    private final Database database;
    private final Rejudging rejudging;

    public RejudgeJob(Database database, Rejudging rejudging) {
        this.database = database;
        this.rejudging = rejudging;
    }

    @Override
    public String kind() {
        return RejudgeOrder.KIND;
    }

    @Override
    public void run(Running job) {
        var order = RejudgeOrder.read(job.payload());
        var images = database.jdbi()
                .<List<Long>, RuntimeException>withHandle(handle ->
                        AffectedImages.of(handle, order.revision(), order.held(), order.releases(), order.all()));
        Optional<UncheckedIOException> failed = Optional.empty();
        for (int from = 0; from < images.size(); from += CHUNK) {
            var chunk = images.subList(from, Math.min(images.size(), from + CHUNK));
            var changes = database.jdbi()
                    .<Map<Long, List<ImageChange>>, RuntimeException>withHandle(
                            handle -> ImageChange.of(handle, order, chunk));
            database.jdbi()
                    .useTransaction(
                            handle -> EventLog.add(handle, new VulnerabilityEvents(order).of(handle, chunk, changes)));
            try {
                rejudging.rejudge(order.revision(), causes(order, chunk, changes), order.quiet());
            } catch (UncheckedIOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failed = failed.or(() -> Optional.of(e));
            }
            job.progress("judged " + Math.min(images.size(), from + CHUNK) + " of " + images.size() + " images");
        }
        if (failed.isPresent()) {
            throw failed.get();
        }
        database.jdbi()
                .useTransaction(handle -> handle.createUpdate(
                                "delete from revision_effect where revision_id = :id and held = :held")
                        .bind("id", order.revision())
                        .bind("held", order.held())
                        .execute());
    }

    private static Map<Long, Set<Cause>> causes(
            RejudgeOrder order, List<Long> images, Map<Long, List<ImageChange>> changes) {
        Map<Long, Set<Cause>> causes = new TreeMap<>();
        for (var image : images) {
            var set = EnumSet.noneOf(Cause.class);
            changes.getOrDefault(image, List.of()).forEach(change -> set.addAll(change.causes()));
            if (set.isEmpty()) {
                set.add(order.quiet() ? Cause.ADVISORY_ADDED : Cause.ADVISORY_CHANGED);
            }
            causes.put(image, set);
        }
        return causes;
    }
}
