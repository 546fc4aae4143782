package dev.plimsoll.inventory.bundle;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Packages of Homebrew: the receipt that it leaves in the folder of each installed version, and the formula beside it,
/// of which the lines with literal values are read.
///
/// Source: Homebrew, `Library/Homebrew/tab.rb` (INSTALL_RECEIPT.json) and its Formula Cookbook. Name and version are
/// those of the folder: `Cellar/NAME/VERSION`. Stateless: one instance serves all threads.
public final class HomebrewAnalyzer implements Analyzer {

    /// In bytes of a receipt.
    static final int MAX_RECEIPT = 4 << 20;

    /// In bytes of a line of a formula.
    static final int MAX_LINE = 8 << 10;

    private static final Pattern PATH =
            Pattern.compile("(?:.*/)?Cellar/([^/]+)/([^/]+)/(?:INSTALL_RECEIPT\\.json|\\.brew/[^/]+\\.rb)");

    private static final Pattern VALUE = Pattern.compile("\\s{2}(license|homepage|desc) \"([^\"#\\\\]{1,500})\"\\s*");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "homebrew-cellar",
                    1,
                    "Homebrew",
                    WantedPaths.of("**/Cellar/*/*/INSTALL_RECEIPT.json", "**/Cellar/*/*/.brew/*.rb"))
            .yields(PackageType.HOMEBREW)
            .gives("licence, install reason, dependencies, tap")
            .limit("a receipt", MAX_RECEIPT, "bytes")
            .limit("a line", MAX_LINE, "bytes")
            .source("Homebrew, Library/Homebrew/tab.rb; Formula Cookbook")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var path = PATH.matcher(file.path());
        if (!path.matches()) {
            return;
        }
        var name = path.group(1);
        var version = path.group(2);
        if (file.path().endsWith(".rb")) {
            formula(name + "/" + version, file, facts);
        } else {
            receipt(name, version, file, facts);
        }
    }

    private static void receipt(String name, String version, LayerFile file, FactSink facts) throws IOException {
        var receipt = JsonObject.EMPTY;
        var bytes = file.bytes(MAX_RECEIPT, "the receipt is", facts);
        if (bytes.isPresent()) {
            try {
                if (JsonReader.read(bytes.get(), JsonLimits.FOREIGN) instanceof JsonObject object) {
                    receipt = object;
                }
            } catch (JsonException e) {
                facts.unknown("", String.valueOf(e.getMessage()));
            }
        }
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        receipt.object("source").string("tap").ifPresent(tap -> properties.put(PackageProperty.ORIGIN, tap));
        receipt.get("installed_on_request")
                .filter(JsonBoolean.class::isInstance)
                .ifPresent(asked -> properties.put(
                        PackageProperty.INSTALL_REASON,
                        asked.equals(new JsonBoolean(true)) ? "explicit" : "dependency"));
        facts.add(new PackageFound(
                PackageType.HOMEBREW,
                "",
                name,
                version,
                Optional.empty(),
                receipt.string("arch").orElse(""),
                "",
                Evidence.INSTALLED,
                name + "/" + version,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                receipt.objects("runtime_dependencies").stream()
                        .flatMap(needed -> needed.string("full_name").stream())
                        .map(needed -> needed.substring(needed.lastIndexOf('/') + 1))
                        .filter(needed -> !needed.isBlank())
                        .toList(),
                properties,
                ""));
    }

    private static void formula(String key, LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        var reading = true;
        while (reading) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    var value = VALUE.matcher(text);
                    if (value.matches()) {
                        switch (value.group(1)) {
                            case "license" ->
                                facts.add(new Fact.Licenses(PackageType.HOMEBREW, key, List.of(value.group(2))));
                            case "homepage" -> properties.putIfAbsent(PackageProperty.HOMEPAGE, value.group(2));
                            default -> properties.putIfAbsent(PackageProperty.SUMMARY, value.group(2));
                        }
                    }
                }
                case Line.TooLong _ -> {}
                case Line.End() -> reading = false;
            }
        }
        if (!properties.isEmpty()) {
            facts.add(new Fact.Properties(PackageType.HOMEBREW, key, properties));
        }
    }
}
