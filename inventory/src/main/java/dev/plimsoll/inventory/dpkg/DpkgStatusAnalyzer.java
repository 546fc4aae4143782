package dev.plimsoll.inventory.dpkg;

import static dev.plimsoll.inventory.PackageDatabases.DPKG_STATUS;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.dpkg.ControlRecords.ControlRecord;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Packages that dpkg recorded as installed, in its status file or, in images without dpkg, in one file a package.
///
/// Source: dpkg(1), "Package states"; deb-control(5). Stateless: one instance serves all threads.
public final class DpkgStatusAnalyzer implements Analyzer {

    /// In packages; a full desktop has some thousand.
    static final int MAX_PACKAGES = 200_000;

    /// The files are there in these states; `config-files` and `not-installed` mean that they are not.
    private static final Set<String> PRESENT = Set.of(
            "installed", "unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dpkg-status",
                    2,
                    "Debian",
                    WantedPaths.of("var/lib/dpkg/status", "var/lib/dpkg/status.d/*")
                            .when((path, _, _) -> PackageDatabases.typeOf(path).isPresent(), ""))
            .yields(PackageType.DEB)
            .gives("source package, architecture, dependencies, maintainer, origin")
            .limit("a line", ControlRecords.MAX_LINE, "bytes")
            .limit("a database", MAX_PACKAGES, "packages")
            .limit("a database", DebianPackages.MAX_ALL_RELATIONS, "dependencies")
            .source("deb-control(5), dpkg-query(1)")
            .proof("dpkg-query");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var statusNeeded = file.path().equals(DPKG_STATUS);
        var packages = new DebianPackages(facts);
        var count = new int[1];
        new ControlRecords(file.content(), DebianPackages.FIELDS, Set.of(), facts).forEach(found -> {
            if (statusNeeded && !PRESENT.contains(DebianPackages.state(found))) {
                return true;
            }
            if (count[0] == MAX_PACKAGES) {
                facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
                return false;
            }
            count[0] += packages.add(found, source(found), List.of(), Map.of()) ? 1 : 0;
            return true;
        });
    }

    /// `Source: name (version)`; what is not said is the same as the binary's.
    private static SourcePackage source(ControlRecord found) {
        var text = found.field("source");
        var open = text.indexOf('(');
        var name = (open < 0 ? text : text.substring(0, open)).strip();
        var version = open < 0 || !text.endsWith(")")
                ? ""
                : text.substring(open + 1, text.length() - 1).strip();
        return new SourcePackage(
                name.isEmpty() ? found.field("package") : name, version.isEmpty() ? found.field("version") : version);
    }
}
