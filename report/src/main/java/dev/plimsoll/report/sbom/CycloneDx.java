package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.PackageProperty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What CycloneDX says of a package and of a document, whatever it is written in.
///
/// Source: CycloneDX 1.6 and 1.7, JSON reference and XML schema.
final class CycloneDx {

    /// A CPE 2.3 name, as the XML schema checks it, roughly: whatever has another form stays a property.
    private static final Pattern CPE = Pattern.compile(
            "cpe:2\\.3:[aho](?::(?:[A-Za-z0-9*?._-]|\\\\[\\\\*?!\"#$%&'()+,/:;<=>@\\[\\]^`{|}~-])+){10}");

    /// When the image was looked at: after it was built.
    static final String LIFECYCLE = "post-build";

    /// Who says so, for the author of the data.
    static final String AUTHOR = "Plimsoll";

    private CycloneDx() {}

    /// A package's reference in the document: its URL where no other has it.
    static String reference(SbomView.Item item) {
        return item.item().purl() + "#" + item.id();
    }

    static String type(ImagePackage item) {
        return switch (item.type()) {
            case GENERIC, SNAP, WORDPRESS_PLUGIN, WORDPRESS_THEME -> "application";
            case HUGGINGFACE -> "machine-learning-model";
            default -> "library";
        };
    }

    /// The part of the name before the last; distributions have none.
    static String group(ImagePackage item) {
        return item.type().ofDistribution() ? "" : item.purl().namespace();
    }

    static String name(ImagePackage item) {
        return group(item).isEmpty() ? item.name() : item.purl().name();
    }

    /// `optional` and `excluded` for what lock files list for development alone; empty for what is simply there.
    static Optional<String> scope(SbomView.Item item) {
        return item.property(PackageProperty.SCOPE).flatMap(scope -> switch (scope) {
            case "optional" -> Optional.of("optional");
            case "development" -> Optional.of("excluded");
            default -> Optional.empty();
        });
    }

    /// The one CPE name that a component can have.
    static Optional<String> cpe(ImagePackage item) {
        return item.cpes().stream().filter(name -> CPE.matcher(name).matches()).findFirst();
    }

    /// What stands beside a place of the image: the layer, counted from 0, and its digest.
    static Optional<String> context(Location location, ImageFacts image) {
        if (location.layer().isEmpty()) {
            return Optional.empty();
        }
        int layer = location.layer().getAsInt();
        var text = "layer " + layer;
        return Optional.of(
                layer < image.layers().size()
                        ? text
                                + image.layers()
                                        .get(layer)
                                        .diffId()
                                        .map(digest -> " " + digest)
                                        .orElse("")
                        : text);
    }

    /// An edge list: a reference and what it needs.
    record Edges(String reference, List<String> needs) {}

    /// The image needs nothing that anybody knows; each package what its evidence says.
    static List<Edges> edges(SbomView view) {
        var references = new HashMap<String, String>();
        view.items().forEach(item -> references.put(item.id(), reference(item)));
        var edges = new ArrayList<Edges>();
        edges.add(new Edges(
                view.identity(), view.items().stream().map(CycloneDx::reference).toList()));
        for (var item : view.items()) {
            edges.add(new Edges(
                    reference(item),
                    item.needs().stream()
                            .map(id -> references.getOrDefault(id, id))
                            .toList()));
        }
        return edges;
    }
}
