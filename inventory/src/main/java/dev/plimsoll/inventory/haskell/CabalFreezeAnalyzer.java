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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `cabal freeze` fixed: `constraints: any.aeson ==2.1.0.0, …`.
///
/// Source: "Cabal User Guide", `cabal freeze`, "constraints". Stateless: one instance serves all threads.
public final class CabalFreezeAnalyzer implements Analyzer {

    private static final Pattern CONSTRAINT =
            Pattern.compile("(?:[A-Za-z]+\\.)?([A-Za-z0-9-]+)\\s*==\\s*([0-9]+(?:\\.[0-9]+)*)");

    private static final Pattern COMMA = Pattern.compile(",");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "cabal-freeze", 1, "Haskell", WantedPaths.of("**/cabal.project.freeze"))
            .declared()
            .yields(PackageType.HACKAGE)
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Cabal User Guide, cabal freeze")
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
        var packages = new ListedPackages(facts);
        var inConstraints = false;
        for (var line : text.get().lines().toList()) {
            var stripped = line.strip();
            var colon = line.indexOf(':');
            if (stripped.startsWith("--")) {
                continue;
            }
            if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                inConstraints = line.substring(0, colon).strip().equalsIgnoreCase("constraints");
                stripped = line.substring(colon + 1);
            }
            if (inConstraints && stripped.contains("==")) {
                COMMA.splitAsStream(stripped)
                        .map(String::strip)
                        .filter(ListedPackages::isWord)
                        .map(CONSTRAINT::matcher)
                        .filter(Matcher::matches)
                        .forEach(constraint -> packages.add(PackageFound.ofLanguage(
                                        PackageType.HACKAGE,
                                        "",
                                        constraint.group(1),
                                        constraint.group(2),
                                        List.of(),
                                        "")
                                .declared()));
            }
        }
    }
}
