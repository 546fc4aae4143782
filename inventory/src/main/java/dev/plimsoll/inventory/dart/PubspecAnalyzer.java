package dev.plimsoll.inventory.dart;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Packages of Dart by their own `pubspec.yaml`: those in pub's cache are installed, others are sources.
///
/// Source: dart.dev, "The pubspec file"; "dart pub cache": `hosted/HOST/NAME-VERSION`. Stateless: one instance serves
/// all threads.
public final class PubspecAnalyzer implements Analyzer {

    private static final Pattern CACHED = Pattern.compile("(?:.*/)?hosted/[^/]+/([^/]+)/pubspec\\.ya?ml");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pubspec", 1, "Dart", WantedPaths.of("**/pubspec.{yaml,yml}"))
            .yields(PackageType.PUB)
            .gives("dependencies; packages outside of pub's cache as declared")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .source("dart.dev, The pubspec file")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = DocumentFile.yaml(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var pubspec = document.get();
        var name = DocumentFile.word(pubspec, "name");
        var version = DocumentFile.word(pubspec, "version");
        if (name.isEmpty() || version.isEmpty()) {
            return; // an application that is not published needs no version
        }
        var found = PackageFound.ofLanguage(PackageType.PUB, "", name, version, List.of(), "")
                .withDependencies(ListedPackages.dependencies(
                        List.copyOf(pubspec.object("dependencies").members().keySet())))
                .withProperties(ListedPackages.properties(Map.of(
                        PackageProperty.SUMMARY,
                        pubspec.string("description").orElse(""),
                        PackageProperty.HOMEPAGE,
                        pubspec.string("homepage")
                                .or(() -> pubspec.string("repository"))
                                .orElse(""))));
        var cached = CACHED.matcher(file.path());
        new ListedPackages(facts)
                .add(cached.matches() && cached.group(1).equals(name + "-" + version) ? found : found.declared());
    }
}
