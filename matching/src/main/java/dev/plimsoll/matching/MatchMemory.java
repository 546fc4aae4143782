package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.inventory.Inventory;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Matches many images against the same data, and each distinct package once: what it found of a
/// package it tells again of every image that has it. The results are those of {@link Matcher}.
/// Safe for several threads.
///
/// It remembers up to {@link #MAX_REMEMBERED} packages, or as many as it is told; what it does not remember it matches
/// anew.
public final class MatchMemory {

    /// In packages.
    static final int MAX_REMEMBERED = 500_000;

    private final AdvisorySource source;
    private final MatchOptions options;
    private final int remembered;
    private final List<Coverage> coverage;
    private final ConcurrentMap<DistinctPackage, PackageMatches> known = new ConcurrentHashMap<>();

    /// @param source stays the caller's to close
    public MatchMemory(AdvisorySource source, MatchOptions options) {
        this(source, options, MAX_REMEMBERED);
    }

    /// @param source stays the caller's to close
    /// @param remembered most packages that it remembers; 0 for a run that asks of each package once
    public MatchMemory(AdvisorySource source, MatchOptions options, int remembered) {
        this.source = source;
        this.options = options;
        this.remembered = remembered;
        this.coverage = source.coverage();
    }

    /// Matches every package of the image.
    public MatchResult match(Inventory inventory) {
        var release = Matcher.release(inventory, options);
        var matching = new PackageMatching(source, release, coverage, options);
        return Matcher.collect(
                inventory,
                source,
                release,
                matching,
                options,
                item -> known(DistinctPackage.of(release, item), matching));
    }

    /// What is found of one package, with {@link DistinctPackage#item()} as the findings' package.
    public PackageMatches of(DistinctPackage item) {
        return known(item, new PackageMatching(source, item.release(), coverage, options));
    }

    private PackageMatches known(DistinctPackage item, PackageMatching matching) {
        var found = known.get(item);
        if (found == null) {
            found = known.size() < remembered
                    ? known.computeIfAbsent(item, _ -> matching.of(item.item()))
                    : matching.of(item.item());
        }
        return found;
    }

    /// How many distinct packages it remembers.
    public int size() {
        return known.size();
    }
}
