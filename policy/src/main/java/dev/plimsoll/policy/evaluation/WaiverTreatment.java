package dev.plimsoll.policy.evaluation;

import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment.Waived;
import dev.plimsoll.policy.Verdict.Problem;
import dev.plimsoll.policy.Verdict.WaiverUse;
import dev.plimsoll.policy.bundle.Bundle.Rule;
import dev.plimsoll.policy.waiver.Effect;
import dev.plimsoll.policy.waiver.Justification;
import dev.plimsoll.policy.waiver.Scope;
import dev.plimsoll.policy.waiver.Waiver;
import dev.plimsoll.policy.waiver.Waiver.Validity;
import dev.plimsoll.policy.waiver.Waivers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Lets results count for less that a valid waiver covers, and says which waivers no longer do, never did, or cover too
/// much. Of several the one with the strongest effect counts, of these the one that lasts longest.
final class WaiverTreatment implements ResultTreatment {

    /// Results of one image; a waiver that covers more was not meant result by result.
    static final int BROAD_RESULTS = 50;

    /// Type of the problem that names waivers without use.
    static final String UNUSED = "waiver-unused";

    /// How many waivers or results a problem names.
    private static final int NAMED = 5;

    private final Instant at;
    private final ImageFacts facts;
    private final WaiverIndex index;
    private final List<Covering> waivers;
    /// Whether one of them gives more time.
    private final boolean extending;
    private Optional<NextChange> change = Optional.empty();

    /// A waiver with what it was found to cover.
    private static final class Covering {

        private final Waiver waiver;
        private final Validity validity;
        private int results;
        /// Ids of results that count although it covers them, because its time is over.
        private final TreeSet<String> counting = new TreeSet<>();

        private Covering(Waiver waiver, Instant at) {
            this.waiver = waiver;
            this.validity = waiver.validityAt(at);
        }
    }

    /// Waivers of other images are left out at once.
    WaiverTreatment(Waivers all, Evidence evidence) {
        this.at = evidence.at();
        this.facts = evidence.inventory().image();
        this.waivers = all.all().stream()
                .filter(waiver -> waiver.scope().concerns(evidence.name(), facts))
                .map(waiver -> new Covering(waiver, at))
                .toList();
        this.extending = waivers.stream().anyMatch(item -> item.waiver.effect() instanceof Effect.Extend);
        this.index = new WaiverIndex(waivers.stream().map(item -> item.waiver).toList());
    }

    @Override
    public RuleResult treat(Rule rule, RuleResult result) {
        if (waivers.isEmpty()) {
            return result;
        }
        var covering = covering(result);
        covering.forEach(item -> item.results++);
        if (result.action() == Action.GO || covering.isEmpty()) {
            return result;
        }
        var chosen = strongest(covering, result.action(), at);
        var now = actionAt(covering, result.action(), at);
        noteChange(covering, result.action(), now);
        if (now != Action.GO) {
            covering.stream()
                    .filter(item -> item.validity == Validity.EXPIRED)
                    .filter(item -> reduced(item.waiver, result.action()).compareTo(now) < 0)
                    .forEach(item -> item.counting.add(result.stableId()));
        }
        return chosen.map(waiver -> result.treated(waived(waiver, result.action()), now))
                .orElse(result);
    }

    /// Until when the valid waivers give time to mend it; empty where none does.
    ///
    /// For the treatment that gives rules their deadlines: the later of the two counts.
    Optional<Extension> extendedUntil(RuleResult result) {
        if (!extending) {
            return Optional.empty();
        }
        return covering(result).stream()
                .filter(item -> item.validity == Validity.VALID)
                .flatMap(item -> item.waiver.effect() instanceof Effect.Extend(var deadline)
                        ? java.util.stream.Stream.of(new Extension(item.waiver, deadline))
                        : java.util.stream.Stream.empty())
                .max(Comparator.comparing(Extension::deadline)
                        .thenComparing(extension -> extension.waiver().id()));
    }

    /// More time, and the waiver that gives it.
    record Extension(Waiver waiver, Instant deadline) {}

    private List<Covering> covering(RuleResult result) {
        var ids = Scope.idsOf(result);
        var found = new ArrayList<Covering>();
        for (int candidate : index.candidates(result, ids)) {
            var item = waivers.get(candidate);
            if (item.waiver.scope().covers(result, ids, facts)) {
                found.add(item);
            }
        }
        return found;
    }

