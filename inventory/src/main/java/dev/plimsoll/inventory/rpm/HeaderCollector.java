package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes packages of the headers of one database, whatever kind of database holds them.
///
/// Source: rpm's manual, "Tags". Other facts name a package `name-version-release.architecture`. A package without
/// EPOCH has none, which is not the same as 0 in how it is written;
/// both order the same.
final class HeaderCollector {

    /// In packages; a full desktop has some thousand.
    static final int MAX_PACKAGES = 50_000;

    /// In files of one package; the largest packages of distributions have some ten thousand.
    static final int MAX_FILES = 200_000;

    /// In bytes; Linux's PATH_MAX.
    static final int MAX_PATH = 4096;

    /// In bytes of memory for the paths of all packages; a desktop's three hundred thousand files need about 40 MB.
    static final long MAX_PATHS = 64L << 20;

    /// In bytes of memory for the other texts of all packages.
    static final long MAX_TEXTS = 32L << 20;

    /// In bytes of memory for what all packages need and provide.
    static final long MAX_RELATIONS = 64L << 20;

    /// In bytes: what a text takes beside its characters.
    private static final int TEXT_OVERHEAD = 48;

    /// In characters; no vendor has a longer name.
    private static final int MAX_PROPERTY = 1000;

    /// Keys that rpm trusts are kept as if they were packages.
    private static final String PUBLIC_KEY = "gpg-pubkey";

    private final FactSink facts;
    private int packages;
    private long texts;
    private long paths;
    private long relations;

    HeaderCollector(FactSink facts) {
        this.facts = facts;
    }

    /// Takes one header; what is wrong with it becomes an unknown.
    ///
    /// @param place of the header in the database, for unknowns
    /// @return whether more can be taken
    boolean accept(String place, byte[] bytes) {
        try {
            return accept(place, RpmHeader.parse(bytes));
        } catch (DamagedHeaderException e) {
            facts.unknown(place, String.valueOf(e.getMessage()));
            return true;
        }
    }

    private boolean accept(String place, RpmHeader header) throws DamagedHeaderException {
        var name = header.text(RpmHeader.NAME).orElse("");
        var version = header.text(RpmHeader.VERSION).orElse("");
        var release = header.text(RpmHeader.RELEASE).orElse("");
        if (name.equals(PUBLIC_KEY)) {
            return true;
        }
        if (isNoWord(name) || isNoWord(version) || isNoWord(release)) {
            facts.unknown(
                    place,
                    isNoWord(name)
                            ? "a header without the name of a package"
                            : "package " + name + " has no version and release");
            return true;
        }
        var architecture = header.text(RpmHeader.ARCH).orElse("");
        var modularity = header.text(RpmHeader.MODULARITY_LABEL).orElse("");
        var sourceFile = header.text(RpmHeader.SOURCE_RPM).orElse("");
        var licenses = licenses(place, header);
        var epoch = header.number(RpmHeader.EPOCH);
        if (packages == MAX_PACKAGES) {
            facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
            return false;
        }
        for (var text :
                List.of(name, version, release, architecture, modularity, sourceFile, String.join("", licenses))) {
            texts += memory(text);
        }
        if (texts > MAX_TEXTS) {
            facts.unknown("", "its texts take over " + MAX_TEXTS + " bytes of memory; the rest was not read");
            return false;
        }
        packages++;
        var qualifiers = new TreeMap<String, String>();
        qualifiers.put("arch", architecture);
        qualifiers.put("upstream", sourceFile);
        epoch.ifPresent(number -> qualifiers.put("epoch", Long.toString(number)));
        qualifiers.values().removeIf(text -> text.isEmpty() || text.equals("(none)"));
        facts.add(new PackageFound(
                PackageType.RPM,
                "",
                name,
                (epoch.isPresent() ? epoch.getAsLong() + ":" : "") + version + "-" + release,
                SourceRpm.parse(sourceFile),
                architecture,
                modularity,
                Evidence.INSTALLED,
                key(header),
                qualifiers,
                licenses,
                paths(place, header),
                List.of(),
                needed(place, header, name),
                properties(place, header, name),
                ""));
        return true;
    }

    /// What other facts name the package by that a header tells of.
    static String key(RpmHeader header) throws DamagedHeaderException {
        return header.text(RpmHeader.NAME).orElse("")
                + "-"
                + header.text(RpmHeader.VERSION).orElse("")
                + "-"
                + header.text(RpmHeader.RELEASE).orElse("")
                + "."
                + header.text(RpmHeader.ARCH).orElse("");
    }

