package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import java.util.List;

/// The list of analyzers; adding one is a class, its test and a line here.
public final class Analyzers {

    private static final List<Analyzer> ALL = List.of(
            new OsReleaseAnalyzer(),
            new DpkgStatusAnalyzer(),
            new DpkgOwnedFilesAnalyzer(),
            new DpkgCopyrightAnalyzer(),
            new ApkDatabaseAnalyzer());

    private Analyzers() {}

    public static List<Analyzer> all() {
        return ALL;
    }
}
