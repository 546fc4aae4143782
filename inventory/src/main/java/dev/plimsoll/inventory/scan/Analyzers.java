package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.account.AccountFilesAnalyzer;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.golang.GoBinaryAnalyzer;
import dev.plimsoll.inventory.java.JavaArchiveAnalyzer;
import dev.plimsoll.inventory.npm.PackageJsonAnalyzer;
import dev.plimsoll.inventory.python.PythonMetadataAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import dev.plimsoll.inventory.ruby.GemspecAnalyzer;
import java.util.List;

/// The list of analyzers; adding one is a class, its test and a line here.
public final class Analyzers {

    private static final List<Analyzer> ALL = List.of(
            new OsReleaseAnalyzer(),
            // accounts
            new AccountFilesAnalyzer(),
            new DpkgStatusAnalyzer(),
            new DpkgOwnedFilesAnalyzer(),
            new DpkgCopyrightAnalyzer(),
            new ApkDatabaseAnalyzer(),
            new RpmDatabaseAnalyzer(),
            new PackageJsonAnalyzer(),
            new JavaArchiveAnalyzer(),
            new PythonMetadataAnalyzer(),
            new GemspecAnalyzer(),
            new GoBinaryAnalyzer());

    private Analyzers() {}

    public static List<Analyzer> all() {
        return ALL;
    }
}
