package dev.plimsoll.inventory.perl;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;

/// `META.json` and `MYMETA.json` of CPAN's distributions. Beside a record of cpanm they tell the licences of what is
/// installed; elsewhere they lie in unpacked sources and declare. Files of that name that are not of CPAN are silent.
///
/// Source: CPAN::Meta::Spec 2, `meta-spec`, `name`, `version`, `license`, `prereqs`. Stateless: one instance serves all
/// threads.
public final class CpanMetadataAnalyzer implements Analyzer {

    private static final Pattern INSTALLED = Pattern.compile("(?:.*/)?\\.meta/[^/]+/MYMETA\\.json");
    private static final Pattern SPECIFICATION = Pattern.compile("CPAN(::|-|%3A%3A)Meta");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "cpan-metadata", 1, "Perl", WantedPaths.of("**/META.json", "**/MYMETA.json"))
            .yields(PackageType.CPAN)
            .gives("licences, dependencies; distributions of sources as declared")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .source("CPAN::Meta::Spec 2")
            .proof("cpanm, ExtUtils::MakeMaker");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var text = DocumentFile.text(file, facts).orElse("");
        if (!SPECIFICATION.matcher(text).find()) {
            return;
        }
        JsonObject metadata;
        try {
            if (!(JsonReader.read(text, JsonLimits.FOREIGN.withValues(DocumentFile.MAX_VALUES))
                    instanceof JsonObject object)) {
                return;
            }
            metadata = object;
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
            return;
        }
        if (!SPECIFICATION
                .matcher(metadata.object("meta-spec").string("url").orElse(""))
                .find()) {
            return;
        }
        var name = DistributionNames.ofModule(metadata.string("name").orElse(""));
        var version = DocumentFile.word(metadata, "version");
        if (!DistributionNames.isName(name) || !ListedPackages.isWord(version)) {
            facts.unknown("", "metadata of a distribution without name or version");
            return;
        }
        var licenses = ListedPackages.licenses(metadata.strings("license").stream()
                .filter(license -> !license.equals("unknown"))
                .toList());
        if (INSTALLED.matcher(file.path()).matches()) {
            facts.add(new Fact.Licenses(PackageType.CPAN, name, licenses));
            return;
        }
        var needed = new ArrayList<String>();
        metadata.object("prereqs").object("runtime").object("requires").members().keySet().stream()
                .filter(module -> !module.equals("perl"))
                .map(DistributionNames::ofModule)
                .forEach(needed::add);
        new ListedPackages(facts)
                .add(DistributionNames.found(name, version, licenses)
                        .declared()
                        .withDependencies(ListedPackages.dependencies(needed))
                        .withProperties(ListedPackages.properties(Map.of(
                                PackageProperty.SUMMARY,
                                metadata.string("abstract").orElse("")))));
    }
}
