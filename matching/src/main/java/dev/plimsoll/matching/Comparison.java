package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.PackageAdvisory;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.matching.Hit.Outcome;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.RangeCheck;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks packages up and compares their versions. One run, one thread: look-ups are kept, because images hold a
/// package often.
final class Comparison {

    private record Key(Ecosystem ecosystem, String name) {}

    private final AdvisorySource source;
    private final Optional<DistributionRelease> release;
    private final Map<Key, List<PackageAdvisory>> found = new HashMap<>();

    Comparison(AdvisorySource source, Optional<DistributionRelease> release) {
        this.source = source;
        this.release = release;
    }

    /// Every record that is kept under one of the package's names, with what comparing gave.
    List<Hit> hits(ImagePackage item) {
        var hits = new ArrayList<Hit>();
        for (var search : searches(item, release)) {
            for (var record : found.computeIfAbsent(
                    new Key(search.ecosystem(), search.name()), key -> source.find(key.ecosystem(), key.name()))) {
                if (speaksOf(search, record)) {
                    hits.add(new Hit(search, record, outcome(item, search, record)));
                }
            }
        }
        return hits;
    }

    /// None where the versions of the type cannot be compared yet.
    static List<Search> searches(ImagePackage item, Optional<DistributionRelease> release) {
        return VersionScheme.of(item.type()).isEmpty()
                ? List.of()
                : PackageMatchers.of(item.type()).searches(item, release);
    }

    /// A record of source packages is not for the look-up by the binary's name, nor the other way round.
    static boolean speaksOf(Search search, PackageAdvisory record) {
        return record.affected().ofSource() == search.ofSource();
    }

    Outcome outcome(ImagePackage item, Search search, PackageAdvisory record) {
        var matcher = PackageMatchers.of(item.type());
        var inapplicable = matcher.inapplicable(item, record);
        if (inapplicable.isPresent()) {
            return new Outcome.Inapplicable(inapplicable.get());
        }
        if (record.affected().fixState() == FixState.NOT_AFFECTED) {
            return new Outcome.NotAffected();
        }
        var scheme = VersionScheme.of(item.type()).orElseThrow();
        return switch (matcher.check(scheme, search, record.affected().affected())) {
            case RangeCheck.Inside inside ->
                new Outcome.Affected(inside.interval().toString());
            case RangeCheck.Outside _ -> new Outcome.Outside();
            case RangeCheck.CannotJudge cannotJudge -> new Outcome.CannotJudge(cannotJudge.reason());
        };
    }
}
