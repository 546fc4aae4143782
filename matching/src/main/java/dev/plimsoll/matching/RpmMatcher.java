package dev.plimsoll.matching;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionInterval.Bound;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Packages of rpm: epochs and modules.
final class RpmMatcher implements PackageMatcher {

    /// How a build for a module shows in a release: `2.module_el8.7.0+3373+a4c18c43`, Red Hat's with `+` for `_`.
    private static final Pattern MODULE_BUILD = Pattern.compile("\\.module[_+]");

    /// How AlmaLinux names modules, in the summary only: `Moderate: nodejs:14 security update`, `Low: virt:rhel and
    /// virt-devel:rhel security update`, `Important: httpd:2.4/mod_http2 security update`, `new module: php:8.0`.
    private static final Pattern MODULE_IN_SUMMARY =
            Pattern.compile("(?<= |^)[A-Za-z0-9_+.-]++:[A-Za-z0-9_.]++(?=[ /]|$)");

    /// Errata of bugs (BA) and enhancements (EA) of AlmaLinux, Red Hat and Rocky.
    private static final Pattern NOT_OF_SECURITY = Pattern.compile("(?:AL|RH|RL|RX)[BE]A-.*");

    @Override
    public boolean serves(PackageType type) {
        return type == PackageType.RPM;
    }

    @Override
    public List<Search> searches(ImagePackage item, Optional<DistributionRelease> release) {
        return DistributionSearches.of(item, release);
    }

    @Override
    public Optional<String> inapplicable(ImagePackage item, PackageAdvisory record) {
        return noVulnerability(record.advisory())
                .or(() -> DistributionSearches.inapplicable(item, record.affected()))
                .or(() -> otherModule(item, record));
    }

    /// The name of a source package (SOURCERPM) leaves out the epoch even where it is not 0, so such a version
    /// takes the epoch of whatever it is compared with: for perl-Errno, `0:1.28` against perl's `4:5.26` would be
    /// wrong.
    @Override
    public RangeCheck check(VersionScheme scheme, Search search, List<VersionInterval> intervals) {
        if (!search.ofSource() || !epochOf(search.version()).isEmpty()) {
            return scheme.check(search.version(), intervals);
        }
        var withoutEpochs = intervals.stream()
                .map(interval -> new VersionInterval(
                        interval.lower().map(RpmMatcher::withoutEpoch),
                        interval.upper().map(RpmMatcher::withoutEpoch)))
                .toList();
        return switch (scheme.check(search.version(), withoutEpochs)) {
            case RangeCheck.Inside inside ->
                new RangeCheck.Inside(intervals.get(withoutEpochs.indexOf(inside.interval())));
            case RangeCheck.Outside outside -> outside;
            case RangeCheck.CannotJudge cannotJudge -> cannotJudge;
        };
    }

    private static Bound withoutEpoch(Bound bound) {
        return new Bound(bound.version().substring(epochOf(bound.version()).length()), bound.inclusive());
    }

    /// With its colon; empty where there is none.
    private static String epochOf(String version) {
        int digits = 0;
        while (digits < version.length() && Character.isDigit(version.charAt(digits))) {
            digits++;
        }
        return digits > 0 && digits < version.length() - 1 && version.charAt(digits) == ':'
                ? version.substring(0, digits + 1)
                : "";
    }

    private static Optional<String> noVulnerability(Advisory advisory) {
        return NOT_OF_SECURITY.matcher(advisory.id()).matches()
                        && VulnerabilityIds.cvesOf(advisory.aliases()).isEmpty()
                ? Optional.of("the record is an erratum of bugs, it names no vulnerability")
                : Optional.empty();
    }

    private static Optional<String> otherModule(ImagePackage item, PackageAdvisory record) {
        var affected = record.affected();
        boolean ofModule = !affected.module().isEmpty() || isBuiltForModule(affected);
        boolean packageOfModule = !item.modularity().isEmpty() || isBuiltForModule(item.version());
        if (ofModule && !packageOfModule) {
            return Optional.of("the record speaks of a module's build"
                    + (affected.module().isEmpty() ? "" : ", " + affected.module())
                    + ", the package belongs to none");
        }
        if (!ofModule) {
            return packageOfModule && saysVersions(affected)
                    ? Optional.of("the package belongs to a module, the record speaks of a build outside modules")
                    : Optional.empty();
        }
        var modules = modules(record);
        boolean sameModule = modules.isEmpty()
                || item.modularity().isEmpty()
                || modules.stream().anyMatch(module -> isStreamOf(item.modularity(), module));
        return sameModule
                ? Optional.empty()
                : Optional.of("the record speaks of module " + String.join(" and ", modules) + ", the package is of "
                        + item.modularity());
    }

    /// Name and stream, as the record says them; none where it does not. A feed that knows no more of the module than
    /// the mark in the version gives that (`module_el8.7.0+3373+a4c18c43`), and the summary has to help.
    private static List<String> modules(PackageAdvisory record) {
        var module = record.affected().module();
        if (module.indexOf(':') > 0) {
            return List.of(module);
        }
        var modules = new ArrayList<String>();
        var inSummary = MODULE_IN_SUMMARY.matcher(record.advisory().summary());
        while (inSummary.find()) {
            modules.add(inSummary.group());
        }
        return modules;
    }

    /// Whether a label, `nodejs:18:8060020230306170042:ad008a3a`, begins with name and stream.
    private static boolean isStreamOf(String label, String module) {
        return label.equals(module) || label.startsWith(module + ":");
    }

    private static boolean isBuiltForModule(AffectedPackage affected) {
        return affected.fixedIn().stream().anyMatch(RpmMatcher::isBuiltForModule)
                || affected.affected().stream().anyMatch(interval -> isBuiltForModule(interval.toString()));
    }

    private static boolean isBuiltForModule(String version) {
        return MODULE_BUILD.matcher(version).find();
    }

    private static boolean saysVersions(AffectedPackage affected) {
        return affected.affected().stream().anyMatch(interval -> !interval.equals(VersionInterval.ALL));
    }
}
