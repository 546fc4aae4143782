package dev.plimsoll.report.waiver;

import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.waiver.ImagePattern;
import dev.plimsoll.policy.waiver.Scope;
import dev.plimsoll.policy.waiver.Waiver;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.report.waiver.CheckedResult.CheckedFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Of which vulnerability in which products a waiver speaks: what results of `check` say, else what its scope says
/// itself. What would say more than the waiver does is left, with the reason.
final class VexSubjects {

    private final OpenVex.Options options;
    private final List<String> left = new ArrayList<>();
    /// Vulnerabilities in packages that count, by result.
    private final IdentityHashMap<CheckedResult, Set<String>> counting = new IdentityHashMap<>();

    VexSubjects(OpenVex.Options options) {
        this.options = options;
    }

    /// @param aliases other ids, sorted
    record Subject(String vulnerability, List<String> aliases, List<Product> products) {}

    /// @param subcomponents package URLs of what in it is meant; none for all of it
    record Product(String purl, List<String> subcomponents) {}

    /// What could not be said, one sentence each.
    List<String> left() {
        return left;
    }

    List<Subject> of(Waiver waiver) {
        switch (waiver.validityAt(options.at())) {
            case EXPIRED -> {
                leave(waiver, "expired on " + waiver.until().orElseThrow());
                return List.of();
            }
            case PENDING -> {
                leave(waiver, "begins on " + waiver.from().orElseThrow());
                return List.of();
            }
            case VALID -> {}
        }
        return options.results().isEmpty() ? ofScope(waiver) : ofResults(waiver);
    }

    private void leave(Waiver waiver, String why) {
        left.add("waiver " + waiver.id() + ": " + why);
    }

    private List<Subject> ofResults(Waiver waiver) {
        Map<String, Set<String>> aliases = new TreeMap<>();
        Map<String, Map<String, Set<String>>> packages = new TreeMap<>();
        boolean used = false;
        for (var result : options.results()) {
            for (var finding : result.findings()) {
                if (!finding.waiver().equals(Optional.of(waiver.id()))) {
                    continue;
                }
                used = true;
                if (countsElsewhere(result, finding)) {
                    leave(
                            waiver,
                            finding.id() + " in " + finding.purl() + " of " + result.imageName()
                                    + " counts in another place of the image, which a product cannot tell apart");
                    continue;
                }
                var products = products(result);
                if (products.isEmpty()) {
                    leave(waiver, "the image of a result has no name: --product says which package URL it has");
                    continue;
                }
                aliases.computeIfAbsent(finding.id(), _ -> new TreeSet<>()).addAll(finding.aliases());
                var ofId = packages.computeIfAbsent(finding.id(), _ -> new TreeMap<>());
                products.forEach(product ->
                        ofId.computeIfAbsent(product, _ -> new TreeSet<>()).add(finding.purl()));
            }
        }
        if (!used) {
            leave(waiver, "covers no vulnerability in the results");
        }
        return packages.entrySet().stream()
                .map(entry -> new Subject(
                        entry.getKey(),
                        List.copyOf(aliases.getOrDefault(entry.getKey(), Set.of())),
                        entry.getValue().entrySet().stream()
                                .map(product -> new Product(product.getKey(), List.copyOf(product.getValue())))
                                .toList()))
                .toList();
    }

    /// Whether the same vulnerability of the same package is found where no waiver covers it.
    private boolean countsElsewhere(CheckedResult result, CheckedFinding finding) {
        return counting.computeIfAbsent(result, VexSubjects::counting).contains(finding.id() + "\n" + finding.purl());
    }

    private static Set<String> counting(CheckedResult result) {
        var keys = new HashSet<String>();
        result.findings().stream()
                .filter(finding -> finding.waiver().isEmpty())
                .forEach(finding -> keys.add(finding.id() + "\n" + finding.purl()));
        return keys;
    }

    private List<String> products(CheckedResult result) {
        if (!options.products().isEmpty()) {
            return options.products();
        }
        return image(result.imageName(), result.digest()).stream()
                .map(PackageUrl::toString)
                .toList();
    }

    private List<Subject> ofScope(Waiver waiver) {
        var scope = waiver.scope();
        var why = unsaid(scope);
        if (why.isPresent()) {
            leave(waiver, why.get() + ": a result of check says more, --result");
            return List.of();
        }
        var packages = scope.packages().stream()
                .map(pattern ->
                        PackageUrl.parse(pattern.toString()).orElseThrow().toString())
                .sorted()
                .distinct()
                .toList();
        var images = options.products().isEmpty()
                ? scope.images().stream()
                        .flatMap(pattern -> image(pattern).stream())
                        .map(PackageUrl::toString)
                        .toList()
                : options.products();
        if (images.isEmpty() && packages.isEmpty()) {
            leave(waiver, "names no product: --product, or a result of check, --result, says which");
            return List.of();
        }
        var products = images.isEmpty()
                ? packages.stream().map(purl -> new Product(purl, List.of())).toList()
                : images.stream()
                        .sorted()
                        .distinct()
                        .map(purl -> new Product(purl, packages))
                        .toList();
        var ids = new LinkedHashSet<String>();
        scope.ids().forEach(pattern -> ids.add(pattern.toString()));
        return ids.stream().map(id -> new Subject(id, List.of(), products)).toList();
    }

    /// What of the scope no product of OpenVEX can say.
    private Optional<String> unsaid(Scope scope) {
        if (scope.ids().isEmpty()) {
            return Optional.of("names no id of a vulnerability");
        }
        for (var id : scope.ids()) {
            if (id.exactName().isEmpty()
                    || id.toString().indexOf('+') >= 0
                    || id.toString().indexOf('-') < 0
                    || id.toString().indexOf(':') >= 0) {
                return Optional.of("'" + id + "' is not the id of one vulnerability");
            }
        }
        if (!scope.paths().isEmpty() || !scope.layers().isEmpty()) {
            return Optional.of("its paths or layers are no products");
        }
        for (var pattern : scope.packages()) {
            if (PackageUrl.parse(pattern.toString()).isEmpty()
                    || pattern.toString().indexOf('*') >= 0) {
                return Optional.of("'" + pattern + "' is not the package URL of one package");
            }
        }
        if (options.products().isEmpty()) {
            for (var image : scope.images()) {
                if (image(image).isEmpty() || image.toString().indexOf('*') >= 0) {
                    return Optional.of("'" + image + "' is not the name of one image");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<PackageUrl> image(ImagePattern pattern) {
        return pattern.name().flatMap(name -> image(name, pattern.digest().map(Object::toString)));
    }

    /// Source: package-url/purl-spec, type `oci`: the last part of the repository names it, the digest is its version,
    /// the
    /// repository and the tag are qualifiers.
    /// Empty for a name that names no repository.
    private static Optional<PackageUrl> image(String name, Optional<String> digest) {
        int slash = name.lastIndexOf('/');
        int colon = name.lastIndexOf(':');
        var repository = colon > slash ? name.substring(0, colon) : name;
        var parsed = ImageName.parse(repository);
        var whole = parsed.registry() + "/" + parsed.repository();
        var qualifiers = new TreeMap<String, String>();
        qualifiers.put("repository_url", whole);
        if (colon > slash) {
            qualifiers.put("tag", name.substring(colon + 1));
        }
        var last = whole.substring(whole.lastIndexOf('/') + 1);
        return last.isEmpty() || name.equals("*")
                ? Optional.empty()
                : Optional.of(new PackageUrl("oci", "", last, digest.orElse(""), qualifiers, ""));
    }
}