    /// What a result counts for under a waiver.
    private static Action reduced(Waiver waiver, Action action) {
        return switch (waiver.effect()) {
            case Effect.Suppress() -> Action.GO;
            case Effect.Downgrade() -> action == Action.STOP ? Action.WARN : action;
            case Effect.Extend _ -> action;
        };
    }

    private static Action actionAt(List<Covering> covering, Action action, Instant instant) {
        return strongest(covering, action, instant)
                .map(waiver -> reduced(waiver, action))
                .orElse(action);
    }

    /// The valid waiver that counts; empty where none makes a difference.
    private static Optional<Waiver> strongest(List<Covering> covering, Action action, Instant instant) {
        return covering.stream()
                .map(item -> item.waiver)
                .filter(waiver -> waiver.validityAt(instant) == Validity.VALID)
                .filter(waiver -> reduced(waiver, action) != action)
                .min(Comparator.comparing((Waiver waiver) -> reduced(waiver, action))
                        .thenComparing(waiver -> waiver.until().orElse(Instant.MAX), Comparator.reverseOrder()));
    }

    /// Time alone changes the result at the first beginning or end of a waiver at which another action comes out.
    private void noteChange(List<Covering> covering, Action action, Action now) {
        for (var item : covering) {
            var from = item.waiver.from();
            var until = item.waiver.until();
            if (from.isPresent() && from.get().isAfter(at) && actionAt(covering, action, from.get()) != now) {
                change = first(from.get(), "the waiver " + item.waiver.id() + " begins");
            }
            if (until.isPresent() && until.get().isAfter(at) && actionAt(covering, action, until.get()) != now) {
                change = first(until.get(), "the waiver " + item.waiver.id() + " expires");
            }
        }
    }

    private Optional<NextChange> first(Instant instant, String why) {
        return NextChange.first(change, Optional.of(new NextChange(instant, why)));
    }

    private static Waived waived(Waiver waiver, Action before) {
        return new Waived(
                waiver.id(),
                waiver.reason().word(),
                waiver.justification().map(Justification::word).orElse(""),
                waiver.text(),
                waiver.owner(),
                waiver.approver(),
                waiver.ticket(),
                waiver.until(),
                waiver.effect().word(),
                before);
    }

    @Override
    public Optional<NextChange> change() {
        return change;
    }

    /// What became of each waiver that may cover results of the image.
    List<WaiverUse> uses() {
        return waivers.stream()
                .map(item -> new WaiverUse(
                        item.waiver.id(),
                        WaiverUse.State.valueOf(item.validity.name()),
                        item.results,
                        item.waiver.owner(),
                        item.waiver.until(),
                        item.waiver.file(),
                        breadth(item)))
                .toList();
    }

    private static List<String> breadth(Covering item) {
        var clauses = new ArrayList<>(item.waiver.scope().breadth());
        if (item.results > BROAD_RESULTS) {
            clauses.add("it covers " + item.results + " results of this image");
        }
        return clauses;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        for (var item : waivers) {
            if (!item.counting.isEmpty()) {
                problems.add(warning("waiver-expired", expired(item)));
            }
            var breadth = breadth(item);
            if (!breadth.isEmpty() && item.results > 0 && item.validity == Validity.VALID) {
                problems.add(
                        warning("waiver-broad", "the waiver " + item.waiver.id() + ": " + String.join("; ", breadth)));
            }
        }
        unused(uses()).ifPresent(problems::add);
        return problems;
    }

    /// Waivers that are for the image and cover nothing of it.
    static Optional<Problem> unused(List<WaiverUse> uses) {
        var unused = uses.stream()
                .filter(use -> use.results() == 0)
                .map(WaiverUse::id)
                .toList();
        return unused.isEmpty()
                ? Optional.empty()
                : Optional.of(warning(
                        UNUSED,
                        (unused.size() == 1 ? "a waiver covers" : unused.size() + " waivers cover")
                                + " nothing of this image: " + named(unused)));
    }

    private static String expired(Covering item) {
        var ids = List.copyOf(item.counting);
        return named(ids) + (ids.size() == 1 ? " counts" : " count") + " again because the waiver "
                + item.waiver.id() + " expired on " + item.waiver.until().orElseThrow()
                + (item.waiver.owner().isEmpty() ? "" : " (" + item.waiver.owner() + ")");
    }

    private static String named(List<String> ids) {
        return ids.size() <= NAMED
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, NAMED)) + " and " + (ids.size() - NAMED) + " more";
    }

    private static Problem warning(String type, String details) {
        return new Problem(Problem.Severity.WARN, type, details);
    }
}
