package dev.plimsoll.server.packages;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.DistinctPackage;
import dev.plimsoll.matching.MatchOptions;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The distinct packages of an image by the layer that brought them.
///
/// @param byLayer by index of the layer; -1 where that is not known
public record ImagePackages(Map<Integer, Set<DistinctPackage>> byLayer) {

    /// What an inventory holds.
    public static ImagePackages of(Inventory inventory) {
        var release = DistinctPackage.release(inventory, MatchOptions.DEFAULT);
        var byLayer = new TreeMap<Integer, Set<DistinctPackage>>();
        for (var item : inventory.packages()) {
            byLayer.computeIfAbsent(item.layer().orElse(-1), _ -> new LinkedHashSet<>())
                    .add(DistinctPackage.of(release, item));
        }
        return new ImagePackages(byLayer);
    }

    /// All of them.
    public Set<DistinctPackage> all() {
        var all = new LinkedHashSet<DistinctPackage>();
        byLayer.values().forEach(all::addAll);
        return all;
    }

    /// Says that an image has them.
    ///
    /// @param ids of all of them
    public void store(Handle handle, long imageId, Map<DistinctPackage, Integer> ids) {
        PackageSets.store(
                handle,
                imageId,
                byLayer.values().stream()
                        .map(layer -> {
                            SortedSet<Integer> set = new TreeSet<>();
                            layer.forEach(item -> set.add(ids.get(item)));
                            return set;
                        })
                        .toList());
    }
}
