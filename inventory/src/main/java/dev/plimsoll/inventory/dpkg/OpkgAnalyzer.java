package dev.plimsoll.inventory.dpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.dpkg.ControlRecords.ControlRecord;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Packages that opkg recorded as installed, as in OpenWrt and Yocto: in its status file, and in one control file a
/// package, which it removes with the package.
///
/// Source: opkg, `libopkg/pkg_parse.c` and `pkg.c` (states); OpenWrt, `include/package-pack.mk` (fields of control
/// files: `Source` is the folder of the recipe, `SourceName` the name of the source package). Stateless: one instance
/// serves all threads.
public final class OpkgAnalyzer implements Analyzer {

    private static final Set<String> PRESENT =
            Set.of("installed", "unpacked", "half-installed", "half-configured", "post-inst-failed", "removal-failed");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "opkg-status", 1, "opkg", WantedPaths.of("{usr/lib,var/lib,opt/lib}/opkg/{status,info/*.control}"))
            .yields(PackageType.DEB)
            .gives("source package, architecture, licence, install reason, dependencies")
            .limit("a line", ControlRecords.MAX_LINE, "bytes")
            .limit("a database", DpkgStatusAnalyzer.MAX_PACKAGES, "packages")
            .source("opkg, libopkg/pkg_parse.c; OpenWrt, include/package-pack.mk")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var isStatus = PackageDatabases.OPKG_STATUS.contains(file.path());
        var packages = new DebianPackages(facts);
        var count = new int[1];
        new ControlRecords(file.content(), DebianPackages.FIELDS, Set.of(), facts).forEach(found -> {
            if (isStatus && !PRESENT.contains(DebianPackages.state(found))) {
                return true;
            }
            if (count[0] == DpkgStatusAnalyzer.MAX_PACKAGES) {
                facts.unknown("", "over " + DpkgStatusAnalyzer.MAX_PACKAGES + " packages; the rest was not read");
                return false;
            }
            count[0] +=
                    packages.add(found, source(found), licenses(found), isStatus ? reason(found) : Map.of()) ? 1 : 0;
            return true;
        });
    }

    private static SourcePackage source(ControlRecord found) {
        var name = found.field("sourcename");
        return new SourcePackage(name.isEmpty() ? found.field("package") : name, found.field("version"));
    }

    private static List<String> licenses(ControlRecord found) {
        var license = found.field("license");
        return license.isEmpty() ? List.of() : List.of(license);
    }

    private static Map<PackageProperty, String> reason(ControlRecord found) {
        return Map.of(
                PackageProperty.INSTALL_REASON,
                found.field("auto-installed").equals("yes") ? "dependency" : "explicit");
    }
}
