package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What one archive says about packages: its own manifest, and Maven's coordinates of everything that was packed into
/// it.
final class ArchiveContents {

    private static final Pattern MAVEN = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/(pom\\.properties|pom\\.xml)");
    private static final String NETTY_VERSIONS = "META-INF/io.netty.versions.properties";
    private static final String NETTY_GROUP = "io.netty";
    private static final String VERSION_OF = ".version";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /// `name-1.2.3.jar`: the version begins at the first part that begins with a digit (or `v` and a digit).
    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(v?[0-9][^/]*)");

    /// Tomcat's own distribution drops the beginning of its artifacts' names from the files; the bundles' names keep
    /// it.
    private static final String TOMCAT_BUNDLE = "org.apache.tomcat-";

    /// In packages that were packed into one archive; the largest known ones hold some hundred.
    static final int MAX_PACKED = 10_000;

    /// In characters, of a group, an artifact or a version.
    static final int MAX_NAME = 512;

    private final String path;
    private final String place;
    private boolean tooMany;
    private boolean hasClasses;
    private ManifestFacts manifest = ManifestFacts.NONE;
    private final TreeMap<String, Coordinates> byProperties = new TreeMap<>();
    private final TreeMap<String, Coordinates> byPom = new TreeMap<>();
    private final TreeMap<String, Coordinates> byNetty = new TreeMap<>();

    /// By `group:artifact`.
    private final Map<String, List<String>> licenses = new HashMap<>();

    ArchiveContents(String path, String place) {
        this.path = path;
        this.place = place;
    }

    /// Maven's name of a package.
    record Coordinates(String group, String artifact, String version) {
        boolean isShort() {
            return group.length() <= MAX_NAME && artifact.length() <= MAX_NAME && version.length() <= MAX_NAME;
        }
    }

    /// What an entry is good for.
    enum Wanted {
        NOTHING,
        MANIFEST,
        PROPERTIES,
        POM,
        NETTY
    }

    Wanted wants(String entry) {
        if (entry.equalsIgnoreCase(ArchiveContents.MANIFEST)) {
            return Wanted.MANIFEST;
        }
        if (entry.equals(NETTY_VERSIONS)) {
            return Wanted.NETTY;
        }
        if (!entry.startsWith("META-INF/maven/")) {
            hasClasses |= entry.endsWith(".class");
            return Wanted.NOTHING;
        }
        var matcher = MAVEN.matcher(entry);
        return !matcher.matches()
                ? Wanted.NOTHING
                : matcher.group(3).equals("pom.xml") ? Wanted.POM : Wanted.PROPERTIES;
    }

    /// @return what is wrong with the content, empty where nothing is
    String accept(String entry, byte[] content) {
        var text = new String(content, StandardCharsets.UTF_8);
        switch (wants(entry)) {
            case NOTHING -> {}
            case MANIFEST -> manifest = ManifestFacts.read(text);
            case PROPERTIES -> {
                try {
                    properties(new StringReader(text)).ifPresent(found -> keep(found, byProperties));
                } catch (IOException | IllegalArgumentException e) {
                    return "not a properties file: " + e.getMessage();
                }
            }
            case NETTY -> {
                try {
                    netty(text);
                } catch (IOException | IllegalArgumentException e) {
                    return "not a properties file: " + e.getMessage();
                }
            }
            case POM -> {
                var matcher = MAVEN.matcher(entry);
                if (matcher.matches()) {
                    PomCoordinates.read(text, matcher.group(1), matcher.group(2))
                            .ifPresent(found -> keep(found, byPom));
                    var names = PomCoordinates.licenses(text);
                    if (!names.isEmpty() && licenses.size() < MAX_PACKED) {
                        licenses.put(matcher.group(1) + ":" + matcher.group(2), names);
                    }
                }
            }
        }
        return "";
    }

    private void keep(Coordinates found, Map<String, Coordinates> packed) {
        if (!found.isShort()) {
            return;
        }
        if (packed.size() < MAX_PACKED) {
            packed.put(found.group() + ":" + found.artifact(), found);
        } else {
            tooMany = true;
        }
    }

    /// Netty's own list of its parts and their versions, which stays where an archive was shaded without Maven's
    /// coordinates.
    private void netty(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        for (var name : properties.stringPropertyNames()) {
            var version = properties.getProperty(name).strip();
            if (name.endsWith(VERSION_OF) && !version.isEmpty() && version.charAt(0) <= '9') {
                var artifact = name.substring(0, name.length() - VERSION_OF.length());
                keep(new Coordinates(NETTY_GROUP, artifact, version), byNetty);
            }
        }
    }

