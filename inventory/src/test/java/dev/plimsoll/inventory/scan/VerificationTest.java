package dev.plimsoll.inventory.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.scan.LayeredImage.Layer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

    private static final String STATUS = """
            Package: a
            Status: install ok installed
            Version: 1
            Architecture: amd64
            Conffiles:
             /etc/a.conf %s
             /etc/gone.conf newconffile

            Package: other
            Status: install ok installed
            Version: 2
            Architecture: amd64

            """;

    @TempDir
    private Path folder;

    private static Layer base() {
        return LayeredImage.layer()
                .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
                .file("var/lib/dpkg/status", STATUS.formatted(md5("configured")))
                .file("var/lib/dpkg/info/a.list", "/.\n/usr\n/usr/a\n/usr/b\n/usr/diverted\n")
                .file(
                        "var/lib/dpkg/info/a.md5sums",
                        md5("a") + "  usr/a\n" + md5("b") + "  usr/b\n" + md5("d") + "  usr/diverted\n")
                .file("var/lib/dpkg/info/other.list", "/usr/diverted\n")
                .file("var/lib/dpkg/diversions", "/usr/diverted\n/usr/diverted.a\nother\n")
                .file("etc/a.conf", "configured")
                .file("usr/a", "a")
                .file("usr/b", "b")
                .file("usr/diverted", "of other")
                .file("usr/diverted.a", "d");
    }

    private List<String> deviations(Layer... layers) {
        return verified(layers).contents().verification().orElseThrow().stream()
                .map(found -> found.path() + " " + found.kind() + (found.configuration() ? " c" : ""))
                .toList();
    }

    private Inventory verified(Layer... layers) {
        return LayeredImage.of(layers).scan(folder, AnalysisSettings.defaults().withVerification(true));
    }

    @Test
    void filesThatAreAsTheDatabaseSaysAreNotListed() {
        assertThat(deviations(base())).isEmpty();
    }

    @Test
    void filesThatHigherLayersChangeOrDeleteAreListed() {
        assertThat(deviations(
                        base(),
                        LayeredImage.layer()
                                .file("usr/a", "other")
                                .without("usr/b")
                                .file("etc/a.conf", "x")))
                .containsExactly("etc/a.conf CHANGED c", "usr/a CHANGED", "usr/b MISSING");
        assertThat(verified(base(), LayeredImage.layer().file("usr/a", "other"))
                        .contents()
                        .verification()
                        .orElseThrow()
                        .getFirst()
                        .owner())
                .isEqualTo("pkg:deb/debian/a@1?arch=amd64&distro=debian-12");
    }

    @Test
    void whatIsNotAskedForIsNotCollected() {
        var inventory = LayeredImage.of(base()).scan(folder);

        assertThat(inventory.contents().verification()).isEmpty();
        assertThat(inventory.analyzers()).noneMatch(name -> name.contains("claims"));
    }

    /// The file of `a` lies where it was diverted to, the one at the path is the diverting package's.
    @Test
    void aDiversionSaysWhoOwnsWhichPath() {
        var packages = verified(base()).packages();

        assertThat(packages.get(0).ownedFiles()).containsExactly("usr", "usr/a", "usr/b", "usr/diverted.a");
        assertThat(packages.get(1).ownedFiles()).containsExactly("usr/diverted");
    }

    @Test
    void aHardLinkHasTheContentOfItsFile() {
        assertThat(deviations(base(), LayeredImage.layer().file("usr/z", "a").hardLink("usr/a", "usr/z")))
                .isEmpty();
        assertThat(deviations(base(), LayeredImage.layer().file("usr/z", "y").hardLink("usr/a", "usr/z")))
                .containsExactly("usr/a CHANGED");
    }

    @Test
    void apkClaimsDigestsModesAndTargetsOfLinks() {
        var database = """
                P:a
                V:1-r0
                F:usr
                R:plain
                Z:%s
                R:program
                a:0:0:755
                Z:%s
                R:link
                a:0:0:777
                Z:%s

                """.formatted(q1("plain"), q1("program"), q1("plain"));
        var good = LayeredImage.layer()
                .file("lib/apk/db/installed", database)
                .file("usr/plain", "plain")
                .file("usr/program", 0755, "program".getBytes(StandardCharsets.UTF_8))
                .symbolicLink("usr/link", "plain");

        assertThat(deviations(good)).isEmpty();
        assertThat(deviations(
                        good,
                        LayeredImage.layer()
                                .file("usr/plain", 0666, "other".getBytes(StandardCharsets.UTF_8))
                                .file("usr/program", "program")
                                .symbolicLink("usr/link", "elsewhere")))
                .containsExactly("usr/link CHANGED", "usr/plain CHANGED", "usr/plain MODE", "usr/program MODE");
    }

    @Test
    void portageClaimsDigests() {
        var good = LayeredImage.layer()
                .file(
                        "var/db/pkg/dev-libs/a-1.0-r1/CONTENTS",
                        "dir /usr\nobj /usr/a b " + md5("a") + " 1700000000\nsym /usr/l -> a b 1700000000\n")
                .file("usr/a b", "a")
                .symbolicLink("usr/l", "a b");

        assertThat(deviations(good)).isEmpty();
        assertThat(deviations(good, LayeredImage.layer().file("usr/a b", "b").without("usr/l")))
                .containsExactly("usr/a b CHANGED", "usr/l MISSING");
    }

    @Test
    void propertiesOfOtherFilesAreJoined() {
        var packages = LayeredImage.of(base().file(
                                "var/lib/apt/extended_states",
                                "Package: other\nArchitecture: amd64\nAuto-Installed: 1\n\n"
                                        + "Package: a\nArchitecture: amd64\nAuto-Installed: 0\n"))
                .scan(folder)
                .packages();

        assertThat(packages.get(0).properties()).isEqualTo(Map.of(PackageProperty.INSTALL_REASON, "explicit"));
        assertThat(packages.get(1).properties()).isEqualTo(Map.of(PackageProperty.INSTALL_REASON, "dependency"));
    }

    @Test
    void pathsOfTheNixStoreArePackages() {
        var inventory = LayeredImage.of(LayeredImage.layer()
                        .file("nix/store/0c5b6ys2zz9wd6yrcz8nkzqwgygmi7a8-openssl-3.0.7-bin/bin/openssl", "")
                        .file("nix/store/1c5b6ys2zz9wd6yrcz8nkzqwgygmi7a8-openssl-3.0.7/lib/x", "")
                        .file("nix/store/2c5b6ys2zz9wd6yrcz8nkzqwgygmi7a8-gcc-wrapper-12.2.0/x", "")
                        .file("nix/store/3c5b6ys2zz9wd6yrcz8nkzqwgygmi7a8-source/x", "")
                        .file("nix/store/4c5b6ys2zz9wd6yrcz8nkzqwgygmi7a8-zlib-1.2.drv", ""))
                .scan(folder);

        assertThat(inventory.packages())
                .extracting(found -> found.purl().toString())
                .containsExactly("pkg:nix/gcc-wrapper@12.2.0", "pkg:nix/openssl@3.0.7");
        assertThat(inventory.packages().get(1).locations()).hasSize(2);
        assertThat(inventory.analyzers()).contains("nix-store/1");
    }

    private static String md5(String text) {
        return HexFormat.of().formatHex(digest("MD5", text));
    }

    private static String q1(String text) {
        return "Q1" + Base64.getEncoder().encodeToString(digest("SHA-1", text));
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
