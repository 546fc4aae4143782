package dev.plimsoll.inventory.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ApkRelationsTest {

    @Test
    void namesWhatAPackageNeedsAndAnswersTo() {
        var found = Analyzed.by(new ApkDatabaseAnalyzer(), "lib/apk/db/installed", """
                        P:libcrypto3
                        V:3.1.4-r1
                        m:Some Body <some@example.org>
                        U:https://example.org/
                        T:Crypto library
                        D:so:libc.musl-x86_64.so.1 musl>=1.2 zlib~1.3 !libressl
                        p:so:libcrypto.so.3=3.0.0 cmd:openssl=3.1
                        """)
                .packages()
                .getFirst();

        assertThat(found.dependencies()).containsExactlyInAnyOrder("so:libc.musl-x86_64.so.1", "musl", "zlib");
        assertThat(found.properties())
                .containsEntry(PackageProperty.MAINTAINER, "Some Body <some@example.org>")
                .containsEntry(PackageProperty.HOMEPAGE, "https://example.org/")
                .containsEntry(PackageProperty.SUMMARY, "Crypto library");
        assertThat(found.properties().get(PackageProperty.PROVIDES).split(" ", -1))
                .containsExactlyInAnyOrder("so:libcrypto.so.3", "cmd:openssl");
    }

    @Test
    void theWorldIsWhatWasAskedForAndAllElseCameWithIt() {
        assertThat(Analyzed.by(new ApkWorldAnalyzer(), "etc/apk/world", "alpine-baselayout\ncurl>8 nginx@edge\n!x\n")
                        .facts())
                .containsExactlyInAnyOrder(
                        reason("alpine-baselayout", "explicit"),
                        reason("curl", "explicit"),
                        reason("nginx", "explicit"),
                        reason("", "dependency"));
    }

    private static Fact reason(String key, String reason) {
        return new Fact.Properties(PackageType.APK, key, Map.of(PackageProperty.INSTALL_REASON, reason));
    }

    @Test
    void whatIsNoDigestIsNotClaimed() {
        var facts = Analyzed.by(
                        new ApkFileClaimsAnalyzer(),
                        "lib/apk/db/installed",
                        "P:a\nV:1\nF:etc\nR:x\nZ:Q1!!\nR:y\na:0:0:4755\nZ:Q1AAAA\nF:\nR:z\n\nP:empty\n")
                .facts();

        assertThat(facts)
                .containsExactly(new Fact.FileClaims(
                        PackageType.APK,
                        "a",
                        List.of(
                                new FileClaim("etc/x", "", "", OptionalInt.of(0644), true, false),
                                new FileClaim("etc/y", "", "", OptionalInt.of(04755), true, false),
                                new FileClaim("z", "", "", OptionalInt.of(0644), false, false))));
    }
}
