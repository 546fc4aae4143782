package dev.plimsoll.matching;

import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.matching.ProductTable.Product;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the products with a life cycle of their own among an image's packages, and looks their releases up.
final class Products {

    /// Who builds OpenJDK, by a word of the vendor that its `release` file names, and the product that it is then.
    ///
    /// Source: the `IMPLEMENTOR` of the vendors' builds.
    private static final Map<String, String> MAKERS_OF_JAVA = Map.of(
            "adoptium", "eclipse-temurin",
            "amazon", "amazon-corretto",
            "azul", "azul-zulu",
            "bellsoft", "bellsoft-liberica",
            "ibm", "ibm-semeru",
            "international business machines", "ibm-semeru",
            "microsoft", "microsoft-build-of-openjdk",
            "oracle", "openjdk-builds-from-oracle",
            "red hat", "red-hat-build-of-openjdk",
            "sap", "sapmachine");

    /// What versions say that no distribution but the makers themselves, or a third party, built.
    private static final List<String> THIRD_PARTIES =
            List.of("nodesource", "pgdg", "sury", ".remi", "bullseye", "bookworm", "trixie", "focal", "jammy", "noble");

    /// Beginnings of names of packages that no distribution has.
    private static final List<String> NAMES_OF_MAKERS = List.of("temurin-", "zulu", "mongodb-org", "mysql-community");

    private Products() {}

    static List<ProductLifecycle> of(List<ImagePackage> packages, AdvisorySource source) {
        var found = new ArrayList<ProductLifecycle>();
        for (var item : packages) {
            product(item).ifPresent(product -> found.add(lifecycle(item, product, source)));
        }
        return found;
    }

    private static ProductLifecycle lifecycle(ImagePackage item, Product product, AdvisorySource source) {
        var name = product.name().equals(ProductTable.OPENJDK) ? makerOfJava(item) : product.name();
        var release = release(item.version());
        var asked = isJava(product) ? release.replaceFirst("^1\\.", "") : release;
        return new ProductLifecycle(
                item,
                name,
                product.kind(),
                asked,
                isByDistribution(item),
                asked.isEmpty() ? Optional.empty() : source.lifecycle(name, asked));
    }

    private static Optional<Product> product(ImagePackage item) {
        if (item.type().ofDistribution()) {
            return ProductTable.ofDistribution(item.name());
        }
        var product = ProductTable.ofLanguage(
                item.type(), item.type() == PackageType.GENERIC ? item.purl().name() : item.name());
        // the program of a package that is the product itself would be told twice
        return product.filter(found -> item.ownedBy()
                .map(PackageUrl::name)
                .flatMap(ProductTable::ofDistribution)
                .filter(owner -> owner.name().equals(found.name()) || (isJava(owner) && isJava(found)))
                .isEmpty());
    }

    /// The names of the products that it may be; several where only its vendor tells.
    static List<String> names(ImagePackage item) {
        return product(item)
                .map(found -> found.name().equals(ProductTable.OPENJDK)
                        ? Stream.concat(Stream.of(ProductTable.OPENJDK), MAKERS_OF_JAVA.values().stream())
                                .distinct()
                                .sorted()
                                .toList()
                        : List.of(found.name()))
                .orElse(List.of());
    }

    private static boolean isByDistribution(ImagePackage item) {
        if (item.type().ofDistribution()) {
            return !isByThirdParty(item.name(), item.version());
        }
        return item.ownedBy()
                .filter(owner -> !isByThirdParty(owner.name(), owner.version()))
                .isPresent();
    }

    private static boolean isByThirdParty(String name, String version) {
        return NAMES_OF_MAKERS.stream().anyMatch(name::startsWith)
                || name.contains("amazon-corretto")
                || THIRD_PARTIES.stream().anyMatch(version::contains);
    }

    private static boolean isJava(Product product) {
        return product.name().equals(ProductTable.OPENJDK)
                || product.name().equals("oracle-jdk")
                || MAKERS_OF_JAVA.containsValue(product.name());
    }

    private static String makerOfJava(ImagePackage item) {
        var vendor = item.properties().getOrDefault(PackageProperty.VENDOR, "").toLowerCase(Locale.ROOT);
        return MAKERS_OF_JAVA.entrySet().stream()
                .filter(maker -> vendor.contains(maker.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElse(ProductTable.OPENJDK);
    }

    /// The numbers with points between them that the upstream version begins with: `3.11.2` of `1:3.11.2-6+b1`.
    static String release(String version) {
        int start = version.indexOf(':') + 1;
        if (start < version.length() && version.charAt(start) == 'v') {
            start++;
        }
        int end = start;
        while (end < version.length()
                && (isDigit(version, end) || (version.charAt(end) == '.' && isDigit(version, end + 1)))) {
            end++;
        }
        return version.substring(start, end);
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
