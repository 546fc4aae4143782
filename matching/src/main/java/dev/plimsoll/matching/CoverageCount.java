package dev.plimsoll.matching;

import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts what the data could judge.
final class CoverageCount {

    private final Map<Ecosystem, Long> records = new HashMap<>();
    private final Optional<DistributionRelease> release;

    CoverageCount(List<Coverage> covered, Optional<DistributionRelease> release) {
        this.release = release;
        covered.forEach(coverage -> records.merge(coverage.ecosystem(), coverage.records(), Long::sum));
    }

    /// The image's release, where there are records for it.
    Optional<DistributionRelease> judgedRelease() {
        return release.filter(known -> records.getOrDefault(Ecosystem.of(known), 0L) > 0);
    }

    /// One for each type of package that the image holds.
    List<EcosystemCoverage> of(List<ImagePackage> packages) {
        var counts = new EnumMap<PackageType, Integer>(PackageType.class);
        packages.forEach(item -> counts.merge(item.type(), 1, Integer::sum));
        var coverage = new ArrayList<EcosystemCoverage>();
        counts.forEach((type, count) -> coverage.add(coverage(type, count)));
        return coverage;
    }

    private EcosystemCoverage coverage(PackageType type, int packages) {
        var ecosystem = ecosystem(type);
        long known = ecosystem.map(each -> records.getOrDefault(each, 0L)).orElse(0L);
        var name = ecosystem.map(Ecosystem::toString).orElse(type.purlType());
        State state;
        if (VersionScheme.of(type).isEmpty()) {
            state = State.NOT_COVERED;
        } else {
            state = known > 0 ? State.COVERED : State.DATA_MISSING;
        }
        return new EcosystemCoverage(name, type, state, packages, known);
    }

    private Optional<Ecosystem> ecosystem(PackageType type) {
        return type.ofDistribution()
                ? release.filter(known -> DistributionSearches.mayBring(known, type))
                        .map(Ecosystem::of)
                : Optional.of(Ecosystem.of(type));
    }
}
