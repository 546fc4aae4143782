package dev.plimsoll.inventory.apple;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Applications of macOS: `NAME.app/Contents/Info.plist`.
///
/// Source: Apple, "Information Property List Key Reference", `CFBundleName`, `CFBundleIdentifier`,
/// `CFBundleShortVersionString`, `CFBundleVersion`. Stateless: one instance serves all threads.
public final class AppBundleAnalyzer implements Analyzer {

    /// In bytes; a bundle describes itself in some thousand.
    static final int MAX_FILE = 4 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "apple-bundle", 1, "Apple", WantedPaths.of("**/*.app/Contents/Info.plist"))
            .yields(PackageType.GENERIC)
            .gives("identifier as vendor")
            .limit("a file", MAX_FILE, "bytes")
            .limit("a file", PropertyList.MAX_PAIRS, "pairs")
            .source("Apple, Information Property List Key Reference")
            .proof("plistlib of Python");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "Info.plist", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var read = PropertyList.read(bytes.get());
        if (read.isEmpty()) {
            facts.unknown("", "it is no property list with a dictionary");
            return;
        }
        var texts = read.get();
        var name = first(texts, "CFBundleName", "CFBundleDisplayName", "CFBundleExecutable", "CFBundleIdentifier");
        var version = first(texts, "CFBundleShortVersionString", "CFBundleVersion");
        if (!name.isEmpty() && !version.isEmpty()) {
            new ListedPackages(facts)
                    .add(PackageFound.ofLanguage(PackageType.GENERIC, "", name, version, List.of(), "")
                            .withProperties(ListedPackages.properties(
                                    Map.of(PackageProperty.VENDOR, first(texts, "CFBundleIdentifier")))));
        }
    }

    private static String first(Map<String, String> texts, String... names) {
        for (var name : names) {
            var text = texts.getOrDefault(name, "");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
