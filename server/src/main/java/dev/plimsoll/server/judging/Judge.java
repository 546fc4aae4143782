package dev.plimsoll.server.judging;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.MatchResult;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.Lease;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.LeaseFinder;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.images.ImageRow;
import dev.plimsoll.server.judging.VerdictStore.Circumstances;
import dev.plimsoll.server.judging.VerdictStore.Judged;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Judges images by what is active now, under each name that they have, and has the verdicts stored. Judging again what
/// did not change writes nothing. Safe for several threads, and for several services on one database.
public final class Judge {

    /// How often an image is judged anew because what judges it changed meanwhile.
    private static final int MAX_ATTEMPTS = 20;

    private final Database database;
    private final Inventories inventories;
    private final LeanInventories lean;
    private final AdvisoryData data;
    private final FirstSeen firstSeen;
    private final EvaluationOptions options;
    private final InstantSource clock;
    private final Policies policies = new Policies();
    private final VerdictStore store;

    /// @param engine version of Plimsoll, as verdicts name it
    public Judge(
            Database database,
            Inventories inventories,
            AdvisoryData data,
            FirstSeen firstSeen,
            EvaluationOptions options,
            InstantSource clock,
            String engine) {
        this.database = database;
        this.inventories = inventories;
        this.lean = new LeanInventories(database, inventories);
        this.data = data;
        this.firstSeen = firstSeen;
        this.options = options;
        this.clock = clock;
        this.store = new VerdictStore(engine);
    }

    /// @param at after everything that the basis says became so
    private record Start(ImageRow image, Basis basis, Policy policy, Optional<FormerResult> former, Instant at) {}

    /// Judges an image. One that is not there any more, or not analysed, is passed over.
    ///
    /// @param causes why it may have become another verdict; what the clock and the engine did is found out
    /// @param quiet whether nobody is to be told
    /// @return how many verdicts were written
    /// @throws IOException where its inventory or the advisory data cannot be read
    public int judge(long accountId, long imageId, Set<Cause> causes, boolean quiet) throws IOException {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            var start = database.jdbi().withHandle(handle -> begin(handle, accountId, imageId));
            if (start.isEmpty()) {
                return 0;
            }
            var written = store(start.get(), causes, quiet);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw new IOException("what judges the image " + imageId + " changes faster than it can be judged");
    }

    private Optional<Start> begin(Handle handle, long accountId, long imageId) {
        var basis = Basis.read(handle, accountId, imageId);
        var image = ImageRow.byId(handle, imageId);
        if (image.isEmpty() || basis.isEmpty()) {
            return Optional.empty();
        }
        var at = now();
        return Optional.of(new Start(
                image.get(),
                basis.get(),
                policies.read(handle, accountId, basis.get().sources()),
                firstSeen.of(handle, image.get(), at),
                at));
    }

    /// @return empty where what judges the image changed meanwhile
    private Optional<Integer> store(Start start, Set<Cause> causes, boolean quiet) throws IOException {
        var at = start.at();
        var image = start.image();
        var inventory = lean.read(start.basis().object(), start.policy().bundle());
        var matches = data(start.basis().revision(), Optional.empty()).match(inventory);
        var judged = new ArrayList<Judged>();
        for (var name : start.basis().names()) {
            var evidence = evidence(inventory, matches, name, at, start.former());
            judged.add(new Judged(
                    name, evaluate(start.policy(), evidence), verdict -> lease(start.policy(), verdict, evidence)));
        }
        var all = new Circumstances(
                image.accountId(),
                image.id(),
                image.digest(),
                start.policy(),
                start.basis().revision(),
                at,
                causes,
                quiet);
        return database.jdbi().inTransaction(handle -> {
            boolean there = handle.createQuery(
                            "select id from image where account_id = :account and id = :image for no key update")
                    .bind("account", image.accountId())
                    .bind("image", image.id())
                    .mapTo(Long.class)
                    .findOne()
                    .isPresent();
            if (!there) {
                return Optional.of(0);
            }
            // a statement of its own: the one above may have waited, and saw what was before
            if (!Basis.read(handle, image.accountId(), image.id()).equals(Optional.of(start.basis()))) {
                return Optional.empty();
            }
            return Optional.of(store.store(handle, all, judged));
        });
    }

    /// The data of a revision; none where there is no revision.
    ///
    /// @param at as of when what is known of exploitation counts; empty for now
    AdvisoryData.Revision data(Optional<Long> revision, Optional<Instant> at) throws IOException {
        return revision.isPresent() ? data.of(revision.get(), at) : AdvisoryData.Revision.none();
    }

    Policies policies() {
        return policies;
    }

    /// Whole inventories, for whoever tells more than a verdict.
    Inventories inventories() {
        return inventories;
    }

    /// As much of inventories as verdicts need.
    LeanInventories leanInventories() {
        return lean;
    }

    FirstSeen firstSeen() {
        return firstSeen;
    }

    EvaluationOptions options() {
        return options;
    }

    Instant now() {
        // as precise as the store keeps instants
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    Verdict evaluate(Policy policy, Evidence evidence) {
        return PolicyEvaluator.evaluate(List.of(policy.bundle()), policy.waivers(), evidence, options);
    }

    private Optional<Lease> lease(Policy policy, Verdict verdict, Evidence evidence) {
        return LeaseFinder.withLease(verdict, evidence, asked -> evaluate(policy, asked))
                .lease();
    }

    /// What a verdict on an image under a name is made from.
    ///
    /// @param name empty where it has none: then the image's own counts, as of an image that lies in a file
    static Evidence evidence(
            Inventory inventory, MatchResult matches, String name, Instant at, Optional<FormerResult> former) {
        var known = former.map(result ->
                        Background.none().withPrevious(result, new InputFile("first-seen", FirstSeenDigest.of(result))))
                .orElseGet(Background::none);
        return new Evidence(
                inventory,
                matches,
                mappedName(inventory, name).map(ImageName::parse).orElse(ImageName.ANY),
                at,
                known);
    }

    /// The name that mappings are asked for.
    static Optional<String> mappedName(Inventory inventory, String name) {
        return name.isEmpty()
                ? inventory.image().names().stream()
                        .filter(own -> own.indexOf('/') >= 0 || own.indexOf(':') >= 0)
                        .findFirst()
                : Optional.of(name);
    }
}
