package dev.plimsoll.matching;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.inventory.ImagePackage;
import java.util.Comparator;
import java.util.Optional;

/// A package that is a product with a life cycle of its own, such as a language's runtime.
///
/// @param item the package
/// @param product as endoflife.date names it, `python`
/// @param kind what sort of product it is
/// @param release the version's leading numbers, `3.11.4`, by which the release is looked up
/// @param byDistribution whether the distribution ships it, and mends it as long as the distribution lives
/// @param lifecycle empty where the data knows no such release
public record ProductLifecycle(
        ImagePackage item,
        String product,
        Kind kind,
        String release,
        boolean byDistribution,
        Optional<Lifecycle> lifecycle)
        implements Comparable<ProductLifecycle> {

    private static final Comparator<ProductLifecycle> ORDER = Comparator.comparing(ProductLifecycle::product)
            .thenComparing(ProductLifecycle::release)
            .thenComparing(found -> found.item().purl())
            .thenComparing(found -> found.item().locations().isEmpty()
                    ? ""
                    : found.item().locations().getFirst().path());

    /// What sort of product it is.
    public enum Kind {
        /// What runs programs, or runs as a server: Python, nginx, PostgreSQL.
        RUNTIME,
        /// What programs are built with: Django, Spring Boot.
        FRAMEWORK
    }

    @Override
    public int compareTo(ProductLifecycle other) {
        return ORDER.compare(this, other);
    }
}
