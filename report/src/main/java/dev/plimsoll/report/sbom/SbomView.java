package dev.plimsoll.report.sbom;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.inventory.sbom.PlimsollProperties;
import dev.plimsoll.purl.PackageUrl;
import dev.plimsoll.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// What every bill of materials says of an image, in the words of none: packages with identifiers, licences as
/// expressions, suppliers and edges. A function of the result alone, so the same result gives the same identifiers.
///
/// @param result what it is a view of
/// @param items in the inventory's order
/// @param identity what stands for the image: its id, else the next best that tells it from others
/// @param serial of the document; another inventory, time or version of Plimsoll gives another
/// @param created seconds of UTC, `2026-06-01T00:00:00Z`
/// @param properties of the image, see {@link PlimsollProperties}
/// @param licenseTexts texts of all `LicenseRef-`s, by their ids
record SbomView(
        Result result,
        List<Item> items,
        String identity,
        UUID serial,
        String created,
        Map<String, List<String>> properties,
        Map<String, String> licenseTexts) {

    /// What documents write where they assert nothing.
    static final String NO_ASSERTION = "NOASSERTION";

    /// One package.
    ///
    /// @param id sixteen hexadecimal digits, unique in the document
    /// @param needs ids of the packages that it needs, sorted
    /// @param owner id of the distribution's package that owns it
    /// @param properties what the format's own words do not say
    record Item(
            ImagePackage item,
            String id,
            Optional<Licensing> licensing,
            List<String> needs,
            Optional<String> owner,
            Map<String, List<String>> properties) {

        Optional<String> property(PackageProperty property) {
            return Optional.ofNullable(item.properties().get(property)).filter(text -> !text.isBlank());
        }

        /// Who supplies the package: its vendor, else where the distribution says it comes from, else who looks after
        /// it, else the distribution. {@link #NO_ASSERTION} where nobody says.
        String supplier() {
            return item.supplier().orElse(NO_ASSERTION);
        }

        Optional<Hash> hash() {
            return property(PackageProperty.DIGEST).flatMap(Hash::parse);
        }

        /// An address that may stand where a format wants one.
        Optional<String> address(PackageProperty property) {
            return property(property).filter(Addresses::isOne);
        }

        /// The licences as one expression; empty where nothing is said, or nothing of it was understood.
        Optional<String> expression() {
            return licensing
                    .filter(found -> found.onlyText().isEmpty())
                    .map(found -> found.expression().toString());
        }

        /// Where the identification comes from.
        Identification identification() {
            return Identification.of(item);
        }
    }

    static SbomView of(Result result) {
        var inventory = result.inventory();
        var ids = new LinkedHashMap<String, ImagePackage>();
        var byPurl = new TreeMap<PackageUrl, String>();
        for (var item : inventory.packages()) {
            var id = id(item, ids);
            ids.put(id, item);
            // of a package that is both installed and declared, the installed one
            if (item.evidence() == Evidence.INSTALLED) {
                byPurl.putIfAbsent(item.purl(), id);
            }
        }
        ids.forEach((id, item) -> byPurl.putIfAbsent(item.purl(), id));
        var items = new ArrayList<Item>();
        var texts = new TreeMap<String, String>();
        ids.forEach((id, item) -> {
            var licensing = Licensing.of(item.type(), item.licenses());
            licensing.ifPresent(found -> found.references().forEach(texts::putIfAbsent));
            var elsewhere = item.dependencies().stream()
                    .filter(url -> !byPurl.containsKey(url))
                    .toList();
            var needs = new TreeSet<String>();
            item.dependencies()
                    .forEach(url -> Optional.ofNullable(byPurl.get(url)).ifPresent(needs::add));
            needs.remove(id);
            items.add(new Item(
                    item,
                    id,
                    licensing,
                    List.copyOf(needs),
                    item.ownedBy().map(byPurl::get),
                    PlimsollProperties.of(item, elsewhere)));
        });
        var properties = PlimsollProperties.of(inventory);
        return new SbomView(
                result,
                items,
                identity(result),
                serial(result, items, properties),
                result.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString(),
                properties,
                texts);
    }

    private static String id(ImagePackage item, Map<String, ImagePackage> taken) {
        var text = item.purl() + " " + item.evidence();
        var id = Identifiers.digits(text);
        for (int i = 2; taken.containsKey(id); i++) {
            id = Identifiers.digits(text + " " + i);
        }
        return id;
    }

    private static String identity(Result result) {
        var image = result.inventory().image();
        return image.id()
                .or(image::manifestDigest)
                .map(Object::toString)
                .or(() -> result.inventory().document().map(document -> "document:" + document.digest()))
                .orElseGet(() -> "image:" + result.imageName());
    }

    private static UUID serial(Result result, List<Item> items, Map<String, List<String>> properties) {
        var content = new StringBuilder(identity(result))
                .append('\n')
                .append(result.imageName())
                .append('\n')
                .append(result.at())
                .append('\n')
                .append(result.toolVersion())
                .append('\n')
                .append(PlimsollProperties.json(properties));
        for (var item : items) {
            content.append('\n').append(item.id()).append(PlimsollProperties.json(item.properties()));
            item.needs().forEach(need -> content.append(' ').append(need));
        }
        return Identifiers.named(content.toString());
    }

    Inventory inventory() {
        return result.inventory();
    }

    /// The image's own digest, where it has one.
    Optional<String> imageDigest() {
        var image = inventory().image();
        return image.manifestDigest().or(image::id).map(Object::toString);
    }

    /// The package URL of the image, where its manifest and a name are known.
    ///
    /// Source: purl-spec, type `oci`.
    Optional<String> imagePurl() {
        var image = inventory().image();
        return image.manifestDigest()
                .flatMap(digest -> image.names().stream()
                        .filter(name -> name.lastIndexOf(':') > name.lastIndexOf('/'))
                        .findFirst()
                        .map(name -> {
                            var repository = name.substring(0, name.lastIndexOf(':'));
                            var qualifiers = new TreeMap<String, String>();
                            qualifiers.put("repository_url", repository);
                            qualifiers.put("tag", name.substring(name.lastIndexOf(':') + 1));
                            image.platform().ifPresent(platform -> qualifiers.put("arch", platform.architecture()));
                            return new PackageUrl(
                                            "oci",
                                            "",
                                            repository
                                                    .substring(repository.lastIndexOf('/') + 1)
                                                    .toLowerCase(java.util.Locale.ROOT),
                                            digest.toString(),
                                            qualifiers,
                                            "")
                                    .toString();
                        }));
    }

    /// What a person should know before trusting the list to be whole; empty where nothing is known to be missing.
    Optional<String> incompleteness() {
        int count = inventory().unknowns().size();
        return count == 0
                ? Optional.empty()
                : Optional.of((count == 1 ? "1 place" : count + " places")
                        + " could not be read, so packages may be missing; the properties of the image list them");
    }
}
