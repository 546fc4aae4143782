package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.account.AccountFilesAnalyzer;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.apk.ApkFileClaimsAnalyzer;
import dev.plimsoll.inventory.apk.ApkWorldAnalyzer;
import dev.plimsoll.inventory.apple.AppBundleAnalyzer;
import dev.plimsoll.inventory.archives.DebianPackageAnalyzer;
import dev.plimsoll.inventory.beam.HexMetadataAnalyzer;
import dev.plimsoll.inventory.beam.MixLockAnalyzer;
import dev.plimsoll.inventory.beam.OtpApplicationAnalyzer;
import dev.plimsoll.inventory.beam.RebarLockAnalyzer;
import dev.plimsoll.inventory.bundle.BitnamiAnalyzer;
import dev.plimsoll.inventory.bundle.BottlerocketAnalyzer;
import dev.plimsoll.inventory.bundle.HomebrewAnalyzer;
import dev.plimsoll.inventory.bundle.SnapAnalyzer;
import dev.plimsoll.inventory.classifier.ProgramClassifier;
import dev.plimsoll.inventory.classifier.ScriptClassifier;
import dev.plimsoll.inventory.conan.ConanLockAnalyzer;
import dev.plimsoll.inventory.conan.ConanTextAnalyzer;
import dev.plimsoll.inventory.dart.PubspecAnalyzer;
import dev.plimsoll.inventory.dart.PubspecLockAnalyzer;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dotnet.DepsJsonAnalyzer;
import dev.plimsoll.inventory.dotnet.PackagesConfigAnalyzer;
import dev.plimsoll.inventory.dotnet.PackagesLockAnalyzer;
import dev.plimsoll.inventory.dotnet.PortableExecutableAnalyzer;
import dev.plimsoll.inventory.dpkg.AptStatesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgDiversionsAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgFileClaimsAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.dpkg.OpkgAnalyzer;
import dev.plimsoll.inventory.executable.ExecutableAnalyzer;
import dev.plimsoll.inventory.github.WorkflowAnalyzer;
import dev.plimsoll.inventory.golang.GoBinaryAnalyzer;
import dev.plimsoll.inventory.golang.GoModAnalyzer;
import dev.plimsoll.inventory.haskell.CabalFreezeAnalyzer;
import dev.plimsoll.inventory.haskell.GhcPackageAnalyzer;
import dev.plimsoll.inventory.haskell.StackLockAnalyzer;
import dev.plimsoll.inventory.java.ExplodedArchiveAnalyzer;
import dev.plimsoll.inventory.java.GradleLockAnalyzer;
import dev.plimsoll.inventory.java.JavaArchiveAnalyzer;
import dev.plimsoll.inventory.java.JvmReleaseAnalyzer;
import dev.plimsoll.inventory.java.MavenProjectAnalyzer;
import dev.plimsoll.inventory.java.SbtLockAnalyzer;
import dev.plimsoll.inventory.julia.JuliaManifestAnalyzer;
import dev.plimsoll.inventory.julia.JuliaPackageAnalyzer;
import dev.plimsoll.inventory.license.LicenseFileAnalyzer;
import dev.plimsoll.inventory.linux.KernelAnalyzer;
import dev.plimsoll.inventory.linux.KernelModuleAnalyzer;
import dev.plimsoll.inventory.linux.PackageNoteAnalyzer;
import dev.plimsoll.inventory.linux.PackedKernelModuleAnalyzer;
import dev.plimsoll.inventory.lua.RocksManifestAnalyzer;
import dev.plimsoll.inventory.lua.RockspecAnalyzer;
import dev.plimsoll.inventory.models.GgufAnalyzer;
import dev.plimsoll.inventory.models.HuggingFaceCacheAnalyzer;
import dev.plimsoll.inventory.models.SafetensorsAnalyzer;
import dev.plimsoll.inventory.nix.NixDatabaseAnalyzer;
import dev.plimsoll.inventory.npm.BunLockAnalyzer;
import dev.plimsoll.inventory.npm.DenoLockAnalyzer;
import dev.plimsoll.inventory.npm.PackageJsonAnalyzer;
import dev.plimsoll.inventory.npm.PackageLockAnalyzer;
import dev.plimsoll.inventory.npm.PnpmLockAnalyzer;
import dev.plimsoll.inventory.npm.YarnLockAnalyzer;
import dev.plimsoll.inventory.ocaml.OpamAnalyzer;
import dev.plimsoll.inventory.pacman.PacmanAnalyzer;
import dev.plimsoll.inventory.pacman.PacmanFileClaimsAnalyzer;
import dev.plimsoll.inventory.perl.CpanMetadataAnalyzer;
import dev.plimsoll.inventory.perl.InstallJsonAnalyzer;
import dev.plimsoll.inventory.perl.PerlLocalAnalyzer;
import dev.plimsoll.inventory.php.ComposerInstalledAnalyzer;
import dev.plimsoll.inventory.php.ComposerLockAnalyzer;
import dev.plimsoll.inventory.php.PearRegistryAnalyzer;
import dev.plimsoll.inventory.php.PhpExtensionAnalyzer;
import dev.plimsoll.inventory.php.PhpProgramAnalyzer;
import dev.plimsoll.inventory.portage.PortageAnalyzer;
import dev.plimsoll.inventory.portage.PortageFileClaimsAnalyzer;
import dev.plimsoll.inventory.prolog.PackAnalyzer;
import dev.plimsoll.inventory.python.CondaAnalyzer;
import dev.plimsoll.inventory.python.DirectUrlAnalyzer;
import dev.plimsoll.inventory.python.EggAnalyzer;
import dev.plimsoll.inventory.python.InstalledFilesAnalyzer;
import dev.plimsoll.inventory.python.PipfileLockAnalyzer;
import dev.plimsoll.inventory.python.PythonFileClaimsAnalyzer;
import dev.plimsoll.inventory.python.PythonLockAnalyzer;
import dev.plimsoll.inventory.python.PythonMetadataAnalyzer;
import dev.plimsoll.inventory.python.RequirementsAnalyzer;
import dev.plimsoll.inventory.python.SetupScriptAnalyzer;
import dev.plimsoll.inventory.rlang.DescriptionAnalyzer;
import dev.plimsoll.inventory.rpm.ContainerManifestAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import dev.plimsoll.inventory.rpm.RpmFileAnalyzer;
import dev.plimsoll.inventory.rpm.RpmFileClaimsAnalyzer;
import dev.plimsoll.inventory.ruby.GemfileLockAnalyzer;
import dev.plimsoll.inventory.ruby.GemspecAnalyzer;
import dev.plimsoll.inventory.rust.CargoAuditableAnalyzer;
import dev.plimsoll.inventory.rust.CargoLockAnalyzer;
import dev.plimsoll.inventory.sbom.EmbeddedSbomAnalyzer;
import dev.plimsoll.inventory.sbom.NativeImageAnalyzer;
import dev.plimsoll.inventory.swift.PackageResolvedAnalyzer;
import dev.plimsoll.inventory.swift.PodfileLockAnalyzer;
import dev.plimsoll.inventory.terraform.TerraformLockAnalyzer;
import dev.plimsoll.inventory.terraform.TerraformProviderAnalyzer;
import dev.plimsoll.inventory.vcpkg.VcpkgManifestAnalyzer;
import dev.plimsoll.inventory.vcpkg.VcpkgPortAnalyzer;
import dev.plimsoll.inventory.vcpkg.VcpkgStatusAnalyzer;
import dev.plimsoll.inventory.wordpress.WordPressCoreAnalyzer;
import dev.plimsoll.inventory.wordpress.WordPressPluginAnalyzer;
import dev.plimsoll.inventory.wordpress.WordPressThemeAnalyzer;
import java.util.List;

