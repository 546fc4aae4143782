package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.classifier.ProgramClassifier;
import dev.plimsoll.inventory.classifier.ScriptClassifier;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dotnet.DepsJsonAnalyzer;
import dev.plimsoll.inventory.dotnet.PackagesConfigAnalyzer;
import dev.plimsoll.inventory.dotnet.PackagesLockAnalyzer;
import dev.plimsoll.inventory.dotnet.PortableExecutableAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.executable.ExecutableAnalyzer;
import dev.plimsoll.inventory.golang.GoBinaryAnalyzer;
import dev.plimsoll.inventory.golang.GoModAnalyzer;
import dev.plimsoll.inventory.java.JavaArchiveAnalyzer;
import dev.plimsoll.inventory.linux.KernelAnalyzer;
import dev.plimsoll.inventory.linux.KernelModuleAnalyzer;
import dev.plimsoll.inventory.linux.PackageNoteAnalyzer;
import dev.plimsoll.inventory.npm.PackageJsonAnalyzer;
import dev.plimsoll.inventory.python.PythonMetadataAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import dev.plimsoll.inventory.ruby.GemspecAnalyzer;
import dev.plimsoll.inventory.rust.CargoAuditableAnalyzer;
import dev.plimsoll.inventory.rust.CargoLockAnalyzer;
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
            // what is read out of programs, and the lock files of the same ecosystems
            new GoBinaryAnalyzer(),
            new CargoAuditableAnalyzer(),
            new PackageNoteAnalyzer(),
            new ProgramClassifier(),
            new ExecutableAnalyzer(),
            new ScriptClassifier(),
            new GoModAnalyzer(),
            new CargoLockAnalyzer(),
            new PortableExecutableAnalyzer(),
            new DepsJsonAnalyzer(),
            new PackagesLockAnalyzer(),
            new PackagesConfigAnalyzer(),
            new KernelModuleAnalyzer(),
            new KernelAnalyzer());

    private Analyzers() {}

    public static List<Analyzer> all() {
        return ALL;
    }
}
