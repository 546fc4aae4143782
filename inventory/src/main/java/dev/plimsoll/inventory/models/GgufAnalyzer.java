package dev.plimsoll.inventory.models;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.Map;

/// Models in files of GGUF: the metadata at their beginning. A file without a name in it is a model that nobody can
/// name, and silent.
///
/// Source: ggml, "GGUF", "File Structure", "Standardized key-value pairs" (`general.*`), versions 2 and 3. Stateless:
/// one instance serves all threads.
public final class GgufAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "gguf", 1, "Models", WantedPaths.of("**/*.gguf"))
            .yields(PackageType.GENERIC, PackageType.HUGGINGFACE)
            .gives("licences, vendor, architecture")
            .limit("metadata", GgufMetadata.MAX_METADATA, "bytes")
            .limit("metadata", GgufMetadata.MAX_PAIRS, "pairs")
            .source("ggml, GGUF")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = GgufMetadata.read(file.content());
        if (!read.problem().isEmpty()) {
            facts.unknown("", read.problem());
        }
        var texts = read.texts();
        var name = texts.getOrDefault("general.name", texts.getOrDefault("general.basename", ""));
        if (name.isBlank()) {
            return;
        }
        var address = texts.getOrDefault("general.repo_url", texts.getOrDefault("general.source.repo_url", ""));
        var architecture = texts.getOrDefault("general.architecture", "");
        var size = texts.getOrDefault("general.size_label", "");
        new ListedPackages(facts)
                .add(ModelPackages.found(
                        name.strip(),
                        texts.getOrDefault("general.version", "").strip(),
                        address,
                        texts.getOrDefault("general.license", ""),
                        Map.of(
                                PackageProperty.VENDOR,
                                texts.getOrDefault("general.organization", texts.getOrDefault("general.author", "")),
                                PackageProperty.SUMMARY,
                                (architecture + " " + size).strip(),
                                PackageProperty.DOWNLOAD,
                                address)));
    }
}
