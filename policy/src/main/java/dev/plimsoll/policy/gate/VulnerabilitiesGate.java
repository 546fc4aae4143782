package dev.plimsoll.policy.gate;

import dev.plimsoll.advisory.FixState;
import dev.plimsoll.matching.EcosystemCoverage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Cause;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.PackageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Gate `vulnerabilities`: advisories that hit the image's packages, and the data that they come from.
final class VulnerabilitiesGate implements Gate {

    static final Parameter<Boolean> VENDOR_ONLY = Parameter.of("vendor_only", ValueTypes.BOOLEAN)
            .describedAs("Whether vulnerabilities that the vendor says it will not fix are passed over.")
            .like("true")
            .orElse(true);

    private static final Parameter<Integer> MAX_AGE = Parameter.of("max_days_since_sync", ValueTypes.INTEGER)
            .describedAs("Days that the advisory data may be old.")
            .like("5")
            .mustBeGiven();
    private static final Parameter<List<String>> IDS = Parameter.of("vulnerability_ids", ValueTypes.LIST)
            .describedAs("Ids that must not be there; any alias counts, in any case.")
            .like("CVE-2021-44228,GHSA-jfh8-c2jp-5v3q")
            .mustBeGiven();

    @Override
    public String name() {
        return "vulnerabilities";
    }

