package dev.plimsoll.inventory.haskell;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// What Stack fixed beside its snapshot: `stack.yaml.lock`, and `extra-deps` of `stack.yaml`.
///
/// Source: Stack, "Lock files", "Package and snapshot locations": `name-version@sha256:digest,size`. Stateless: one
/// instance serves all threads.
public final class StackLockAnalyzer implements Analyzer {

    private static final Pattern HACKAGE =
            Pattern.compile("([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*?)-([0-9]+(?:\\.[0-9]+)*)(?:@.*)?");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "haskell-stack", 1, "Haskell", WantedPaths.of("**/stack.yaml", "**/stack.yaml.lock"))
            .declared()
            .yields(PackageType.HACKAGE)
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Stack, Lock files")
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
        var packages = new ListedPackages(facts);
        for (var entry : document.get().objects("packages")) {
            var completed = entry.object("completed");
            var version = DocumentFile.word(completed, "version");
            if (!version.isEmpty()) { // of an archive or a repository
                add(packages, DocumentFile.word(completed, "name"), version);
            }
            completed.string("hackage").ifPresent(text -> located(packages, text));
        }
        document.get().strings("extra-deps").forEach(text -> located(packages, text));
    }

    private static void located(ListedPackages packages, String text) {
        var parts = HACKAGE.matcher(text.strip());
        if (ListedPackages.isWord(text) && parts.matches()) {
            add(packages, parts.group(1), parts.group(2));
        }
    }

    private static void add(ListedPackages packages, String name, String version) {
        packages.add(PackageFound.ofLanguage(PackageType.HACKAGE, "", name, version, List.of(), "")
                .declared());
    }
}
