package dev.plimsoll.inventory.models;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;

/// Models in files of safetensors whose header names them, in the member `__metadata__`. Most headers do not, and such
/// a file is silent.
///
/// Source: huggingface/safetensors, "Format"; Stability AI, "Model Metadata Standard" (`modelspec.*`). Stateless: one
/// instance serves all threads.
public final class SafetensorsAnalyzer implements Analyzer {

    /// In bytes; the format itself allows a hundred million.
    static final int MAX_HEADER = 16 << 20;

    /// In values of the metadata.
    static final int MAX_VALUES = 10_000;

    private static final String METADATA = "__metadata__";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "safetensors", 1, "Models", WantedPaths.of("**/*.safetensors"))
            .yields(PackageType.GENERIC, PackageType.HUGGINGFACE)
            .gives("licences, vendor, architecture")
            .limit("a header", MAX_HEADER, "bytes")
            .limit("metadata", MAX_VALUES, "values")
            .source("huggingface/safetensors, Format; Model Metadata Standard")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var beginning = file.content().readNBytes(Long.BYTES);
        var length = beginning.length < Long.BYTES
                ? -1
                : ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length <= 0) {
            facts.unknown("", "it does not begin as safetensors do");
            return;
        }
        if (length > MAX_HEADER) {
            facts.unknown("", "a header over " + MAX_HEADER + " bytes");
            return;
        }
        var header = file.content().readNBytes((int) length);
        if (header.length < length) {
            facts.unknown("", "it ends within its header");
            return;
        }
        JsonObject metadata;
        try {
            metadata = JsonReader.readObject(
                            new ByteArrayInputStream(header),
                            JsonLimits.FOREIGN,
                            Set.of(METADATA),
                            Map.of(),
                            MAX_VALUES)
                    .object(METADATA);
        } catch (JsonException e) {
            facts.unknown("", "its header is broken: " + e.getMessage());
            return;
        }
        var name = first(metadata, "modelspec.title", "name", "model_name");
        if (name.isEmpty()) {
            return;
        }
        new ListedPackages(facts)
                .add(ModelPackages.found(
                        name,
                        first(metadata, "modelspec.version", "version", "model_version"),
                        first(metadata, "repo_url", "modelspec.repository"),
                        first(metadata, "modelspec.license", "license"),
                        Map.of(
                                PackageProperty.VENDOR,
                                first(metadata, "modelspec.author", "author"),
                                PackageProperty.SUMMARY,
                                first(metadata, "modelspec.architecture", "architecture"))));
    }

    private static String first(JsonObject metadata, String... names) {
        for (var name : names) {
            var text = DocumentFile.word(metadata, name);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
