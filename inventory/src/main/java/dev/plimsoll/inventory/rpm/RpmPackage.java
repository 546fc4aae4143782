package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What a header says of a package.
final class RpmPackage {

    /// Imported keys are kept as packages of this name.
    private static final String KEY = "gpg-pubkey";

    private static final String SOURCE_ENDING = ".src.rpm";

    private RpmPackage() {}

    /// What came of a header.
    sealed interface Reading {
        record Found(PackageFound item) implements Reading {}

        /// A key, which is no package.
        record Key() implements Reading {}

        /// A header without what makes a package.
        record Incomplete(String reason) implements Reading {}
    }

    static Reading of(RpmHeader header) {
        var name = header.text(RpmHeader.NAME).orElse("");
        if (name.equals(KEY)) {
            return new Reading.Key();
        }
        var version = header.text(RpmHeader.VERSION).orElse("");
        var release = header.text(RpmHeader.RELEASE).orElse("");
        if (name.isEmpty() || version.isEmpty()) {
            return new Reading.Incomplete(name.isEmpty() ? "a package without a name" : "package " + name + " without a version");
        }
        var plain = release.isEmpty() ? version : version + "-" + release;
        var epoch = header.number(RpmHeader.EPOCH);
        var architecture = header.text(RpmHeader.ARCHITECTURE).orElse("");
        var sourceFile = header.text(RpmHeader.SOURCE_RPM).orElse("");
        var qualifiers = new TreeMap<String, String>();
        put(qualifiers, "arch", architecture);
        put(qualifiers, "upstream", sourceFile);
        epoch.ifPresent(value -> qualifiers.put("epoch", value.toString()));
        return new Reading.Found(new PackageFound(
                PackageType.RPM,
                "",
                name,
                epoch.map(value -> value + ":" + plain).orElse(plain),
                source(sourceFile),
                architecture,
                header.text(RpmHeader.MODULARITY_LABEL).orElse(""),
                Evidence.INSTALLED,
                "",
                qualifiers,
                header.text(RpmHeader.LICENSE).map(List::of).orElse(List.of()),
                files(header),
                ""));
    }

    private static void put(TreeMap<String, String> qualifiers, String key, String value) {
        if (!value.isEmpty() && !value.equals("(none)")) {
            qualifiers.put(key, value);
        }
    }

    /// `name-version-release.src.rpm`; an epoch is never part of it.
    private static Optional<SourcePackage> source(String file) {
        if (!file.endsWith(SOURCE_ENDING)) {
            return Optional.empty();
        }
        var plain = file.substring(0, file.length() - SOURCE_ENDING.length());
        var release = plain.lastIndexOf('-');
        var version = release <= 0 ? -1 : plain.lastIndexOf('-', release - 1);
        return version <= 0
                ? Optional.empty()
                : Optional.of(new SourcePackage(plain.substring(0, version), plain.substring(version + 1)));
    }

    private static List<String> files(RpmHeader header) {
        var names = header.texts(RpmHeader.BASE_NAMES);
        var folders = header.texts(RpmHeader.DIRECTORY_NAMES);
        var indexes = header.numbers(RpmHeader.DIRECTORY_INDEXES);
        var files = new ArrayList<String>();
        for (int i = 0; i < Math.min(names.size(), indexes.length); i++) {
            if (indexes[i] >= 0 && indexes[i] < folders.size()) {
                var path = folders.get(indexes[i]) + names.get(i);
                files.add(path.startsWith("/") ? path.substring(1) : path);
            }
        }
        return files;
    }
}
