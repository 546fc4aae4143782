package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.BaseImage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.gate.VulnerabilityAge.OldEnough;
import dev.plimsoll.policy.gate.VulnerabilityAge.TooYoung;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.Comparator;
import java.util.Optional;

/// The conditions on a vulnerability that the finding alone does not answer: its age, whether the base image brings it,
/// and whether it is exploited where no data on that is there.
final class BackgroundConditions {

    static final Parameter<Boolean> KNOWN_EXPLOITED = Parameter.of("known_exploited_vulnerability", ValueTypes.BOOLEAN)
            .describedAs("Only vulnerabilities in CISA's catalogue of known exploited ones (`true`), or only others.")
            .like("true");
    static final Parameter<Boolean> INHERITED = Parameter.of("inherited_from_base", ValueTypes.BOOLEAN)
            .describedAs("Only vulnerabilities that come with the base image (`true`), or only others.")
            .like("false");

    private BackgroundConditions() {}

    /// Whether a rule asks any of them, which need not be looked at for each finding otherwise.
    static boolean asked(Arguments arguments) {
        return arguments.gives(INHERITED)
                || arguments.gives(KNOWN_EXPLOITED)
                || arguments.gives(VulnerabilityAge.DAYS_SINCE_CREATION)
                || arguments.gives(VulnerabilityAge.DAYS_SINCE_FIX)
                || ScoreCondition.asked(arguments).stream().anyMatch(ScoreCondition::ofExploitation);
    }

    /// Whether all of them hold.
    sealed interface Answer {}

    record Holds() implements Answer {}

    /// @param until when they will hold, where time alone makes them
    record Fails(Optional<NextChange> until) implements Answer {}

    /// Nobody can say.
    ///
    /// @param reason a clause that names the parameter and what would tell
    record Open(String reason, Cause cause) implements Answer, Comparable<Open> {

        private static final Comparator<Open> ORDER =
                Comparator.comparing(Open::reason).thenComparing(Open::cause);

        Gap gap(int findings) {
            return new Gap(
                    reason + "; "
                            + (findings == 1 ? "a vulnerability passes" : findings + " vulnerabilities pass")
                            + " the rule's other conditions",
                    cause);
        }

        @Override
        public int compareTo(Open other) {
            return ORDER.compare(this, other);
        }
    }

    /// What is known to fail counts before what nobody knows.
    static Answer of(Arguments arguments, Subject subject, Finding finding) {
        var inherited = inherited(arguments, subject, finding);
        if (inherited instanceof Fails) {
            return inherited;
        }
        var age = VulnerabilityAge.of(arguments, subject, finding);
        if (age instanceof TooYoung(var until)) {
            return new Fails(inherited instanceof Holds ? Optional.of(until) : Optional.empty());
        }
        if (inherited instanceof Open) {
            return inherited;
        }
        return switch (age) {
            case VulnerabilityAge.Unknown(var reason) -> new Open(reason, Cause.FACT_UNKNOWN);
            case OldEnough _, TooYoung _ -> exploitation(arguments, subject);
        };
    }

    private static Answer inherited(Arguments arguments, Subject subject, Finding finding) {
        var wanted = arguments.find(INHERITED);
        if (wanted.isEmpty()) {
            return new Holds();
        }
        var origin = subject.inventory().origin(finding.item());
        if (origin.isPresent()) {
            return wanted.get() == (origin.get() == BaseImage.Origin.BASE) ? new Holds() : new Fails(Optional.empty());
        }
        return new Open(
                INHERITED.name() + " needs the base image's layers, and they are not known: name the image that it is"
                        + " built on with --ancestors",
                Cause.FACT_UNKNOWN);
    }

    private static Answer exploitation(Arguments arguments, Subject subject) {
        var known = subject.matches().exploitationCoverage();
        if (arguments.gives(KNOWN_EXPLOITED) && !known.knownExploited()) {
            return new Open(
                    KNOWN_EXPLOITED.name() + " needs CISA's catalogue of known exploited vulnerabilities, and the"
                            + " advisory data has none (feed kev)",
                    Cause.ADVISORY_DATA_MISSING);
        }
        var score = ScoreCondition.ALL.stream()
                .filter(condition -> condition.ofExploitation() && arguments.gives(condition.score()))
                .findFirst();
        return score.isPresent() && !known.probabilities()
                ? new Open(
                        score.get().score().name() + " needs EPSS scores, and the advisory data has none (feed epss)",
                        Cause.ADVISORY_DATA_MISSING)
                : new Holds();
    }
}
