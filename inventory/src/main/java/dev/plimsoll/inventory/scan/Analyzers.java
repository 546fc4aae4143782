package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.apk.ApkDatabaseAnalyzer;
import dev.plimsoll.inventory.apple.AppBundleAnalyzer;
import dev.plimsoll.inventory.archives.DebianPackageAnalyzer;
import dev.plimsoll.inventory.beam.HexMetadataAnalyzer;
import dev.plimsoll.inventory.beam.MixLockAnalyzer;
import dev.plimsoll.inventory.beam.OtpApplicationAnalyzer;
import dev.plimsoll.inventory.beam.RebarLockAnalyzer;
import dev.plimsoll.inventory.conan.ConanLockAnalyzer;
import dev.plimsoll.inventory.conan.ConanTextAnalyzer;
import dev.plimsoll.inventory.dart.PubspecAnalyzer;
import dev.plimsoll.inventory.dart.PubspecLockAnalyzer;
import dev.plimsoll.inventory.distribution.OsReleaseAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgOwnedFilesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgStatusAnalyzer;
import dev.plimsoll.inventory.github.WorkflowAnalyzer;
import dev.plimsoll.inventory.golang.GoBinaryAnalyzer;
import dev.plimsoll.inventory.haskell.CabalFreezeAnalyzer;
import dev.plimsoll.inventory.haskell.GhcPackageAnalyzer;
import dev.plimsoll.inventory.haskell.StackLockAnalyzer;
import dev.plimsoll.inventory.java.JavaArchiveAnalyzer;
import dev.plimsoll.inventory.julia.JuliaManifestAnalyzer;
import dev.plimsoll.inventory.julia.JuliaPackageAnalyzer;
import dev.plimsoll.inventory.lua.RocksManifestAnalyzer;
import dev.plimsoll.inventory.lua.RockspecAnalyzer;
import dev.plimsoll.inventory.models.GgufAnalyzer;
import dev.plimsoll.inventory.models.HuggingFaceCacheAnalyzer;
import dev.plimsoll.inventory.models.SafetensorsAnalyzer;
import dev.plimsoll.inventory.npm.PackageJsonAnalyzer;
import dev.plimsoll.inventory.ocaml.OpamAnalyzer;
import dev.plimsoll.inventory.perl.CpanMetadataAnalyzer;
import dev.plimsoll.inventory.perl.InstallJsonAnalyzer;
import dev.plimsoll.inventory.perl.PerlLocalAnalyzer;
import dev.plimsoll.inventory.prolog.PackAnalyzer;
import dev.plimsoll.inventory.python.PythonMetadataAnalyzer;
import dev.plimsoll.inventory.rlang.DescriptionAnalyzer;
import dev.plimsoll.inventory.rpm.RpmDatabaseAnalyzer;
import dev.plimsoll.inventory.rpm.RpmFileAnalyzer;
import dev.plimsoll.inventory.ruby.GemspecAnalyzer;
import dev.plimsoll.inventory.sbom.EmbeddedSbomAnalyzer;
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
            new EmbeddedSbomAnalyzer());

    private Analyzers() {}

    public static List<Analyzer> all() {
        return ALL;
    }
}
