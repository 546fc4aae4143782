package dev.plimsoll.policy.waiver;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.Glob;
import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.pattern.NamePattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// What a waiver covers: a result that fits one entry of every condition. A condition without entries asks nothing.
///
/// @param ids of vulnerabilities, or of results
/// @param paths globs: all files that the result is about must fit one
/// @param layers digests of a blob or of the unpacked layer: all that the result is about must lie in one
public record Scope(
        List<NamePattern> ids,
        List<PackagePattern> packages,
        List<ImagePattern> images,
        List<Glob> paths,
        List<Digest> layers,
        List<RulePattern> gates) {

    /// `*`, `CVE-*`: all ids of a kind.
    private static final Pattern EVERY_ID = Pattern.compile("([A-Za-z]+-)?\\*+");

    public Scope {
        ids = List.copyOf(ids);
        packages = List.copyOf(packages);
        images = List.copyOf(images);
        paths = List.copyOf(paths);
        layers = List.copyOf(layers);
        gates = List.copyOf(gates);
    }

    /// Whether it may cover results of that image.
    public boolean concerns(ImageName name, ImageFacts facts) {
        return images.isEmpty() || images.stream().anyMatch(pattern -> pattern.matches(name, facts));
    }

    /// Whether it covers a result of an image that it {@link #concerns}.
    ///
    /// @param resultIds of {@link #idsOf} the result, for one of many scopes
    public boolean covers(RuleResult result, Set<String> resultIds, ImageFacts facts) {
        return (gates.isEmpty() || gates.stream().anyMatch(rule -> rule.matches(result.gate(), result.trigger())))
                && coversId(resultIds)
                && coversPackage(result)
                && coversPaths(result)
                && coversLayers(result, facts);
    }

    /// All ids by which a result can be meant: its own, and those of the vulnerability with its aliases.
    public static Set<String> idsOf(RuleResult result) {
        var ids = new LinkedHashSet<String>();
        result.finding().ifPresent(finding -> {
            ids.add(finding.id());
            ids.addAll(finding.ids());
        });
        ids.add(result.triggerId());
        ids.add(result.stableId());
        ids.addAll(result.otherIds());
        return ids;
    }

    private boolean coversId(Set<String> known) {
        if (ids.isEmpty()) {
            return true;
        }
        for (var pattern : ids) {
            var exact = pattern.exactName();
            if (exact.isPresent() ? known.contains(exact.get()) : known.stream().anyMatch(pattern::matches)) {
                return true;
            }
        }
        return false;
    }

    private boolean coversPackage(RuleResult result) {
        return packages.isEmpty()
                || result.item()
                        .map(item -> packages.stream().anyMatch(pattern -> pattern.matches(item)))
                        .orElse(false);
    }

    private boolean coversPaths(RuleResult result) {
        return paths.isEmpty()
                || (!result.places().isEmpty()
                        && result.places().stream()
                                .map(Location::path)
                                .allMatch(path -> paths.stream().anyMatch(glob -> glob.matches(path))));
    }

    private boolean coversLayers(RuleResult result, ImageFacts facts) {
        if (layers.isEmpty()) {
            return true;
        }
        var indices = new ArrayList<OptionalInt>();
        result.item()
                .ifPresentOrElse(
                        item -> indices.add(item.layer()),
                        () -> result.places().forEach(place -> indices.add(place.layer())));
        return !indices.isEmpty() && indices.stream().allMatch(index -> isNamed(index, facts));
    }

    private boolean isNamed(OptionalInt index, ImageFacts facts) {
        if (index.isEmpty() || index.getAsInt() >= facts.layers().size()) {
            return false;
        }
        var layer = facts.layers().get(index.getAsInt());
        return layer.digest().map(layers::contains).orElse(false)
                || layer.diffId().map(layers::contains).orElse(false);
    }

    /// What makes it cover more than a reader can oversee, one clause each; none where all is well.
    public List<String> breadth() {
        var clauses = new ArrayList<String>();
        if (ids.isEmpty()) {
            clauses.add("its scope names no id");
        }
        ids.stream()
                .filter(pattern -> EVERY_ID.matcher(pattern.toString()).matches())
                .forEach(pattern -> clauses.add("its scope names the ids '" + pattern + "'"));
        packages.stream()
                .filter(PackagePattern::fitsAll)
                .forEach(pattern -> clauses.add("its scope names the packages '" + pattern + "'"));
        images.stream()
                .filter(ImagePattern::fitsAll)
                .forEach(pattern -> clauses.add("its scope names the images '" + pattern + "'"));
        paths.stream()
                .filter(glob -> glob.text().chars().allMatch(c -> c == '*' || c == '/'))
                .forEach(glob -> clauses.add("its scope names the paths '" + glob.text() + "'"));
        return clauses;
    }
}
