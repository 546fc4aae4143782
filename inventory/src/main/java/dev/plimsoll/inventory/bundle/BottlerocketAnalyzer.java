package dev.plimsoll.inventory.bundle;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Packages of Bottlerocket, which has no database of rpm but a list that was written when the image was built.
///
/// Source: Bottlerocket, `tools/rpm2img`, `application-inventory.json`: an array `Content` of objects with `Name`,
/// `Version`, `Release`, `Epoch`, `Architecture`, `Publisher`, `Url`, `Summary`. Stateless: one instance serves all
/// threads.
public final class BottlerocketAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_LIST = 16 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "bottlerocket-inventory", 1, "Bottlerocket", WantedPaths.of(PackageDatabases.BOTTLEROCKET))
            .yields(PackageType.RPM)
            .gives("epoch, architecture, vendor")
            .limit("a list", MAX_LIST, "bytes")
            .source("Bottlerocket, tools/rpm2img")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_LIST, "the list is", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            if (!(JsonReader.read(bytes.get(), JsonLimits.FOREIGN) instanceof JsonObject list)
                    || list.get("Content").isEmpty()) {
                facts.unknown("", "it is no list of packages");
                return;
            }
            var items = list.objects("Content");
            for (int i = 0; i < items.size(); i++) {
                add("item " + i, items.get(i), facts);
            }
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }

    private static void add(String place, JsonObject item, FactSink facts) {
        var name = text(item, "Name");
        var version = text(item, "Version");
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown(place, "a package without name or version");
            return;
        }
        var release = text(item, "Release");
        var epoch = text(item, "Epoch").equals("0") ? "" : text(item, "Epoch");
        var qualifiers = new TreeMap<>(Map.of("arch", text(item, "Architecture"), "epoch", epoch));
        qualifiers.values().removeIf(String::isEmpty);
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        properties.put(PackageProperty.VENDOR, text(item, "Publisher"));
        properties.put(PackageProperty.HOMEPAGE, text(item, "Url"));
        properties.put(PackageProperty.SUMMARY, text(item, "Summary"));
        properties.values().removeIf(String::isEmpty);
        facts.add(new PackageFound(
                PackageType.RPM,
                "",
                name,
                (epoch.isEmpty() ? "" : epoch + ":") + version + (release.isEmpty() ? "" : "-" + release),
                Optional.empty(),
                text(item, "Architecture"),
                "",
                Evidence.INSTALLED,
                "",
                qualifiers,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                properties,
                ""));
    }

    private static String text(JsonObject item, String name) {
        return item.string(name).orElse("").strip();
    }
}
