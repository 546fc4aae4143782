package dev.plimsoll.inventory.perl;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
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

/// Distributions that cpanm or Carton installed: `.meta/DISTRIBUTION/install.json`.
///
/// Source: App::cpanminus, `save_meta`: `name`, `version`, `dist`, `pathname`, `provides`. Stateless: one instance
/// serves all threads.
public final class InstallJsonAnalyzer implements Analyzer {

    private static final String AUTHORS = "https://cpan.metacpan.org/authors/id/";

    /// `Foo-Bar-1.10`, `Foo-Bar-v1.2.3-TRIAL`.
    private static final Pattern RELEASE = Pattern.compile("(.+?)-v?([0-9][0-9._]*(?:-TRIAL[0-9]*)?)");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "cpan-install", 1, "Perl", WantedPaths.of("**/.meta/*/install.json"))
            .yields(PackageType.CPAN)
            .gives("where it came from")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .source("App::cpanminus, save_meta")
            .proof("cpanm");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = DocumentFile.json(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var record = document.get();
        var module = record.string("name").orElse("");
        // as the release spells it: `version` may be a number, which has lost its last zeros
        var release = RELEASE.matcher(
                record.string("dist").filter(ListedPackages::isWord).orElse(""));
        var name = release.matches() ? release.group(1) : DistributionNames.ofModule(module);
        var version = release.matches() ? release.group(2) : DocumentFile.word(record, "version");
        if (!DistributionNames.isName(name) || !ListedPackages.isWord(version)) {
            facts.unknown("", "the record of an installed distribution without name or version");
            return;
        }
        var path = record.string("pathname").orElse("");
        new ListedPackages(facts)
                .add(DistributionNames.found(name, version, List.of())
                        .withProperties(ListedPackages.properties(
                                Map.of(PackageProperty.DOWNLOAD, path.isEmpty() ? "" : AUTHORS + path))));
    }
}
