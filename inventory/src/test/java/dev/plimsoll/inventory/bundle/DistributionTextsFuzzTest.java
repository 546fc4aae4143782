package dev.plimsoll.inventory.bundle;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.apk.ApkFileClaimsAnalyzer;
import dev.plimsoll.inventory.apk.ApkWorldAnalyzer;
import dev.plimsoll.inventory.dpkg.AptStatesAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgDiversionsAnalyzer;
import dev.plimsoll.inventory.dpkg.DpkgFileClaimsAnalyzer;
import dev.plimsoll.inventory.dpkg.OpkgAnalyzer;
import dev.plimsoll.inventory.pacman.PacmanAnalyzer;
import dev.plimsoll.inventory.pacman.PacmanFileClaimsAnalyzer;
import dev.plimsoll.inventory.portage.PortageAnalyzer;
import dev.plimsoll.inventory.portage.PortageFileClaimsAnalyzer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// All that read texts of distributions: any bytes give facts and unknowns only.
class DistributionTextsFuzzTest {

    private static final Map<String, Analyzer> ANALYZERS = Map.ofEntries(
            Map.entry("lib/apk/db/installed", new ApkFileClaimsAnalyzer()),
            Map.entry("etc/apk/world", new ApkWorldAnalyzer()),
            Map.entry("var/lib/apt/extended_states", new AptStatesAnalyzer()),
            Map.entry("var/lib/dpkg/diversions", new DpkgDiversionsAnalyzer()),
            Map.entry("var/lib/dpkg/info/a.md5sums", new DpkgFileClaimsAnalyzer()),
            Map.entry("var/lib/dpkg/status", new DpkgFileClaimsAnalyzer()),
            Map.entry("usr/lib/opkg/status", new OpkgAnalyzer()),
            Map.entry("var/lib/pacman/local/a-1/desc", new PacmanAnalyzer()),
            Map.entry("var/lib/pacman/local/a-1/files", new PacmanFileClaimsAnalyzer()),
            Map.entry("var/db/pkg/a/b-1/CONTENTS", new PortageAnalyzer()),
            Map.entry("var/db/pkg/a/b-2/CONTENTS", new PortageFileClaimsAnalyzer()),
            Map.entry("opt/bitnami/.bitnami_components.json", new BitnamiAnalyzer()),
            Map.entry("opt/bitnami/a/.spdx-a.spdx", new BitnamiAnalyzer()),
            Map.entry("usr/share/bottlerocket/application-inventory.json", new BottlerocketAnalyzer()),
            Map.entry("Cellar/a/1/INSTALL_RECEIPT.json", new HomebrewAnalyzer()),
            Map.entry("Cellar/a/1/.brew/a.rb", new HomebrewAnalyzer()),
            Map.entry("snap/manifest.yaml", new SnapAnalyzer()),
            Map.entry("doc/linux-modules-1/changelog.Debian.gz", new SnapAnalyzer()));

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesGiveFactsAndUnknownsOnly(byte[] bytes) {
        ANALYZERS.forEach((path, analyzer) -> Analyzed.by(analyzer, path, bytes));
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "",
                        "P:a\nF:b\nR:c\nZ:Q1AAAA\na:0:0:755\n",
                        "Package: a\nVersion: 1\nStatus: install ok installed\nConffiles:\n /a x\n",
                        "/a\n/b\n:\n",
                        "%NAME%\na\n\n%VERSION%\n1\n%FILES%\nx/\n%BACKUP%\na\t0\n",
                        "dir /a\nobj /b 0 1\nsym /c -> d 1\n",
                        "{\"a\":{\"version\":\"1\"},\"Content\":[{}],\"runtime_dependencies\":[{}]}",
                        "name: a\nversion: 1\npackages:\n- a=1\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
