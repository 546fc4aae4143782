package dev.plimsoll.inventory.ocaml;

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

/// Packages of opam: those of a switch are installed, `NAME.opam` of sources are declared. The files of a repository of
/// opam list what could be installed, and are passed over.
///
/// Source: "The opam manual", "opam" (package definitions), "File hierarchies". Stateless: one instance serves all
/// threads.
public final class OpamAnalyzer implements Analyzer {

    private static final Pattern INSTALLED = Pattern.compile("(?:.*/)?\\.opam-switch/packages/([^/.]+)\\.([^/]+)/opam");
    private static final Pattern REPOSITORY = Pattern.compile("(?:.*/)?packages/(?:[^/]+/)?[^/.]+\\.[^/]+/opam");
    private static final Pattern RELEASE = Pattern.compile("(?:.*/)?([^/.]+)\\.([0-9][^/]*)/opam");
    private static final Pattern SOURCE = Pattern.compile("(?:.*/)?([^/]+)\\.opam");
    private static final String MARK = "opam-version";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "opam", 1, "OCaml", WantedPaths.of("**/opam", "**/*.opam"))
            .yields(PackageType.OPAM)
            .gives("licences, dependencies; packages of sources as declared")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", OpamFields.MAX_TEXTS, "texts")
            .source("The opam manual, package definitions")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var installed = INSTALLED.matcher(file.path());
        var isInstalled = installed.matches();
        if (!isInstalled && REPOSITORY.matcher(file.path()).matches()) {
            return;
        }
        if (!isInstalled && file.size() > DocumentFile.MAX_FILE) {
            return; // the program opam
        }
        var text = DocumentFile.text(file, facts).orElse("");
        if (!text.contains(MARK)) {
            return;
        }
        var fields = OpamFields.read(text);
        if (!fields.containsKey(MARK)) {
            return; // the word within a program
        }
        var source = SOURCE.matcher(file.path());
        var release = RELEASE.matcher(file.path());
        var name = source.matches() ? source.group(1) : "";
        var version = "";
        if (isInstalled || release.matches()) {
            name = (isInstalled ? installed : release).group(1);
            version = (isInstalled ? installed : release).group(2);
        }
        if (!isInstalled) {
            name = first(fields, "name", name);
            version = first(fields, "version", version);
        }
        if (name.isEmpty() || version.isEmpty()) {
            return; // a source whose version its release gives
        }
        var found = PackageFound.ofLanguage(
                        PackageType.OPAM,
                        "",
                        name,
                        version,
                        ListedPackages.licenses(fields.getOrDefault("license", List.of())),
                        "")
                .withDependencies(ListedPackages.dependencies(fields.getOrDefault("depends", List.of())))
                .withProperties(ListedPackages.properties(Map.of(
                        PackageProperty.SUMMARY, first(fields, "synopsis", ""),
                        PackageProperty.HOMEPAGE, first(fields, "homepage", ""))));
        new ListedPackages(facts).add(isInstalled ? found : found.declared());
    }

    private static String first(Map<String, List<String>> fields, String name, String otherwise) {
        var texts = fields.getOrDefault(name, List.of());
        return texts.isEmpty() ? otherwise : texts.getFirst();
    }
}