    /// A damaged list costs the dependencies, not the package.
    private List<String> needed(String place, RpmHeader header, String name) {
        try {
            return kept(PackageRelations.needed(header, name));
        } catch (DamagedHeaderException e) {
            facts.unknown(place, "what its package needs was not read: " + e.getMessage());
            return List.of();
        }
    }

    private List<String> kept(List<String> names) {
        if (relations > MAX_RELATIONS) {
            return List.of();
        }
        for (var name : names) {
            relations += memory(name);
        }
        if (relations > MAX_RELATIONS) {
            facts.unknown(
                    "", "its dependencies take over " + MAX_RELATIONS + " bytes of memory; further ones were left out");
            return List.of();
        }
        return names;
    }

    private Map<PackageProperty, String> properties(String place, RpmHeader header, String name) {
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        try {
            put(properties, PackageProperty.VENDOR, header.text(RpmHeader.VENDOR));
            put(properties, PackageProperty.MAINTAINER, header.text(RpmHeader.PACKAGER));
            put(properties, PackageProperty.HOMEPAGE, header.text(RpmHeader.URL));
            put(properties, PackageProperty.SUMMARY, header.text(RpmHeader.SUMMARY));
            var provided = kept(PackageRelations.provided(header, name));
            if (!provided.isEmpty()) {
                properties.put(PackageProperty.PROVIDES, String.join(" ", provided));
            }
        } catch (DamagedHeaderException e) {
            facts.unknown(place, "some properties of its package were not read: " + e.getMessage());
        }
        return properties;
    }

    private void put(Map<PackageProperty, String> properties, PackageProperty property, Optional<String> text) {
        text.filter(value -> !value.isBlank() && !value.equals("(none)") && value.length() <= MAX_PROPERTY)
                .ifPresent(value -> {
                    texts += memory(value);
                    properties.put(property, value.strip());
                });
    }

    /// A damaged licence costs the licence, not the package.
    private List<String> licenses(String place, RpmHeader header) {
        try {
            return header.text(RpmHeader.LICENSE)
                    .filter(text -> !text.isBlank())
                    .map(List::of)
                    .orElse(List.of());
        } catch (DamagedHeaderException e) {
            facts.unknown(place, "its package's licence was not read: " + e.getMessage());
            return List.of();
        }
    }

    private static boolean isNoWord(String text) {
        return text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f);
    }

    /// In bytes, about.
    private static long memory(String text) {
        return (long) TEXT_OVERHEAD + text.length();
    }

    /// Without the leading slash. A damaged list costs the paths, not the package.
    private List<String> paths(String place, RpmHeader header) {
        var found = new ArrayList<String>();
        if (paths > MAX_PATHS) {
            return found;
        }
        try {
            var baseNames = header.texts(RpmHeader.BASE_NAMES, MAX_FILES);
            if (baseNames.isEmpty()) {
                // As rpm wrote them until 4.0.
                for (var path : header.texts(RpmHeader.OLD_FILE_NAMES, MAX_FILES)) {
                    add(found, "", path);
                }
                return found;
            }
            var directories = header.texts(RpmHeader.DIRECTORY_NAMES, MAX_FILES);
            var indexes = header.numbers(RpmHeader.DIRECTORY_INDEXES);
            if (indexes.length != baseNames.size()) {
                throw new DamagedHeaderException(
                        "it has " + baseNames.size() + " files but " + indexes.length + " indexes of folders");
            }
            for (int i = 0; i < indexes.length && paths <= MAX_PATHS; i++) {
                if (indexes[i] < 0 || indexes[i] >= directories.size()) {
                    throw new DamagedHeaderException(
                            "a file lies in folder " + indexes[i] + " of " + directories.size());
                }
                add(found, directories.get(indexes[i]), baseNames.get(i));
            }
        } catch (DamagedHeaderException e) {
            facts.unknown(place, "some of its package's paths were not read: " + e.getMessage());
        }
        return found;
    }

    private void add(List<String> found, String directory, String name) throws DamagedHeaderException {
        if (directory.length() + name.length() > MAX_PATH) {
            throw new DamagedHeaderException("a path is over " + MAX_PATH + " characters");
        }
        var path = directory + name;
        path = path.startsWith("/") ? path.substring(1) : path;
        paths += memory(path);
        if (paths > MAX_PATHS) {
            facts.unknown("", "its paths take over " + MAX_PATHS + " bytes of memory; further ones were left out");
        } else if (!path.isEmpty()) {
            found.add(path);
        }
    }
}
