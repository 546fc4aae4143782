package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares one package after the other with what is known to be wrong. One run, one thread.
final class PackageMatching {

    /// Characters; a hostile text must not fill a message.
    private static final int MAX_SHOWN_VERSION = 80;

    private final Comparison comparison;
    private final CoverageCount coverage;
    private final Suppression suppression;
    private final Findings makeFindings;

    PackageMatching(
            AdvisorySource source,
            Optional<DistributionRelease> release,
            List<Coverage> covered,
            MatchOptions options) {
        this.comparison = new Comparison(source, release);
        this.coverage = new CoverageCount(covered, release);
        this.suppression = new Suppression(coverage.judgedRelease(), options.onlyFixed());
        this.makeFindings = new Findings(source);
    }

    CoverageCount coverage() {
        return coverage;
    }

    PackageMatches of(ImagePackage item) {
        var findings = new ArrayList<Finding>();
        var suppressed = new ArrayList<Suppressed>();
        var hits = comparison.hits(item);
        var fixedHere = fixedHere(hits);
        var branches = new Hit.OtherBranches(hits);
        for (var group : VulnerabilityGroup.of(meaningful(hits))) {
            var affected = group.affected();
            if (affected.isEmpty()) {
                continue;
            }
            var finding = makeFindings.of(item, group.ids(), affected, branches);
            suppression
                    .reason(finding, group, fixedHere)
                    .ifPresentOrElse(
                            reason -> suppressed.add(new Suppressed(finding, reason)), () -> findings.add(finding));
        }
        return new PackageMatches(findings, suppressed, problems(item, hits));
    }

    private static List<Hit> meaningful(List<Hit> hits) {
        return hits.stream()
                .filter(hit -> switch (hit.outcome()) {
                    case Hit.Outcome.Affected _, Hit.Outcome.NotAffected _ -> true;
                    case Hit.Outcome.Outside _, Hit.Outcome.Inapplicable _, Hit.Outcome.CannotJudge _ -> false;
                })
                .toList();
    }

    /// By each name of a vulnerability, a record of the image's release that the version is not
    /// affected by because it carries the fix.
    private static Map<String, Hit> fixedHere(List<Hit> hits) {
        var fixed = new HashMap<String, Hit>();
        for (var hit : hits) {
            if (hit.outcome() instanceof Hit.Outcome.Outside
                    && hit.search().ecosystem() instanceof Ecosystem.OfRelease
                    && hit.record().affected().fixState() == FixState.FIXED) {
                for (var meant : VulnerabilityIds.of(hit.record().advisory())) {
                    meant.keys().forEach(key -> fixed.putIfAbsent(key, hit));
                }
            }
        }
        return fixed;
    }

    /// Where the package's own version cannot be read, one sentence stands for all records.
    private static List<String> problems(ImagePackage item, List<Hit> hits) {
        var problems = new ArrayList<String>();
        for (var hit : hits) {
            if (hit.outcome() instanceof Hit.Outcome.CannotJudge cannotJudge) {
                var version = hit.search().version();
                var scheme = VersionScheme.of(item.type()).orElseThrow();
                problems.add(item.name() + " " + shortened(version) + " cannot be compared"
                        + (scheme.compare(version, version).isEmpty()
                                ? ""
                                : " with " + hit.record().advisory().id())
                        + ": " + cannotJudge.reason());
            }
        }
        return problems;
    }

    private static String shortened(String version) {
        return version.length() <= MAX_SHOWN_VERSION ? version : version.substring(0, MAX_SHOWN_VERSION) + "…";
    }
}
