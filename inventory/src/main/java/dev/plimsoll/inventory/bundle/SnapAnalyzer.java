package dev.plimsoll.inventory.bundle;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// Snaps, unpacked: the snap itself wherever it lies; and where it is the image, the packages of Ubuntu that it was
/// staged from, those of a base snap, and the kernel of a kernel snap. Those of a snap that lies beneath another
/// distribution would be taken for that distribution's.
///
/// Source: snapcraft's documentation, "The snap format" (meta/snap.yaml), "snapcraft.yaml reference" and its manifest
/// (`primed-stage-packages`, `stage-packages`: `NAME=VERSION`); core snaps, `usr/share/snappy/dpkg.yaml` (`packages`);
/// deb-changelog(5). Stateless: one instance serves all threads.
public final class SnapAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_FILE = 8 << 20;

    /// In bytes: the first line is enough.
    private static final int CHANGELOG = 4 << 10;

    /// What a snap is built from; it need not say the version.
    private static final String SOURCE = "snap/snapcraft.yaml";

    private static final Pattern STAGED = Pattern.compile("([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?=(\\S{1,200})");
    private static final Pattern MODULES = Pattern.compile("doc/(linux-modules-[^/]+)/changelog\\.Debian\\.gz");
    private static final Pattern ENTRY = Pattern.compile("([a-z0-9][a-z0-9+.-]*) \\(([^()\\s]+)\\) .*");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "snap",
                    1,
                    "Snap",
                    WantedPaths.of(
                            "**/meta/snap.yaml",
                            "snap/{manifest.yaml,snapcraft.yaml}",
                            PackageDatabases.SNAPPY,
                            "doc/linux-modules-*/changelog.Debian.gz"))
            .yields(PackageType.SNAP, PackageType.DEB)
            .gives("the snap, staged packages of Ubuntu")
            .limit("a file", MAX_FILE, "bytes")
            .source("snapcraft, The snap format; deb-changelog(5)")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var modules = MODULES.matcher(file.path());
        if (modules.matches()) {
            kernel(modules.group(1), file, facts);
            return;
        }
        var bytes = file.bytes(MAX_FILE, "the file is", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            if (!(YamlReader.read(bytes.get()) instanceof JsonObject document)) {
                facts.unknown("", "it is no mapping of YAML");
                return;
            }
            if (!file.path().equals(PackageDatabases.SNAPPY) && !file.path().equals(SOURCE)) {
                snap(document, facts);
            }
            var staged = new TreeSet<String>();
            staged.addAll(document.strings("packages"));
            staged.addAll(document.strings("primed-stage-packages"));
            var parts = document.object("parts");
            for (var part : parts.members().keySet()) {
                staged.addAll(parts.object(part).strings("stage-packages"));
            }
            staged.forEach(text -> staged(text, facts));
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    private static void snap(JsonObject document, FactSink facts) {
        var name = text(document, "name");
        var version = text(document, "version");
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "it names no snap and version");
            return;
        }
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        properties.put(PackageProperty.SUMMARY, text(document, "summary"));
        properties.values().removeIf(String::isEmpty);
        var license = text(document, "license");
        facts.add(PackageFound.ofLanguage(
                        PackageType.SNAP, "", name, version, license.isEmpty() ? List.of() : List.of(license), "")
                .withProperties(properties));
    }

    private static void staged(String text, FactSink facts) {
        var found = STAGED.matcher(text.strip());
        if (found.matches()) {
            facts.add(ofDebian(found.group(1), found.group(1), found.group(2)));
        }
    }

    private static void kernel(String name, LayerFile file, FactSink facts) throws IOException {
        byte[] beginning;
        try {
            beginning = new GZIPInputStream(file.content()).readNBytes(CHANGELOG);
        } catch (IOException e) {
            facts.unknown("", "it cannot be unpacked: " + e.getMessage());
            return;
        }
        var first = new String(beginning, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        var entry = ENTRY.matcher(first);
        if (entry.matches()) {
            facts.add(ofDebian(name, entry.group(1), entry.group(2)));
        } else {
            facts.unknown("", "its first line names no package and version");
        }
    }

    private static PackageFound ofDebian(String name, String source, String version) {
        return new PackageFound(
                PackageType.DEB,
                "",
                name,
                version,
                Optional.of(new SourcePackage(source, version)),
                "",
                "",
                Evidence.INSTALLED,
                "",
                source.equals(name) ? Map.of() : Map.of("upstream", source),
                List.of(),
                List.of(),
                "");
    }

    private static String text(JsonObject document, String name) {
        return document.get(name).map(SnapAnalyzer::text).orElse("").strip();
    }

    private static String text(JsonValue value) {
        return switch (value) {
            case JsonString(var text) -> text;
            case JsonNumber(var number) -> number.toString();
            default -> "";
        };
    }
}
