package dev.plimsoll.inventory.beam;

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
import java.util.ArrayList;
import java.util.Map;

/// Packages of Hex that were unpacked: the `hex_metadata.config` of each.
///
/// Source: hexpm specifications, "Package metadata". Stateless: one instance serves all threads.
public final class HexMetadataAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "hex-metadata", 1, "Erlang/Elixir", WantedPaths.of("**/hex_metadata.config"))
            .yields(PackageType.HEX)
            .gives("licences, dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("terms in one another", TermText.MAX_DEPTH, "levels")
            .limit("a file", TermText.MAX_TERMS, "terms")
            .source("hexpm/specifications, package_metadata.md")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var text = DocumentFile.text(file, facts);
        if (text.isEmpty()) {
            return;
        }
        Term metadata;
        try {
            metadata = new Term.Sequence(ErlangTerms.read(text.get()));
        } catch (BrokenTermException e) {
            facts.unknown("", "not the metadata of a package: " + e.getMessage());
            return;
        }
        var name = metadata.value("name").word();
        var version = metadata.value("version").word();
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "metadata without name or version");
            return;
        }
        var needed = new ArrayList<String>();
        for (var requirement : metadata.value("requirements").items()) {
            // a pair of the name and its properties, or, as Mix writes it, the properties with the name among them
            needed.add(
                    requirement instanceof Term.Tuple pair
                            ? pair.at(0).word()
                            : requirement.value("name").word());
        }
        new ListedPackages(facts)
                .add(PackageFound.ofLanguage(
                                PackageType.HEX,
                                "",
                                name,
                                version,
                                ListedPackages.licenses(metadata.value("licenses").items().stream()
                                        .map(Term::word)
                                        .toList()),
                                "")
                        .withDependencies(ListedPackages.dependencies(needed))
                        .withProperties(ListedPackages.properties(Map.of(
                                PackageProperty.SUMMARY,
                                metadata.value("description").word()))));
    }
}
