package dev.plimsoll.policy.path;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.ImageChange;
import dev.plimsoll.policy.ImageChange.UpgradePackage;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionScheme;
import java.util.Comparator;
import java.util.List;

/// Finds the version that a package should be upgraded to.
final class Upgrades {

    private Upgrades() {}

    /// Binaries of one source package are upgraded together.
    static String subject(ImagePackage item) {
        return switch (item.type()) {
            case DEB, APK, RPM, ALPM ->
                item.source().map(ImagePackage.SourcePackage::name).orElse(item.name());
            default -> item.name() + " " + item.version();
        };
    }

    /// The least version that carries a fix and that none of the findings hits: the first fix of one may lie in a
    /// branch where another is open. Where there is no such version, the last fix, which clears what it clears.
    ///
    /// @param findings of one subject, each with a fix, at least one
    static String target(List<Finding> findings) {
        var order = order(findings.getFirst().item());
        var fixes = fixes(findings);
        // Those with the latest fix first: they are what an early fix fails by, and a kernel has thousands.
        var hardest = findings.stream()
                .sorted(Comparator.comparing(
                                (Finding finding) -> finding.fixedIn().getLast(), order)
                        .reversed())
                .toList();
        return fixes.stream()
                .filter(fix -> hardest.stream().noneMatch(finding -> isHit(finding, fix)))
                .findFirst()
                .orElse(fixes.getLast());
    }

    /// Whether the finding would be there in that version too.
    static boolean isHit(Finding finding, String version) {
        return VersionScheme.of(finding.item().type())
                .map(scheme -> finding.reasons().stream()
                        .anyMatch(reason -> scheme.check(version, reason.affected()) instanceof RangeCheck.Inside))
                .orElse(false);
    }

    /// What the upgrade does to the packages that the findings are about.
    static List<ImageChange> changes(List<Finding> findings, String target) {
        return findings.stream()
                .<ImageChange>map(finding -> new UpgradePackage(
                        finding.item().type(),
                        finding.item().name(),
                        finding.item().version(),
                        target,
                        finding.reasons().stream().anyMatch(reason -> reason.indirect())))
                .distinct()
                .toList();
    }

    /// Texts that are no versions are equal to all, so that they stay where they are.
    static Comparator<String> order(ImagePackage item) {
        var scheme = VersionScheme.of(item.type());
        return (left, right) ->
                scheme.flatMap(found -> found.compare(left, right)).orElse(0);
    }

    /// All versions above the installed ones that fix one of the findings, in order; never empty.
    private static List<String> fixes(List<Finding> findings) {
        var order = order(findings.getFirst().item());
        var above = findings.stream()
                .flatMap(finding -> finding.fixedIn().stream().filter(fix -> isAbove(finding, fix)))
                .distinct()
                .sorted(order)
                .toList();
        return above.isEmpty()
                ? findings.stream()
                        .map(finding -> finding.fixedIn().getLast())
                        .sorted(order)
                        .toList()
                : above;
    }

    private static boolean isAbove(Finding finding, String fix) {
        var order = order(finding.item());
        return finding.reasons().stream().allMatch(reason -> order.compare(fix, reason.searchedVersion()) > 0);
    }
}
