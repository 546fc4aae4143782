package dev.plimsoll.inventory.models;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// Models in the cache of Hugging Face's programs: `models--OWNER--NAME/refs/main` holds the revision that was fetched.
///
/// Source: huggingface_hub, "Understand caching", "refs". Stateless: one instance serves all threads.
public final class HuggingFaceCacheAnalyzer implements Analyzer {

    private static final Pattern PLACE = Pattern.compile("(?:.*/)?models--(?:([^/]+?)--)?([^/]+)/refs/main");
    private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}");

    /// In bytes; a revision has forty.
    static final int MAX_FILE = 1_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "hugging-face-cache", 1, "Models", WantedPaths.of("**/models--*/refs/main"))
            .yields(PackageType.HUGGINGFACE)
            .limit("a file", MAX_FILE, "bytes")
            .source("huggingface_hub, Understand caching")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var place = PLACE.matcher(file.path());
        var revision = new String(file.content().readNBytes(MAX_FILE), StandardCharsets.UTF_8).strip();
        if (!place.matches()) {
            return;
        }
        if (!REVISION.matcher(revision).matches()) {
            facts.unknown("", "a model's reference without a revision");
            return;
        }
        var owner = place.group(1) == null ? "" : place.group(1);
        new ListedPackages(facts)
                .add(PackageFound.ofLanguage(PackageType.HUGGINGFACE, owner, place.group(2), revision, List.of(), ""));
    }
}
