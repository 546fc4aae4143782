package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Matches many images against the same data, and each distinct package once: what it found of a
/// package it tells again of every image that has it. The results are those of {@link Matcher}.
/// Safe for several threads.
///
/// It remembers up to {@link #MAX_REMEMBERED} packages; what it does not remember it matches anew.
public final class MatchMemory {

    /// In packages.
    static final int MAX_REMEMBERED = 500_000;

    private final AdvisorySource source;
    private final MatchOptions options;
    private final List<Coverage> coverage;
    private final ConcurrentMap<Key, PackageMatches> known = new ConcurrentHashMap<>();

    /// @param source stays the caller's to close
    public MatchMemory(AdvisorySource source, MatchOptions options) {
        this.source = source;
        this.options = options;
        this.coverage = source.coverage();
    }

    /// Everything of a package that what is found depends on, but for the data.
    ///
    /// @param release as which the image is judged
    /// @param symbols of a Go module, which tell what of it is in the program
    private record Key(
            Optional<DistributionRelease> release,
            PackageType type,
            String name,
            String version,
            Optional<SourcePackage> source,
            String architecture,
            String modularity,
            Optional<PackageUrl> ownedBy,
            Optional<String> symbols) {

        static Key of(Optional<DistributionRelease> release, ImagePackage item) {
            return new Key(
                    release,
                    item.type(),
                    item.name(),
                    item.version(),
                    item.source(),
                    item.architecture(),
                    item.modularity(),
                    item.ownedBy(),
                    Optional.ofNullable(item.properties().get(PackageProperty.SYMBOLS)));
        }
    }

    /// Matches every package of the image.
    public MatchResult match(Inventory inventory) {
        var release = Matcher.release(inventory, options);
        var matching = new PackageMatching(source, release, coverage, options);
        return Matcher.collect(inventory, source, release, matching, options, item -> {
            var key = Key.of(release, item);
            var found = known.get(key);
            if (found == null) {
                found = known.size() < MAX_REMEMBERED
                        ? known.computeIfAbsent(key, _ -> matching.of(bare(item)))
                        : matching.of(item);
            }
            return found;
        });
    }

    /// The package without what it has of its image and what nothing depends on, such as its list
    /// of files: that would stay in memory.
    private static ImagePackage bare(ImagePackage item) {
        var symbols = item.properties().get(PackageProperty.SYMBOLS);
        return new ImagePackage(
                item.purl(),
                item.type(),
                item.name(),
                item.version(),
                item.source(),
                item.architecture(),
                item.modularity(),
                item.evidence(),
                item.analyzer(),
                List.of(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                item.ownedBy(),
                List.of(),
                List.of(),
                symbols == null ? Map.of() : Map.of(PackageProperty.SYMBOLS, symbols));
    }

    /// How many distinct packages it remembers.
    public int size() {
        return known.size();
    }
}
