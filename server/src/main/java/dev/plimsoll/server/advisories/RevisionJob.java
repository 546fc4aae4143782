package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.advisory.database.DatabaseDifference;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Brings a revision from its import to its activation, or holds it. Everything is computed from the files first and
/// written down where nobody reads it; then one transaction makes it count. Killed anywhere, it begins again and comes
/// to the same end.
public final class RevisionJob implements JobHandler {

    static final String KIND = "revision";

    /// How often it computes anew because another revision was activated meanwhile.
    private static final int ROUNDS = 3;

    /// In images, that a forecast judges.
    private static final int FORECAST = 500;

    private final Database database;
    private final ObjectStore objects;
    private final ActiveData data;
    private final FlipForecast forecast;
    private final RevisionSettings settings;
    private final Activation activation;

    public RevisionJob(
            Database database,
            ObjectStore objects,
            ActiveData data,
            FlipForecast forecast,
            RevisionSettings settings,
            InstantSource clock) {
        this.database = database;
        this.objects = objects;
        this.data = data;
        this.forecast = forecast;
        this.settings = settings;
        this.activation = new Activation(database, clock);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Running job) throws IOException {
        long id = job.payload().number("revision").orElseThrow().longValueExact();
        for (int round = 0; round < ROUNDS; round++) {
            var revision = database.jdbi()
                    .<Optional<Revision>, RuntimeException>withHandle(handle -> Revisions.byId(handle, id));
            if (revision.isEmpty() || revision.get().state() != Revision.State.CHECKING) {
                return;
            }
            try {
                if (isDone(revision.get(), job)) {
                    return;
                }
            } catch (AdvisoryException e) {
                refuse(revision.get(), "the data cannot be read: " + e.getMessage());
                return;
            }
        }
        throw new IOException("revision " + id + " was overtaken " + ROUNDS + " times by others");
    }

    private void refuse(Revision revision, String reason) {
        database.jdbi()
                .useTransaction(handle -> Revisions.move(
                        handle,
                        revision.id(),
                        Revision.State.CHECKING,
                        Revision.State.REFUSED,
                        Optional.of(reason),
                        Optional.empty()));
    }

    /// @return false where another revision came in between
    private boolean isDone(Revision revision, Running job) throws IOException {
        var base = database.jdbi().<Optional<Revision>, RuntimeException>withHandle(Revisions::active);
        boolean decided = revision.decidedBy().isPresent();
        if (base.isPresent() && revision.builtAt().isBefore(base.get().builtAt()) && !decided && !isForced(job)) {
            refuse(
                    revision,
                    "it was built at " + revision.builtAt() + ", before revision "
                            + base.get().id() + ", which is active");
            return true;
        }
        job.progress("comparing");
        try (var next = AdvisoryDatabase.open(objects.file(revision.object()))) {
            if (base.isEmpty()) {
                return activated(job, next, plan(revision, base, Optional.empty(), next, List.of()));
            }
            try (var former = AdvisoryDatabase.open(objects.file(base.get().object()))) {
                var difference = DatabaseDifference.of(former, next, settings.thresholds());
                var plan = plan(revision, base, Optional.of(difference), next, releases(former, next));
                if (!decided) {
                    var reasons = new RevisionChecks(settings).reasons(former, next);
                    if (!reasons.isEmpty()) {
                        activation.hold(plan, String.join("; ", reasons));
                        return true;
                    }
                }
                return activated(job, next, plan);
            }
        }
    }

    private static boolean isForced(Running job) {
        return job.payload().get("force").orElse(null) instanceof JsonBoolean(var force) && force;
    }

    private boolean activated(Running job, AdvisoryDatabase next, Activation.Plan plan) throws IOException {
        var stage = new EffectStage(database, plan.revision(), new MatchMemory(next, MatchOptions.DEFAULT, 0));
        stage.clear();
        var packages = plan.computed();
        stage.stage(
                packages,
                settings.threads(),
                done -> job.progress("matched " + done + " of " + packages.size() + " packages"));
        var flips = plan.base().isEmpty() ? Optional.<String>empty() : flips(plan);
        if (flips.isPresent()) {
            activation.hold(plan, flips.get());
            return true;
        }
        job.progress("activating");
        return activation.activate(plan, stage);
    }

    private Activation.Plan plan(
            Revision revision,
            Optional<Revision> base,
            Optional<DatabaseDifference> difference,
            AdvisoryDatabase next,
            List<String> releases) {
        SortedSet<Integer> packages = database.jdbi()
                .<SortedSet<Integer>, RuntimeException>withHandle(
                        handle -> AffectedPackages.toMatch(handle, difference));
        Map<String, Exploitation.Known> known = new TreeMap<>();
        next.forEachKnown(known::put);
        return new Activation.Plan(revision.id(), base, difference, new TreeSet<>(packages), known, releases);
    }

    /// Whether more decisions would become others than may without somebody who looked at it.
    private Optional<String> flips(Activation.Plan plan) throws IOException {
        var revision = database.jdbi()
                .<Optional<Revision>, RuntimeException>withHandle(handle -> Revisions.byId(handle, plan.revision()));
        if (revision.isEmpty() || revision.get().decidedBy().isPresent()) {
            return Optional.empty();
        }
        int all = database.jdbi()
                .<Integer, RuntimeException>withHandle(
                        handle -> handle.createQuery("select count(*) from image where state = 'analyzed'")
                                .mapTo(Integer.class)
                                .one());
        if (all < settings.flipsFrom()) {
            return Optional.empty();
        }
        var affected = database.jdbi()
                .<List<Long>, RuntimeException>withHandle(
                        handle -> AffectedImages.of(handle, plan.revision(), false, plan.releases(), plan.all()));
        if (affected.size() <= settings.flips() * all) {
            return Optional.empty();
        }
        var sample = sample(affected);
        try (var lease = data.of(plan.revision()).orElseThrow()) {
            double flips = forecast.flips(lease, sample) * (affected.size() / (double) sample.size());
            return flips > settings.flips() * all
                    ? Optional.of(String.format(
                            java.util.Locale.ROOT,
                            "it would change about %.0f decisions of %d images; more than %.0f %% are not changed"
                                    + " without somebody who looked at it",
                            flips,
                            all,
                            settings.flips() * 100))
                    : Optional.empty();
        }
    }

    /// Spread evenly over all.
    private static List<Long> sample(List<Long> images) {
        if (images.size() <= FORECAST) {
            return images;
        }
        var sample = new TreeSet<Long>();
        for (int i = 0; i < FORECAST; i++) {
            sample.add(images.get((int) ((long) i * images.size() / FORECAST)));
        }
        return List.copyOf(sample);
    }

    /// Releases of the images that have another life cycle now.
    private List<String> releases(AdvisoryDatabase former, AdvisoryDatabase next) {
        return database
                .jdbi()
                .<List<String>, RuntimeException>withHandle(handle -> handle.createQuery(
                                "select distinct distro from image where distro like '%:%' order by distro")
                        .mapTo(String.class)
                        .list())
                .stream()
                .filter(text -> {
                    var colon = text.indexOf(':');
                    var release = new DistributionRelease(text.substring(0, colon), text.substring(colon + 1));
                    return !former.lifecycle(release).equals(next.lifecycle(release));
                })
                .toList();
    }
}
