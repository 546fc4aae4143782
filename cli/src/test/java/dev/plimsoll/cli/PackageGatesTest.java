package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gates about packages, licences, distributions and life cycles, from the image's bytes and the feed to the
/// verdict.
final class PackageGatesTest {

    @TempDir
    private Path folder;

    private String image = "";

    @BeforeEach
    void writeImageAndData() throws IOException {
        image = new TestImage()
                .layer(new TestTar()
                        .file("etc/os-release", "ID=debian\nVERSION_ID=\"11\"\n")
                        .file(
                                "var/lib/dpkg/status",
                                "Package: bash\nStatus: install ok installed\nVersion: 5.1-2\nArchitecture: amd64\n\n")
                        .file(
                                "usr/share/doc/bash/copyright",
                                "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
                                        + "Files: *\nCopyright: 2020 the authors\nLicense: GPL-3+\n")
                        .file(
                                "opt/java/release",
                                "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"16.0.2\"\nJAVA_RUNTIME_VERSION=\"16.0.2+7\"\n")
                        .file(
                                "app/node_modules/left-pad/package.json",
                                "{\"name\":\"left-pad\",\"version\":\"1.0.0\",\"license\":\"(MIT OR AGPL-3.0-only)\"}")
                        .file(
                                "app/node_modules/server/package.json",
                                "{\"name\":\"server\",\"version\":\"2.0.0\",\"license\":\"SSPL-1.0\"}"))
                .writeDockerArchive(folder.resolve("image.tar"))
                .toString();
        write("feeds/eol/products/debian.md", """
                ---
                releases:
                  - releaseCycle: "11"
                    eol: 2024-08-14
                    eoes: 2026-12-31
                ---
                """);
        write("feeds/eol/products/eclipse-temurin.md", """
                ---
                releases:
                  - releaseCycle: "16"
                    eol: 2021-09-14
                ---
                """);
        assertThat(Run.of(folder, "db", "build", "--from", "feeds", "--out", "data.db", "--at", "2026-11-23")
                        .code())
                .isZero();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Run check(List<String> rules, String... more) throws IOException {
        write("bundle.json", """
                {"id":"b","name":"b","version":"2",
                 "rule_sets":[{"id":"r","name":"r","version":"2","rules":[%s]}],
                 "mappings":[{"id":"m","name":"m","registry":"*","repository":"*","image":{"type":"tag","value":"*"},
                   "rule_set_ids":["r"],"allowlist_ids":[]}]}
                """.formatted(String.join(",", rules)));
        var arguments =
                new java.util.ArrayList<>(List.of("check", image, "--policy", "bundle.json", "--db", "data.db"));
        arguments.addAll(List.of(more));
        return Run.of(folder, arguments.toArray(String[]::new));
    }

    /// @param parameters `name=value`
    private static String rule(String gate, String trigger, String... parameters) {
        var params = List.of(parameters).stream()
                .map(text -> text.split("=", 2))
                .map(pair -> "{\"name\":\"%s\",\"value\":\"%s\"}".formatted(pair[0], pair[1]))
                .toList();
        return "{\"id\":\"%s-%s\",\"gate\":\"%s\",\"trigger\":\"%s\",\"action\":\"STOP\",\"params\":[%s]}"
                .formatted(gate, trigger, gate, trigger, String.join(",", params));
    }

    @Test
    void findsWhatIsDenied() throws IOException {
        var run = check(List.of(
                rule("licenses", "denylist_exact_match", "licenses=GPL-3.0-or-later"),
                rule(
                        "licenses",
                        "expression_denylist",
                        "categories=network-copyleft,source-available",
                        "package_type=non-os",
                        "unknown_licenses=allowed"),
                rule("packages", "metadata", "type=npm", "name=left-pad", "version=1.3.0", "version_comparison=<"),
                rule("distro", "deny", "distro=debian", "check=<", "version=12"),
                rule("eol", "distribution"),
                rule("eol", "runtime"),
                rule("sbom_quality", "minimum_elements", "elements=version,license", "min_percent=99")));

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out())
                .startsWith("FAIL")
                .contains("bash 5.1-2 has the denied licence GPL-3.0-or-later")
                .contains("server 2.0.0 cannot be used without the denied licence SSPL-1.0")
                .doesNotContain("left-pad 1.0.0 cannot be used")
                .contains("The package left-pad 1.0.0 (npm) is one that the rule denies")
                .contains("The image is of debian 11, and the rule denies debian < 12")
                .contains("The distribution debian:11 gets no more fixes since 2024-08-14")
                .contains("eclipse-temurin 16 gets no more fixes since 2021-09-14")
                .contains(
                        "license: 3 of 4 packages have one (75 %), and 99 % must; lacking it: oracle/openjdk 16.0.2+7");
    }

    @Test
    void aVerdictEndsWithTheExtendedSupport() throws IOException {
        var run = check(List.of(rule("eol", "distribution", "extended_support=true")));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("2026-12-31").contains("debian:11 reaches its end of life");
    }

    @Test
    void asksAPackageIndex() throws IOException {
        write("index.yaml", "packages:\n  npm:\n    left-pad: {latest: 1.3.0, versions: [1.0.0, 1.3.0]}\n");
        var rules = List.of(rule("npms", "newer_version_in_feed"), rule("npms", "unknown_in_feeds"));

        var with = check(rules, "--package-index", "index.yaml", "-o", "table", "-o", "json=result.json");
        assertThat(with.code()).isEqualTo(2);
        assertThat(with.out())
                .contains("The package left-pad 1.0.0 is not the newest, which is 1.3.0")
                .contains("The package server 2.0.0 is not one that the registry has");
        assertThat(folder.resolve("result.json")).content().contains("background-package-index");

        var without = check(rules);
        assertThat(without.code()).isEqualTo(3);
        assertThat(without.out()).contains("give --package-index with packages of type npm");

        write("index.yaml", "packages: {npm: {left-pad: {newest: 1}}}\n");
        var broken = check(rules, "--package-index", "index.yaml");
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err())
                .contains("--package-index: cannot read")
                .contains("at /packages/npm/left-pad/newest: no such member; allowed are latest, versions");
    }
}
