package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What one archive says about packages: its own manifest, and Maven's coordinates of everything that was packed into it.
final class ArchiveContents {

    private static final Pattern MAVEN = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/(pom\\.properties|pom\\.xml)");
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /// `name-1.2.3.jar`: the version begins at the first part that begins with a digit (or `v` and a digit).
    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(v?[0-9][^/]*)");

    private final String path;
    private final String place;
    private ManifestFacts manifest = ManifestFacts.NONE;
    private final TreeMap<String, Coordinates> byProperties = new TreeMap<>();
    private final TreeMap<String, Coordinates> byPom = new TreeMap<>();

    ArchiveContents(String path, String place) {
        this.path = path;
        this.place = place;
    }

    /// Maven's name of a package.
    record Coordinates(String group, String artifact, String version) {}

    /// What an entry is good for.
    enum Wanted {
        NOTHING,
        MANIFEST,
        PROPERTIES,
        POM
    }

    Wanted wants(String entry) {
        if (entry.equalsIgnoreCase(ArchiveContents.MANIFEST)) {
            return Wanted.MANIFEST;
        }
        if (!entry.startsWith("META-INF/maven/")) {
            return Wanted.NOTHING;
        }
        var matcher = MAVEN.matcher(entry);
        return !matcher.matches()
                ? Wanted.NOTHING
                : matcher.group(3).equals("pom.xml") ? Wanted.POM : Wanted.PROPERTIES;
    }

    void accept(String entry, byte[] content) {
        var text = new String(content, StandardCharsets.UTF_8);
        switch (wants(entry)) {
            case NOTHING -> {}
            case MANIFEST -> manifest = ManifestFacts.read(text);
            case PROPERTIES -> properties(text).ifPresent(found -> byProperties.put(found.group() + ":" + found.artifact(), found));
            case POM -> {
                var matcher = MAVEN.matcher(entry);
                if (matcher.matches()) {
                    PomCoordinates.read(text, matcher.group(1), matcher.group(2))
                            .ifPresent(found -> byPom.put(found.group() + ":" + found.artifact(), found));
                }
            }
        }
    }

    private static Optional<Coordinates> properties(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
        var group = properties.getProperty("groupId", "").strip();
        var artifact = properties.getProperty("artifactId", "").strip();
        var version = properties.getProperty("version", "").strip();
        return group.isEmpty() || artifact.isEmpty() || version.isEmpty() || version.contains("${")
                ? Optional.empty()
                : Optional.of(new Coordinates(group, artifact, version));
    }

    /// One package for the archive itself, and one for each other that was packed into it.
    void finish(FactSink facts) {
        var packed = new TreeMap<>(byPom);
        packed.putAll(byProperties);
        var own = own(packed);
        own.ifPresent(found -> add(found, manifest.licenses(), facts));
        packed.values().stream()
                .filter(found -> own.isEmpty() || !found.equals(own.get()))
                .forEach(found -> add(found, List.of(), facts));
    }

    private void add(Coordinates found, List<String> licenses, FactSink facts) {
        facts.add(PackageFound.ofLanguage(
                PackageType.MAVEN, found.group(), found.artifact(), found.version(), licenses, place));
    }

    /// The coordinates that name the archive: the only ones, or those that fit its file name or manifest; else what manifest and file name say together.
    private Optional<Coordinates> own(TreeMap<String, Coordinates> packed) {
        var file = fileName();
        if (packed.size() == 1) {
            var only = packed.firstEntry().getValue();
            if (file.startsWith(only.artifact()) || !hasOwnName(file)) {
                return Optional.of(only);
            }
        }
        var fitting = packed.values().stream()
                .filter(found -> file.equals(found.artifact()) || file.equals(found.artifact() + "-" + found.version()))
                .findFirst()
                .or(() -> packed.values().stream().filter(found -> file.startsWith(found.artifact() + "-")).findFirst());
        return fitting.or(() -> byManifestAndName(file, packed.isEmpty()));
    }

    /// Whether the file's name says both name and version.
    private static boolean hasOwnName(String file) {
        return FILE_NAME.matcher(file).matches();
    }

    private Optional<Coordinates> byManifestAndName(String file, boolean only) {
        var matcher = FILE_NAME.matcher(file);
        var byName = matcher.matches();
        var artifact = byName ? matcher.group(1) : manifest.name().orElse(file);
        var version = byName ? Optional.of(matcher.group(2)) : manifest.version();
        if (version.isEmpty() || artifact.isEmpty() || (!only && manifest.name().isEmpty() && !byName)) {
            return Optional.empty(); // nothing says a version: no package that could be compared
        }
        return Optional.of(new Coordinates(group(artifact), artifact, version.get()));
    }

    private String group(String artifact) {
        return WellKnownGroups.of(artifact).or(() -> manifest.group(artifact)).orElse("");
    }

    private String fileName() {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var dot = name.lastIndexOf('.');
        return dot < 0 || !JavaArchiveAnalyzer.ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))
                ? name
                : name.substring(0, dot);
    }
}
