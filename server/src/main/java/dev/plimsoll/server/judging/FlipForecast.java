package dev.plimsoll.server.judging;

import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what a revision of the advisory data would do to verdicts before it is active. Writes nothing. Safe for several
/// threads.
public final class FlipForecast {

    private static final Logger LOG = LoggerFactory.getLogger(FlipForecast.class);

    private final Database database;
    private final Judge judge;
    private final Sweep sweep;

    public FlipForecast(Database database, Judge judge, Sweep sweep) {
        this.database = database;
        this.judge = judge;
        this.sweep = sweep;
    }

    /// What would happen.
    ///
    /// @param judged images that could be judged
    /// @param worse images that pass now under one of their names, and would not
    /// @param better images that do not pass now under one of their names, and would
    public record Forecast(int judged, int worse, int better) {

        public int flips() {
            return worse + better;
        }

        private Forecast and(Forecast other) {
            return new Forecast(judged + other.judged, worse + other.worse, better + other.better);
        }
    }

    /// Judges images by what judges them now and other advisory data.
    ///
    /// @param images rows of images of any accounts; one that cannot be read is left out: new data must not
    ///     wait for it
    /// @throws IOException where it was interrupted, or the data cannot be read
    public Forecast of(AdvisoryData.Revision candidate, Collection<Long> images) throws IOException {
        var futures = new ArrayList<Future<Forecast>>();
        images.forEach(image -> futures.add(sweep.workers().submit(() -> readable(candidate, image))));
        var sum = new Forecast(0, 0, 0);
        try {
            for (var future : futures) {
                sum = sum.and(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while verdicts were forecast", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException told ? told : new IOException(e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
        return sum;
    }

    private Forecast readable(AdvisoryData.Revision candidate, long id) {
        try {
            return of(candidate, id);
        } catch (IOException e) {
            LOG.warn("image {} is left out of a forecast: {}", id, e.getMessage());
            return new Forecast(0, 0, 0);
        }
    }

    private Forecast of(AdvisoryData.Revision candidate, long id) throws IOException {
        record Now(ImageRow image, Policy policy, Map<String, String> decisions) {}
        var now = database.jdbi()
                .withHandle(handle -> ImageRow.byId(handle, id)
                        .filter(image -> image.inventoryObject().isPresent())
                        .map(image -> {
                            var decisions = new HashMap<String, String>();
                            handle.createQuery("""
                                    select name, decision from verdict
                                    where account_id = :account and image_id = :image and valid_to is null""")
                                    .bind("account", image.accountId())
                                    .bind("image", id)
                                    .map((row, _) -> Map.entry(row.getString("name"), row.getString("decision")))
                                    .forEach(entry -> decisions.put(entry.getKey(), entry.getValue()));
                            return new Now(image, judge.policies().current(handle, image.accountId()), decisions);
                        }));
        if (now.isEmpty() || now.get().decisions().isEmpty()) {
            return new Forecast(0, 0, 0);
        }
        var image = now.get().image();
        var inventory = judge.leanInventories()
                .read(image.inventoryObject().orElseThrow(), now.get().policy().bundle());
        var matches = candidate.match(inventory);
        var at = judge.now();
        var former = database.jdbi().withHandle(handle -> judge.firstSeen().of(handle, image, at));
        Set<Boolean> changes = new HashSet<>();
        for (var entry : now.get().decisions().entrySet()) {
            var verdict =
                    judge.evaluate(now.get().policy(), Judge.evidence(inventory, matches, entry.getKey(), at, former));
            boolean passes = entry.getValue().equals(Decision.PASS.name());
            boolean would = verdict.decision() == Decision.PASS;
            if (passes != would) {
                changes.add(would);
            }
        }
        return new Forecast(1, changes.contains(false) ? 1 : 0, changes.contains(true) ? 1 : 0);
    }
}
