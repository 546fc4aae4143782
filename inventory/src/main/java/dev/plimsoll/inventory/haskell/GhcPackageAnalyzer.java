package dev.plimsoll.inventory.haskell;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.HeaderFields;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Packages that GHC's database has as installed: one `*.conf` each in a folder `package.conf.d` or `package.db`.
///
/// Source: "GHC User's Guide", 5.9.9 "InstalledPackageInfo: a package specification". Stateless: one instance serves
/// all threads.
public final class GhcPackageAnalyzer implements Analyzer {

    /// An identifier of a unit: `bytestring-0.11.4.0`, perhaps with a digest behind it.
    private static final Pattern UNIT =
            Pattern.compile("([A-Za-z0-9]+(?:-[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*)*)-([0-9]+(?:\\.[0-9]+)*)(?:-.*)?");

    private static final Pattern BLANK = Pattern.compile("\\s+");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "ghc-package",
                    1,
                    "Haskell",
                    WantedPaths.of("**/{package.conf.d,package.db}/*.conf", "**/.stack-work/**/pkgdb/*.conf"))
            .yields(PackageType.HACKAGE)
            .gives("licences, dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a field", HeaderFields.MAX_VALUE, "characters")
            .source("GHC User's Guide, InstalledPackageInfo")
            .proof("files that ghc-pkg wrote (Debian's ghc and libghc packages)");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var paragraph = new HeaderFields(DocumentFile.text(file, facts).orElse("")).joined();
        var name = paragraph.get("package-name").isEmpty() ? paragraph.get("name") : paragraph.get("package-name");
        var version = paragraph.get("version");
        if (name.isEmpty() && paragraph.get("id").isEmpty()) {
            return; // no description of a package
        }
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "a package of GHC without name or version");
            return;
        }
        var needed = BLANK.splitAsStream(paragraph.get("depends"))
                .filter(ListedPackages::isWord)
                .map(UNIT::matcher)
                .filter(Matcher::matches)
                .map(unit -> unit.group(1) + "@" + unit.group(2))
                .toList();
        new ListedPackages(facts)
                .add(PackageFound.ofLanguage(
                                PackageType.HACKAGE,
                                "",
                                name,
                                version,
                                ListedPackages.licenses(List.of(paragraph.get("license"))),
                                "")
                        .withDependencies(ListedPackages.dependencies(needed))
                        .withProperties(ListedPackages.properties(Map.of(
                                PackageProperty.SUMMARY, paragraph.get("synopsis"),
                                PackageProperty.HOMEPAGE, paragraph.get("homepage"),
                                PackageProperty.MAINTAINER, paragraph.get("maintainer")))));
    }
}