    /// @throws IllegalArgumentException where it is no properties file
    static Optional<Coordinates> properties(Reader text) throws IOException {
        var properties = new Properties();
        properties.load(text);
        var group = properties.getProperty("groupId", "").strip();
        var artifact = properties.getProperty("artifactId", "").strip();
        var version = properties.getProperty("version", "").strip();
        return group.isEmpty() || artifact.isEmpty() || version.isEmpty() || version.contains("${")
                ? Optional.empty()
                : Optional.of(new Coordinates(group, artifact, version));
    }

    /// One package for the archive itself, and one for each other that was packed into it; classes that neither
    /// names are unknown.
    ///
    /// @param digest of the archive, empty where it was not read to its end
    void finish(String digest, FactSink facts) {
        if (tooMany) {
            facts.unknown(place, "over " + MAX_PACKED + " packages packed into one archive; the rest was not read");
        }
        var packed = new TreeMap<>(byPom);
        packed.putAll(byProperties);
        if (packed.values().stream().noneMatch(found -> found.group().equals(NETTY_GROUP))) {
            packed.putAll(byNetty); // its own archives are named better by Maven, and list parts that they do not hold
        }
        var own = own(packed);
        own.ifPresent(found -> add(found, manifest.licenses(), digest, facts));
        if (own.isEmpty() && packed.isEmpty() && hasClasses && !digest.isEmpty()) {
            facts.unknown(place, "classes in an archive that nothing names; its digest is " + digest);
        }
        packed.values().stream()
                .filter(found -> own.isEmpty() || !found.equals(own.get()))
                .forEach(found -> add(found, List.of(), "", facts));
    }

    /// @param more licences than its `pom.xml` names
    private void add(Coordinates found, List<String> more, String digest, FactSink facts) {
        var names = new ArrayList<>(more);
        names.addAll(licenses.getOrDefault(found.group() + ":" + found.artifact(), List.of()));
        facts.add(PackageFound.ofLanguage(
                        PackageType.MAVEN, found.group(), found.artifact(), found.version(), names, place)
                .withProperties(digest.isEmpty() ? Map.of() : Map.of(PackageProperty.DIGEST, digest)));
    }

    /// The coordinates that name the archive: the only ones, or those that fit its file name; else what file name and
    /// manifest say together.
    private Optional<Coordinates> own(Map<String, Coordinates> packed) {
        var file = fileName();
        if (packed.size() == 1) {
            var only = packed.values().iterator().next();
            if (file.startsWith(only.artifact())
                    || fits(file, only)
                    || !FILE_NAME.matcher(file).matches()) {
                return Optional.of(only);
            }
        }
        return packed.values().stream()
                .filter(found -> fits(file, found))
                .findFirst()
                .or(() -> byManifestAndName(file, packed.isEmpty()));
    }

    /// `artifact`, `artifact-version`, with a classifier behind or, as in enterprise archives, the group before it.
    private static boolean fits(String file, Coordinates found) {
        var versioned = found.artifact() + "-" + found.version();
        return file.equals(found.artifact())
                || file.startsWith(versioned)
                || file.endsWith("-" + versioned)
                || file.endsWith("." + versioned);
    }

    /// @param alone whether nothing was packed into the archive that could stand for it
    private Optional<Coordinates> byManifestAndName(String file, boolean alone) {
        var matcher = FILE_NAME.matcher(file);
        if (matcher.matches()) {
            return coordinates(matcher.group(1), matcher.group(2));
        }
        var name = name(file);
        return !alone && name.isEmpty()
                ? Optional.empty()
                : manifest.version().flatMap(version -> coordinates(name.orElse(file), version));
    }

    /// The archive's name where its file name has no version. A bundle that is named like the file with a group before
    /// it confirms the file name.
    private Optional<String> name(String file) {
        var bundle = manifest.symbolicName().orElse("");
        if (bundle.startsWith(TOMCAT_BUNDLE)) {
            return Optional.of("tomcat-" + bundle.substring(TOMCAT_BUNDLE.length()));
        }
        return bundle.replace('.', '-').endsWith("-" + file) ? Optional.of(file) : manifest.name();
    }

    private Optional<Coordinates> coordinates(String artifact, String version) {
        var group =
                WellKnownGroups.of(artifact).or(() -> manifest.group(artifact)).orElse("");
        return artifact.isEmpty() || artifact.length() > MAX_NAME || version.length() > MAX_NAME
                ? Optional.empty()
                : Optional.of(new Coordinates(group, artifact, version));
    }

    private String fileName() {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var dot = name.lastIndexOf('.');
        return dot < 0
                        || !JavaArchiveAnalyzer.ENDINGS.contains(
                                name.substring(dot + 1).toLowerCase(Locale.ROOT))
                ? name
                : name.substring(0, dot);
    }
}
