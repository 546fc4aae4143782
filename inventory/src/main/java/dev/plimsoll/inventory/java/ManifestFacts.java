package dev.plimsoll.inventory.java;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The main section of a manifest.
///
/// Source: JAR File Specification, "JAR Manifest"; OSGi Core, "Bundle Manifest Headers".
///
/// @param attributes names in lower case
record ManifestFacts(Map<String, String> attributes) {

    static final ManifestFacts NONE = new ManifestFacts(Map.of());

    /// In characters; what is longer names nothing.
    static final int MAX_VALUE = 512;

    private static final Set<String> ASKED = Set.of(
            "implementation-title",
            "implementation-version",
            "implementation-vendor-id",
            "bundle-symbolicname",
            "bundle-version",
            "bundle-license",
            "automatic-module-name",
            "specification-version",
            "plugin-version",
            "extension-name",
            "short-name");

    /// First labels of names that stand for a domain. A module's name may begin with anything (`spring.core`), and is
    /// no group then.
    private static final Set<String> DOMAINS =
            Set.of("com", "org", "net", "edu", "gov", "dev", "app", "info", "jakarta", "javax");

    /// A vendor of hundreds of groups.
    private static final String OF_MANY = "org.apache";

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    static ManifestFacts read(String text) {
        var attributes = new TreeMap<String, String>();
        var name = "";
        var value = new StringBuilder();
        for (var line : text.split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                if (!name.isEmpty()) {
                    break; // sections behind the main one speak of single entries
                }
                continue;
            }
            if (line.charAt(0) == ' ' && !name.isEmpty()) {
                value.append(line, 1, line.length());
                continue;
            }
            var colon = line.indexOf(':');
            if (colon > 0) {
                keep(name, value, attributes);
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                value.setLength(0);
                value.append(line, colon + 1, line.length());
            }
        }
        keep(name, value, attributes);
        return new ManifestFacts(attributes);
    }

    private static void keep(String name, StringBuilder value, Map<String, String> attributes) {
        if (value.length() <= MAX_VALUE && ASKED.contains(name)) {
            attributes.put(name, value.toString().strip());
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty() && !value.contains("${"));
    }

    Optional<String> version() {
        return value("implementation-version")
                .or(() -> value("bundle-version"))
                .or(() -> value("specification-version"))
                .or(() -> value("plugin-version"))
                .map(version -> version.split("\\s", -1)[0]);
    }

    /// A name without blanks; titles in prose name nothing.
    Optional<String> name() {
        return value("implementation-title")
                .or(() -> value("extension-name"))
                .or(() -> value("short-name"))
                .or(() -> symbolicName())
                .map(name -> name.substring(name.lastIndexOf(':') + 1))
                .filter(name -> name.chars().noneMatch(Character::isWhitespace));
    }

    /// The bundle's name without its directives.
    Optional<String> symbolicName() {
        return value("bundle-symbolicname").map(name -> name.split(";", -1)[0].strip());
    }

    /// The group that the manifest lets one believe in: a vendor's id, else the name of bundle or module without the
    /// artifact at its end.
    Optional<String> group(String artifact) {
        return value("implementation-vendor-id")
                .filter(id -> isDomain(id) && !id.equals(OF_MANY))
                .or(() -> symbolicName().filter(ManifestFacts::isDomain))
                .or(() -> value("automatic-module-name").filter(ManifestFacts::isDomain))
                .map(name -> withoutArtifact(name, artifact));
    }

    private static boolean isDomain(String name) {
        var first = name.substring(0, Math.max(0, name.indexOf('.')));
        return GROUP.matcher(name).matches() && (first.length() == 2 || DOMAINS.contains(first));
    }

    /// `org.eclipse.jetty.server` is `jetty-server` of `org.eclipse.jetty`: an artifact often repeats the end of its
    /// group, or all of it. What is left must still be a domain: `org.tomlj` is the group of `tomlj`.
    private static String withoutArtifact(String name, String artifact) {
        var rest = name;
        if (name.endsWith("." + artifact)) {
            rest = name.substring(0, name.length() - artifact.length() - 1);
        } else if (name.equals(artifact) || name.replace('.', '-').endsWith("-" + artifact)) {
            rest = name.substring(0, name.lastIndexOf('.'));
        }
        return isDomain(rest) ? rest : name;
    }

    List<String> licenses() {
        return value("bundle-license").map(List::of).orElse(List.of());
    }
}