/// The list of analyzers; adding one is a class, its test and a line here.
public final class Analyzers {

    private static final List<Analyzer> ALL = List.of(
            new OsReleaseAnalyzer(),
            // accounts
            new LicenseFileAnalyzer(),
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
            new GoBinaryAnalyzer(),
            // the further ecosystems, and packages and lists of packages that lie about
            new DescriptionAnalyzer(),
            new RocksManifestAnalyzer(),
            new RockspecAnalyzer(),
            new HexMetadataAnalyzer(),
            new MixLockAnalyzer(),
            new OtpApplicationAnalyzer(),
            new RebarLockAnalyzer(),
            new CabalFreezeAnalyzer(),
            new GhcPackageAnalyzer(),
            new StackLockAnalyzer(),
            new PackageResolvedAnalyzer(),
            new PodfileLockAnalyzer(),
            new PubspecAnalyzer(),
            new PubspecLockAnalyzer(),
            new ConanLockAnalyzer(),
            new ConanTextAnalyzer(),
            new JuliaManifestAnalyzer(),
            new JuliaPackageAnalyzer(),
            new OpamAnalyzer(),
            new CpanMetadataAnalyzer(),
            new InstallJsonAnalyzer(),
            new PerlLocalAnalyzer(),
            new PackAnalyzer(),
            new VcpkgManifestAnalyzer(),
            new VcpkgPortAnalyzer(),
            new VcpkgStatusAnalyzer(),
            new WordPressCoreAnalyzer(),
            new WordPressPluginAnalyzer(),
            new WordPressThemeAnalyzer(),
            new TerraformLockAnalyzer(),
            new TerraformProviderAnalyzer(),
            new WorkflowAnalyzer(),
            new GgufAnalyzer(),
            new HuggingFaceCacheAnalyzer(),
            new SafetensorsAnalyzer(),
            new AppBundleAnalyzer(),
            new DebianPackageAnalyzer(),
            new RpmFileAnalyzer(),
            new EmbeddedSbomAnalyzer(),
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
            new NixDatabaseAnalyzer(),
            new BitnamiAnalyzer(),
            new BottlerocketAnalyzer(),
            new HomebrewAnalyzer(),
            new SnapAnalyzer(),
            // what is read out of programs, and the lock files of the same ecosystems
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
            new PackedKernelModuleAnalyzer(),
            new NativeImageAnalyzer(),
            new KernelAnalyzer(),
            // JavaScript, Python, Ruby, PHP and Java beside their main evidence
            new PackageLockAnalyzer(),
            new YarnLockAnalyzer(),
            new PnpmLockAnalyzer(),
            new BunLockAnalyzer(),
            new DenoLockAnalyzer(),
            new DirectUrlAnalyzer(),
            new InstalledFilesAnalyzer(),
            new PythonFileClaimsAnalyzer(),
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

    /// Those that collect what the settings ask for.
    static List<Analyzer> of(AnalysisSettings settings) {
        return ALL.stream()
                .filter(analyzer -> !settings.without().contains(analyzer.id().name()))
                .filter(analyzer ->
                        settings.verification() || !analyzer.declaration().forVerification())
                .map(analyzer -> analyzer instanceof GoBinaryAnalyzer && settings.goSymbols()
                        ? new GoBinaryAnalyzer(true)
                        : analyzer)
                .toList();
    }
}
