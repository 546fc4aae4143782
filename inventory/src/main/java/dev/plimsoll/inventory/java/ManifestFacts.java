package dev.plimsoll.inventory.java;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The main section of a manifest.
///
/// Source: JAR File Specification, "JAR Manifest"; OSGi Core, "Bundle Manifest Headers".
///
/// @param attributes names in lower case
record ManifestFacts(Map<String, String> attributes) {

    static final ManifestFacts NONE = new ManifestFacts(Map.of());

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    static ManifestFacts read(String text) {
        var attributes = new TreeMap<String, String>();
        var name = "";
        for (var line : text.split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                if (!attributes.isEmpty()) {
                    break; // sections behind the main one speak of single entries
                }
                continue;
            }
            if (line.charAt(0) == ' ' && !name.isEmpty()) {
                attributes.merge(name, line.substring(1), String::concat);
                continue;
            }
            var colon = line.indexOf(':');
            if (colon > 0) {
                name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                attributes.put(name, line.substring(colon + 1).strip());
            }
        }
        return new ManifestFacts(attributes);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(attributes.get(name)).map(String::strip).filter(value -> !value.isEmpty() && !value.contains("${"));
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

    private Optional<String> symbolicName() {
        return value("bundle-symbolicname").map(name -> name.split(";", -1)[0].strip());
    }

    /// The group that the manifest lets one believe in: a vendor's id, else the symbolic name without the artifact at its end.
    Optional<String> group(String artifact) {
        return value("implementation-vendor-id")
                .filter(id -> GROUP.matcher(id).matches())
                .or(() -> symbolicName()
                        .or(() -> value("automatic-module-name"))
                        .filter(name -> GROUP.matcher(name).matches())
                        .map(name -> name.endsWith("." + artifact)
                                ? name.substring(0, name.length() - artifact.length() - 1)
                                : name));
    }

    List<String> licenses() {
        return value("bundle-license").map(List::of).orElse(List.of());
    }
}
