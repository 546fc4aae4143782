package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.purl.Distribution;
import dev.plimsoll.purl.DistributionRelease;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/// Compares what an image holds with what is known to be wrong. The same inputs give the same result.
///
/// Every method throws {@link dev.plimsoll.advisory.AdvisoryException} when the data cannot be read.
public final class Matcher {

    /// What {@link Distribution#release()} says where the image names none.
    private static final String UNKNOWN_RELEASE = "unknown";

    private Matcher() {}

    /// Matches every package of the image.
    public static MatchResult match(Inventory inventory, AdvisorySource source, MatchOptions options) {
        var release = release(inventory, options);
        var matching = new PackageMatching(source, release, source.coverage(), options);
        return collect(inventory, source, release, matching, options, matching::of);
    }

    /// @param matches of one package; they may be of the same package of another image
    static MatchResult collect(
            Inventory inventory,
            AdvisorySource source,
            Optional<DistributionRelease> release,
            PackageMatching matching,
            MatchOptions options,
            Function<ImagePackage, PackageMatches> matches) {
        var findings = new ArrayList<Finding>();
        var suppressed = new ArrayList<Suppressed>();
        var problems = new ArrayList<String>();
        for (var item : inventory.packages()) {
            var found = matches.apply(item);
            found.findings().forEach(finding -> findings.add(finding.of(item)));
            found.suppressed().forEach(each -> suppressed.add(each.of(item)));
            problems.addAll(found.problems());
        }
        return new MatchResult(
                release,
                findings,
                suppressed,
                matching.coverage().of(inventory.packages()),
                release.flatMap(source::lifecycle),
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

    static Optional<DistributionRelease> release(Inventory inventory, MatchOptions options) {
        return options.distributionOverride()
                .or(inventory::distribution)
                .map(Distribution::release)
                .filter(release -> !release.release().equals(UNKNOWN_RELEASE));
    }
}
