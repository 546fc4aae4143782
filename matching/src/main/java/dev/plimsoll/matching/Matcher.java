package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Compares what an image holds with what is known to be wrong. The same inputs give the same result.
///
/// Every method throws {@link dev.plimsoll.advisory.AdvisoryException} when the data cannot be read.
public final class Matcher {

    /// What {@link Distribution#release()} says where the image names none.
    private static final String UNKNOWN_RELEASE = "unknown";

    /// Characters; a hostile text must not fill a message.
    private static final int MAX_SHOWN_VERSION = 80;

    private Matcher() {}

    /// Matches every package of the image.
    public static MatchResult match(Inventory inventory, AdvisorySource source, MatchOptions options) {
        var release = release(inventory, options);
        var comparison = new Comparison(source, release);
        var coverage = new CoverageCount(source, release);
        var suppression = new Suppression(coverage.judgedRelease(), options.onlyFixed());
        var makeFindings = new Findings(source);
        var findings = new ArrayList<Finding>();
        var suppressed = new ArrayList<Suppressed>();
        var problems = new ArrayList<String>();
        for (var item : inventory.packages()) {
            var hits = comparison.hits(item);
            problems.addAll(problems(item, hits));
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
        }
        Optional<Lifecycle> lifecycle = release.flatMap(source::lifecycle);
        return new MatchResult(
                release,
                findings,
                suppressed,
                coverage.of(inventory.packages()),
                lifecycle,
                problems,
                source.builtAt(),
                source.digests(),
                options.onlyFixed(),
                source.exploitationCoverage(),
                Products.of(inventory.packages(), source));
    }

    /// Tells of one vulnerability why it was found or why not, record by record.
    ///
    /// @param id of a CVE or of any source's record
    public static Explanation explain(Inventory inventory, AdvisorySource source, MatchOptions options, String id) {
        return new Explainer(inventory, source, release(inventory, options), match(inventory, source, options))
                .explain(id);
    }

    private static Optional<DistributionRelease> release(Inventory inventory, MatchOptions options) {
        return options.distributionOverride()
                .or(inventory::distribution)
                .map(Distribution::release)
                .filter(release -> !release.release().equals(UNKNOWN_RELEASE));
    }

    private static List<Hit> meaningful(List<Hit> hits) {
        return hits.stream()
                .filter(hit -> switch (hit.outcome()) {
                    case Hit.Outcome.Affected _, Hit.Outcome.NotAffected _ -> true;
                    case Hit.Outcome.Outside _, Hit.Outcome.Inapplicable _, Hit.Outcome.CannotJudge _ -> false;
                })
                .toList();
    }

    /// By each name of a vulnerability, a record of the image's release that the version is not affected by because it
    /// carries the fix.
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
