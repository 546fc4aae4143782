package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.golang.GoBinaryAnalyzer;
import dev.plimsoll.inventory.java.ExplodedArchiveAnalyzer;
import dev.plimsoll.inventory.java.GradleLockAnalyzer;
import dev.plimsoll.inventory.java.JavaArchiveAnalyzer;
import dev.plimsoll.inventory.java.JvmReleaseAnalyzer;
import dev.plimsoll.inventory.java.MavenProjectAnalyzer;
import dev.plimsoll.inventory.java.SbtLockAnalyzer;
import dev.plimsoll.inventory.npm.BunLockAnalyzer;
import dev.plimsoll.inventory.npm.DenoLockAnalyzer;
import dev.plimsoll.inventory.npm.PackageJsonAnalyzer;
import dev.plimsoll.inventory.npm.PackageLockAnalyzer;
import dev.plimsoll.inventory.npm.PnpmLockAnalyzer;
import dev.plimsoll.inventory.npm.YarnLockAnalyzer;
import dev.plimsoll.inventory.php.ComposerInstalledAnalyzer;
import dev.plimsoll.inventory.php.ComposerLockAnalyzer;
import dev.plimsoll.inventory.php.PearRegistryAnalyzer;
import dev.plimsoll.inventory.php.PhpExtensionAnalyzer;
import dev.plimsoll.inventory.php.PhpProgramAnalyzer;
import dev.plimsoll.inventory.python.CondaAnalyzer;
import dev.plimsoll.inventory.python.EggAnalyzer;
import dev.plimsoll.inventory.python.PipfileLockAnalyzer;
import dev.plimsoll.inventory.python.PythonLockAnalyzer;
import dev.plimsoll.inventory.python.PythonMetadataAnalyzer;
import dev.plimsoll.inventory.python.RequirementsAnalyzer;
import dev.plimsoll.inventory.python.SetupScriptAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import dev.plimsoll.inventory.ruby.GemfileLockAnalyzer;
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
            // JavaScript, Python, Ruby, PHP and Java beside their main evidence
            new PackageLockAnalyzer(),
            new YarnLockAnalyzer(),
            new PnpmLockAnalyzer(),
            new BunLockAnalyzer(),
            new DenoLockAnalyzer(),
            new EggAnalyzer(),
            new CondaAnalyzer(),
            new RequirementsAnalyzer(),
            new PythonLockAnalyzer(),
            new PipfileLockAnalyzer(),
            new SetupScriptAnalyzer(),
            new GemfileLockAnalyzer(),
            new ComposerInstalledAnalyzer(),
            new ComposerLockAnalyzer(),
            new PearRegistryAnalyzer(),
            new PhpProgramAnalyzer(),
            new PhpExtensionAnalyzer(),
            new ExplodedArchiveAnalyzer(),
            new JvmReleaseAnalyzer(),
            new GradleLockAnalyzer(),
            new MavenProjectAnalyzer(),
            new SbtLockAnalyzer());

    private Analyzers() {}

    public static List<Analyzer> all() {
        return ALL;
    }
}
