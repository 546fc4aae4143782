package dev.plimsoll.policy.background;

import dev.plimsoll.purl.PackageType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What registries of packages hold: which packages there are, and their versions.
///
/// Format: docs/background.md.
///
/// @param packages by type and name; a type that is there is told in full
public record PackageIndex(Map<PackageType, Map<String, Entry>> packages) {

    public PackageIndex {
        var copy = new EnumMap<PackageType, Map<String, Entry>>(PackageType.class);
        packages.forEach((type, entries) -> copy.put(type, Map.copyOf(entries)));
        packages = Collections.unmodifiableMap(copy);
    }

    /// A package of a registry.
    ///
    /// @param latest the newest version; empty where the index does not say
    /// @param versions all versions, in the order of the index; empty where it does not say
    public record Entry(Optional<String> latest, Set<String> versions) {
        public Entry {
            versions = Collections.unmodifiableSet(new LinkedHashSet<>(versions));
        }
    }

    /// Whether the index tells of packages of that type.
    public boolean covers(PackageType type) {
        return packages.containsKey(type);
    }

    /// The package of that name; empty where the registry has none, or the index does not cover the type.
    public Optional<Entry> find(PackageType type, String name) {
        return Optional.ofNullable(packages.getOrDefault(type, Map.of()).get(name));
    }
}
