package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the packages of the image that others name as what they need. What is not in the image is left out: that it
/// is wanted is no fact about the image.
final class Dependencies {

    /// In candidates for one name; an image with more copies of one package than that tells nothing by a choice.
    static final int MAX_CANDIDATES = 1_000;

    private final List<ImagePackage> packages;
    private final Map<String, List<ImagePackage>> byName = new HashMap<>();

    Dependencies(List<ImagePackage> packages) {
        this.packages = packages;
        for (var item : packages) {
            var names = new HashSet<String>();
            names.add(item.name());
            names.add(PackageUrl.comparableName(item.type(), item.name()));
            var provided = item.properties().getOrDefault(PackageProperty.PROVIDES, "");
            if (!provided.isEmpty()) {
                names.addAll(List.of(provided.split(" ", -1)));
            }
            for (var name : names) {
                var named = byName.computeIfAbsent(key(item.type(), name), _ -> new ArrayList<>(1));
                if (named.size() < MAX_CANDIDATES) {
                    named.add(item);
                }
            }
        }
    }

    private static String key(PackageType type, String name) {
        return type + " " + name;
    }

    /// The packages, each with those that it needs.
    ///
    /// @param needed by package URL, see {@link dev.plimsoll.inventory.Fact.PackageFound#dependencies()}
    List<ImagePackage> resolved(Map<String, Set<String>> needed) {
        return packages.stream()
                .map(item -> {
                    var names = needed.getOrDefault(item.purl().toString(), Set.of());
                    return names.isEmpty() ? item : item.withDependencies(found(item, names));
                })
                .toList();
    }

    private List<PackageUrl> found(ImagePackage item, Set<String> names) {
        var found = new ArrayList<PackageUrl>();
        for (var name : names) {
            one(item, name)
                    .map(ImagePackage::purl)
                    .filter(purl -> !purl.equals(item.purl()))
                    .ifPresent(found::add);
        }
        return found;
    }

    private Optional<ImagePackage> one(ImagePackage item, String reference) {
        var exact = byName.get(key(item.type(), reference));
        var at = reference.lastIndexOf('@');
        if (exact == null && at > 0) {
            var version = reference.substring(at + 1);
            return byName.getOrDefault(key(item.type(), reference.substring(0, at)), List.of()).stream()
                    .filter(candidate -> candidate.version().equals(version))
                    .findFirst();
        }
        return exact == null ? Optional.empty() : nearest(item, exact);
    }

    /// Of several the one of the same architecture that lies nearest: npm and others look from the inside outwards.
    private static Optional<ImagePackage> nearest(ImagePackage item, List<ImagePackage> candidates) {
        if (candidates.size() == 1) {
            return Optional.of(candidates.getFirst());
        }
        ImagePackage best = candidates.getFirst();
        int most = -1;
        for (var candidate : candidates) {
            int near = 2 * common(item, candidate) + (candidate.architecture().equals(item.architecture()) ? 1 : 0);
            if (near > most) {
                most = near;
                best = candidate;
            }
        }
        return Optional.of(best);
    }

    /// Folders that the nearest two of their places have in common.
    private static int common(ImagePackage item, ImagePackage candidate) {
        int most = 0;
        for (var left : item.locations()) {
            for (var right : candidate.locations()) {
                most = Math.max(most, common(left.path(), right.path()));
            }
        }
        return most;
    }

    private static int common(String left, String right) {
        int folders = 0;
        for (int i = 0; i < Math.min(left.length(), right.length()) && left.charAt(i) == right.charAt(i); i++) {
            if (left.charAt(i) == '/') {
                folders++;
            }
        }
        return folders;
    }
}
