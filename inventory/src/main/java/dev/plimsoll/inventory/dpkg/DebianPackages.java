package dev.plimsoll.inventory.dpkg;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.dpkg.ControlRecords.ControlRecord;
import dev.plimsoll.purl.PackageType;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes packages of the records of one control file. Not safe for several threads.
///
/// Source: deb-control(5); Debian Policy 5.6 and 7.1 (syntax of relationships).
final class DebianPackages {

    /// The fields that are read here.
    static final Set<String> FIELDS = Set.of(
            "package",
            "source",
            "version",
            "architecture",
            "status",
            "multi-arch",
            "depends",
            "pre-depends",
            "provides",
            "maintainer",
            "origin",
            "homepage",
            "description",
            "license",
            "sourcename",
            "auto-installed");

    private static final Pattern SEPARATOR = Pattern.compile("[,|]");
    private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z0-9][A-Za-z0-9+._-]*)");

    /// In names of one package; metapackages have some hundred.
    static final int MAX_RELATIONS = 5_000;

    /// In characters.
    private static final int MAX_PROPERTY = 1000;

    /// In names that all packages of a file need or provide; a desktop's three thousand packages have fifty thousand.
    static final int MAX_ALL_RELATIONS = 500_000;

    /// In characters of what else the records of a file say; three thousand packages say some five hundred thousand.
    static final int MAX_ALL_TEXTS = 32 << 20;

    private final FactSink facts;
    private int relations;
    private long texts;

    DebianPackages(FactSink facts) {
        this.facts = facts;
    }

    /// The last word of the field `Status`: `installed`, `config-files`.
    static String state(ControlRecord found) {
        var status = found.field("status");
        return status.substring(status.lastIndexOf(' ') + 1);
    }

    /// What other files name the package by: with its architecture where several may be installed.
    static String key(ControlRecord found) {
        var name = found.field("package");
        return found.field("multi-arch").equals("same") ? name + ":" + found.field("architecture") : name;
    }

    /// Adds the package, or an unknown where the record has no name or version.
    ///
    /// @param source what it was built from
    /// @param licenses as the record has them
    /// @return whether there was one
    boolean add(
            ControlRecord found, SourcePackage source, List<String> licenses, Map<PackageProperty, String> further) {
        var name = found.field("package");
        var version = found.field("version");
        if (name.isEmpty() || version.isEmpty() || version.chars().anyMatch(Character::isWhitespace)) {
            facts.unknown(
                    "line " + found.line(),
                    name.isEmpty() ? "a record without a package" : "package " + name + " has no version");
            return false;
        }
        var architecture = found.field("architecture");
        var qualifiers = new TreeMap<String, String>();
        if (!architecture.isEmpty()) {
            qualifiers.put("arch", architecture);
        }
        if (!source.version().equals(version)) {
            qualifiers.put("upstream", source.name() + "@" + source.version());
        } else if (!source.name().equals(name)) {
            qualifiers.put("upstream", source.name());
        }
        facts.add(new PackageFound(
                PackageType.DEB,
                "",
                name,
                version,
                Optional.of(source),
                architecture,
                "",
                Evidence.INSTALLED,
                key(found),
                qualifiers,
                licenses,
                List.of(),
                List.of(),
                kept(names(found.field("pre-depends") + "," + found.field("depends"))),
                properties(found, further),
                ""));
        return true;
    }

    private List<String> kept(List<String> names) {
        if (relations > MAX_ALL_RELATIONS) {
            return List.of();
        }
        relations += names.size();
        if (relations > MAX_ALL_RELATIONS) {
            facts.unknown("", "over " + MAX_ALL_RELATIONS + " names of dependencies; further ones were left out");
            return List.of();
        }
        return names;
    }

    private Map<PackageProperty, String> properties(ControlRecord found, Map<PackageProperty, String> further) {
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        properties.putAll(further);
        put(properties, PackageProperty.MAINTAINER, found.field("maintainer"));
        put(properties, PackageProperty.ORIGIN, found.field("origin"));
        put(properties, PackageProperty.HOMEPAGE, found.field("homepage"));
        put(properties, PackageProperty.SUMMARY, found.field("description"));
        var provided = kept(names(found.field("provides")));
        if (!provided.isEmpty()) {
            properties.put(PackageProperty.PROVIDES, String.join(" ", provided));
        }
        return properties;
    }

    private void put(Map<PackageProperty, String> properties, PackageProperty property, String text) {
        if (text.isEmpty() || text.length() > MAX_PROPERTY || texts > MAX_ALL_TEXTS) {
            return;
        }
        texts += text.length();
        if (texts > MAX_ALL_TEXTS) {
            facts.unknown("", "over " + MAX_ALL_TEXTS + " characters of properties; further ones were left out");
        } else {
            properties.put(property, text);
        }
    }

    /// The names of a relationship, alternatives too, without versions and architectures, each once.
    static List<String> names(String relation) {
        var names = new LinkedHashSet<String>();
        for (var part : SEPARATOR.split(relation, -1)) {
            var name = NAME.matcher(part);
            if (name.lookingAt() && names.size() < MAX_RELATIONS) {
                names.add(name.group(1));
            }
        }
        return List.copyOf(names);
    }
}
