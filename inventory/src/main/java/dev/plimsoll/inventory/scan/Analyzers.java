package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.apk.ApkFileClaimsAnalyzer;
import dev.plimsoll.inventory.apk.ApkWorldAnalyzer;
import dev.plimsoll.inventory.bundle.BitnamiAnalyzer;
import dev.plimsoll.inventory.bundle.BottlerocketAnalyzer;
import dev.plimsoll.inventory.bundle.HomebrewAnalyzer;
import dev.plimsoll.inventory.bundle.SnapAnalyzer;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dpkg.AptStatesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgDiversionsAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgFileClaimsAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.dpkg.OpkgAnalyzer;
import dev.plimsoll.inventory.golang.GoBinaryAnalyzer;
import dev.plimsoll.inventory.java.JavaArchiveAnalyzer;
import dev.plimsoll.inventory.npm.PackageJsonAnalyzer;
import dev.plimsoll.inventory.pacman.PacmanAnalyzer;
import dev.plimsoll.inventory.pacman.PacmanFileClaimsAnalyzer;
import dev.plimsoll.inventory.portage.PortageAnalyzer;
import dev.plimsoll.inventory.portage.PortageFileClaimsAnalyzer;
import dev.plimsoll.inventory.python.PythonMetadataAnalyzer;
import dev.plimsoll.inventory.rpm.ContainerManifestAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import dev.plimsoll.inventory.rpm.RpmFileClaimsAnalyzer;
import dev.plimsoll.inventory.ruby.GemspecAnalyzer;
import java.util.List;

/// The list of analyzers; adding one is a class, its test and a line here.
public final class Analyzers {

    private static final List<Analyzer> ALL = List.of(
            new OsReleaseAnalyzer(),
            new DpkgStatusAnalyzer(),
            new DpkgOwnedFilesAnalyzer(),
            new DpkgCopyrightAnalyzer(),
            new ApkDatabaseAnalyzer(),
            new RpmDatabaseAnalyzer(),
            new PackageJsonAnalyzer(),
            new JavaArchiveAnalyzer(),
            new PythonMetadataAnalyzer(),
            new GemspecAnalyzer(),
            new GoBinaryAnalyzer(),
            // distribution packages beside the first three
            new DpkgDiversionsAnalyzer(),
            new DpkgFileClaimsAnalyzer(),
            new AptStatesAnalyzer(),
            new OpkgAnalyzer(),
            new ApkWorldAnalyzer(),
            new ApkFileClaimsAnalyzer(),
            new RpmFileClaimsAnalyzer(),
            new ContainerManifestAnalyzer(),
            new PacmanAnalyzer(),
            new PacmanFileClaimsAnalyzer(),
            new PortageAnalyzer(),
            new PortageFileClaimsAnalyzer(),
            new BitnamiAnalyzer(),
            new BottlerocketAnalyzer(),
            new HomebrewAnalyzer(),
            new SnapAnalyzer());

    private Analyzers() {}

    public static List<Analyzer> all() {
        return ALL;
    }
}
