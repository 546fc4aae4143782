package dev.plimsoll.policy.background;

import dev.plimsoll.inventory.ImagePackage;
import java.util.Comparator;

/// What a package is whatever its version, so that two runs can be compared.
///
/// @param type of its package URL: `deb`
/// @param name as the inventory has it
public record PackageKey(String type, String name) implements Comparable<PackageKey> {

    private static final Comparator<PackageKey> ORDER =
            Comparator.comparing(PackageKey::name).thenComparing(PackageKey::type);

    public static PackageKey of(ImagePackage item) {
        return new PackageKey(item.type().purlType(), item.name());
    }

    @Override
    public int compareTo(PackageKey other) {
        return ORDER.compare(this, other);
    }
}