    @Override
    public String description() {
        return "Vulnerabilities of the image's packages, and the age and reach of the advisory data.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(
                PackageVulnerabilityTrigger.declaration(),
                Trigger.named("denylist")
                        .once("blacklist")
                        .describedAs("Fires once, with all ids of the list that are there.")
                        .with(IDS, VENDOR_ONLY)
                        .differingIn("Every alias of a vulnerability counts.")
                        .judgedBy(VulnerabilitiesGate::judgeDenied),
                Trigger.named("stale_feed_data")
                        .describedAs(
                                "Fires where the advisory data was put together more days ago, or nobody knows when.")
                        .with(MAX_AGE)
                        .judgedBy(VulnerabilitiesGate::judgeAge),
                Trigger.named("vulnerability_data_unavailable")
                        .describedAs("Fires where there are no advisories for the distribution's release.")
                        .judgedBy((_, subject) -> judgeReach(subject)),
                Trigger.named("kev_list")
                        .describedAs("Fires for each vulnerability of CISA's catalogue of known exploited ones.")
                        .differingIn(
                                "Id and message are ours: the id is that of `package`, the vulnerability, `+` and the"
                                        + " package.")
                        .judgedBy((_, subject) -> judgeKnownExploited(subject)));
    }

    /// What cannot be judged for want of advisory data, or because packages could not be read.
    static List<Gap> gaps(Subject subject, Predicate<PackageType> asked) {
        var gaps = new ArrayList<>(subject.gapsOfPackages(asked));
        gaps.addAll(subject.gapsOfSourcePackages(asked));
        var missing = new TreeSet<String>();
        var unnamed = new TreeSet<String>();
        for (var coverage : subject.matches().coverage()) {
            if (coverage.state() == EcosystemCoverage.State.DATA_MISSING && asked.test(coverage.type())) {
                if (coverage.type().ofDistribution()
                        && subject.matches().release().isEmpty()) {
                    unnamed.add(coverage.name());
                } else {
                    missing.add(coverage.name());
                }
            }
        }
        if (!unnamed.isEmpty()) {
            var named = subject.inventory().distribution().isPresent()
                    ? "no release of its distribution"
                    : "no distribution";
            gaps.add(new Gap(
                    "the image names " + named + ", so there is no advisory data for its " + String.join(", ", unnamed)
                            + " packages: give --distro",
                    Cause.ADVISORY_DATA_MISSING));
        }
        if (!missing.isEmpty()) {
            gaps.add(new Gap(
                    "there is no advisory data for " + String.join(", ", missing), Cause.ADVISORY_DATA_MISSING));
        }
        return gaps;
    }

    /// Where vulnerabilities are there and no catalogue tells which are exploited, nobody can say.
    static List<Gap> gapsOfCatalogue(Subject subject) {
        return subject.matches().findings().isEmpty()
                        || subject.matches().exploitationCoverage().knownExploited()
                ? List.of()
                : List.of(new Gap(
                        "the advisory data has no catalogue of known exploited vulnerabilities (feed kev)",
                        Cause.ADVISORY_DATA_MISSING));
    }

    private static Outcome judgeDenied(Arguments arguments, Subject subject) {
        boolean vendorOnly = arguments.get(VENDOR_ONLY);
        Set<String> present = new HashSet<>();
        for (var finding : subject.matches().findings()) {
            if (!vendorOnly || finding.fixState() != FixState.WONT_FIX) {
                finding.ids().forEach(id -> present.add(id.toLowerCase(Locale.ROOT)));
                present.add(finding.id().toLowerCase(Locale.ROOT));
            }
        }
        var found = arguments.get(IDS).stream()
                .distinct()
                .filter(id -> present.contains(id.toLowerCase(Locale.ROOT)))
                .toList();
        var gaps = gaps(subject, _ -> true);
        if (found.isEmpty()) {
            return Outcome.of(List.of(), gaps);
        }
        return Outcome.of(
                List.of(Firing.of(
                        String.join(",", found),
                        (found.size() == 1 ? "A denied vulnerability is there: " : "Denied vulnerabilities are there: ")
                                + String.join(", ", found),
                        "Blacklisted vulnerabilities detected: " + PythonText.list(found),
                        Remedy.of("Upgrade or remove what has " + String.join(", ", found) + ": "
                                + String.join(", ", having(subject, found))))),
                gaps);
    }

    /// Names of the packages that have one of the vulnerabilities.
    private static Set<String> having(Subject subject, List<String> ids) {
        var wanted = new HashSet<String>();
        ids.forEach(id -> wanted.add(id.toLowerCase(Locale.ROOT)));
        var names = new TreeSet<String>();
        for (var finding : subject.matches().findings()) {
            if (wanted.contains(finding.id().toLowerCase(Locale.ROOT))
                    || finding.ids().stream().anyMatch(id -> wanted.contains(id.toLowerCase(Locale.ROOT)))) {
                names.add(finding.item().name());
            }
        }
        return names;
    }

    private static Outcome judgeAge(Arguments arguments, Subject subject) {
        int days = arguments.get(MAX_AGE);
        var builtAt = subject.matches().builtAt();
        var oldest = subject.at().minus(Duration.ofDays(days));
        if (builtAt.isPresent() && !builtAt.get().isBefore(oldest)) {
            // At the very end of its days it is not over them yet.
            var over = builtAt.get().plus(Duration.ofDays(days)).plusSeconds(1);
            return Outcome.quiet()
                    .until(Optional.of(new NextChange(
                            over, "the advisory data is over " + days + (days == 1 ? " day old" : " days old"))));
        }
        return Outcome.of(List.of(Firing.of(
                Integer.toString(days),
                builtAt.map(instant -> "The advisory data is of " + instant + ", over " + days + " days old")
                        .orElse("Nobody knows how old the advisory data is; the rule allows " + days + " days"),
                "The vulnerability feed for this image distro is older than MAXAGE (" + days + ") days",
                Remedy.of("Build or import an advisory database of the last " + (days == 1 ? "day" : days + " days")
                        + " (plimsoll db build, db import)"))));
    }

    private static Outcome judgeReach(Subject subject) {
        var uncovered = subject.matches().coverage().stream()
                .filter(coverage -> coverage.type().ofDistribution()
                        && coverage.packages() > 0
                        && coverage.state() != EcosystemCoverage.State.COVERED)
                .toList();
        if (uncovered.isEmpty()) {
            return Outcome.quiet();
        }
        var firings = new ArrayList<Firing>();
        for (var coverage : uncovered) {
            var namespace = subject.matches().release().map(Object::toString).orElse(coverage.name());
            firings.add(Firing.of(
                    namespace,
                    "There is no advisory data for " + namespace + ": its " + coverage.packages()
                            + " packages are not judged",
                    "Distro-specific feed data not found for distro namespace: " + namespace
                            + ". Cannot perform CVE scan OS/distro packages",
                    Remedy.of("Get advisory data for " + namespace
                            + ", or build the image on a distribution that there is" + " data for")));
        }
        return Outcome.of(firings);
    }

    private static Outcome judgeKnownExploited(Subject subject) {
        var firings = new ArrayList<Firing>();
        for (var finding : subject.matches().findings()) {
            var known = finding.exploitation().known();
            if (known.isPresent()) {
                var message = finding.id() + " in " + place(finding) + " is known to be exploited since "
                        + known.get().added();
                var ids = VulnerabilityIds.of(finding);
                firings.add(Firing.of(ids.key(), message, message, VulnerabilityIds.remedy(finding))
                        .withId(ids.triggerId(), ids.otherIds())
                        .about(finding));
            }
        }
        return Outcome.of(firings, gaps(subject, _ -> true)).alsoOpen(gapsOfCatalogue(subject));
    }

    private static String place(Finding finding) {
        return finding.item().name() + " " + finding.item().version();
    }
}
