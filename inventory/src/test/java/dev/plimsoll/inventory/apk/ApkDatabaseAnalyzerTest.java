package dev.plimsoll.inventory.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApkDatabaseAnalyzerTest {

    private static final String PATH = "lib/apk/db/installed";

    /// As apk writes it: digests, dependencies, folders with their files, and files' digests between.
    private static final String SSL_CLIENT = """
            C:Q1Z1mgvCu7rDhGSg1FWh2LVQbCJxA=
            P:ssl_client
            V:1.36.1-r5
            A:x86_64
            S:4683
            I:28672
            T:External ssl_client for busybox wget
            U:https://busybox.net/
            L:GPL-2.0-only
            o:busybox
            m:Some Body <some.body@example.org>
            t:1700000000
            c:1d2a3b
            D:so:libc.musl-x86_64.so.1 so:libcrypto.so.3
            p:cmd:ssl_client=1.36.1-r5
            r:busybox-initscripts
            F:usr
            F:usr/bin
            R:ssl_client
            a:0:0:755
            Z:Q1WU0jQO9zpuYnzhU4Y8xIqIWtHaU=
            F:
            R:top

            """;

    private static final String MUSL =
            "P:musl\nV:1.2.4-r2\nA:x86_64\nL:MIT\no:musl\nM:0:0:755\nF:lib\nR:ld-musl-x86_64.so.1\n\n";

    private final ApkDatabaseAnalyzer analyzer = new ApkDatabaseAnalyzer();

    private Analyzed analyze(String text) {
        return Analyzed.by(analyzer, PATH, text);
    }

    @Test
    void readsAWholeRecord() {
        var analyzed = analyze(SSL_CLIENT);

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.facts())
                .containsExactly(new PackageFound(
                        PackageType.APK,
                        "",
                        "ssl_client",
                        "1.36.1-r5",
                        Optional.of(new SourcePackage("busybox", "1.36.1-r5")),
                        "x86_64",
                        "",
                        Evidence.INSTALLED,
                        "ssl_client",
                        Map.of("arch", "x86_64", "upstream", "busybox"),
                        List.of("GPL-2.0-only"),
                        List.of("usr/bin/ssl_client", "top"),
                        List.of(),
                        List.of("so:libc.musl-x86_64.so.1", "so:libcrypto.so.3"),
                        Map.of(
                                PackageProperty.PROVIDES,
                                "cmd:ssl_client",
                                PackageProperty.MAINTAINER,
                                "Some Body <some.body@example.org>",
                                PackageProperty.HOMEPAGE,
                                "https://busybox.net/",
                                PackageProperty.SUMMARY,
                                "External ssl_client for busybox wget"),
                        ""));
    }

    @Test
    void aPackageThatIsItsOwnOriginHasNoUpstream() {
        assertThat(analyze(MUSL).packages().getFirst().qualifiers()).isEqualTo(Map.of("arch", "x86_64"));
        assertThat(analyze("P:a\nV:1\n").packages().getFirst().source()).contains(new SourcePackage("a", "1"));
    }

    @Test
    void theLastRecordMayLackItsEmptyLineAndItsNewline() {
        assertThat(analyze((MUSL + SSL_CLIENT).strip()).names())
                .containsExactly("musl 1.2.4-r2", "ssl_client 1.36.1-r5");
    }

    @Test
    void keepsThePackagesAroundABrokenLine() {
        var analyzed = analyze(MUSL + "P:broken\nno colon\nx\nV:1\n\n" + SSL_CLIENT);

        assertThat(analyzed.names()).containsExactly("musl 1.2.4-r2", "broken 1", "ssl_client 1.36.1-r5");
        assertThat(analyzed.unknowns())
                .containsExactly("line 11: not a field of an apk record", "line 12: not a field of an apk record");
    }

    @Test
    void saysOfARecordThatNamesNoPackage() {
        var analyzed = analyze("V:1\nF:lib\n\nP:a\n\n" + MUSL);

        assertThat(analyzed.names()).containsExactly("musl 1.2.4-r2");
        assertThat(analyzed.unknowns())
                .containsExactly("line 1: a record without a package", "line 4: package a has no version");
    }

    @Test
    void aModeOrDigestBeforeAnyFileIsNoMatter() {
        assertThat(analyze("M:0:0:755\na:0:0:644\nZ:Q1\nR:file\nP:a\nV:1\n")
                        .packages()
                        .getFirst()
                        .ownedFiles())
                .containsExactly("file");
    }

    @Test
    void emptyLinesBetweenRecordsMayBeMany() {
        assertThat(analyze("\n\n" + MUSL + "\n\n\n" + SSL_CLIENT).names()).hasSize(2);
        assertThat(analyze("").facts()).isEmpty();
    }

    @Test
    void readsALineAtTheLimitAndPassesOverALongerOne() {
        var most = "D:" + "x".repeat(ApkDatabaseAnalyzer.MAX_LINE - 2);

        assertThat(analyze("P:a\n" + most + "\nV:1\n").unknowns()).isEmpty();
        var analyzed = analyze("P:a\n" + most + "x\nV:1\n");
        assertThat(analyzed.names()).containsExactly("a 1");
        assertThat(analyzed.unknowns()).containsExactly("line 2: line over 1048576 bytes");
    }

    @Test
    void readsAsManyPackagesAsTheLimitAndNoMore() throws IOException {
        assertThat(many(ApkDatabaseAnalyzer.MAX_PACKAGES).unknowns()).isEmpty();

        var more = many(ApkDatabaseAnalyzer.MAX_PACKAGES + 1);
        assertThat(more.packages()).hasSize(ApkDatabaseAnalyzer.MAX_PACKAGES);
        assertThat(more.unknowns()).containsExactly("over 200000 packages; the rest was not read");
    }

    private Analyzed many(int packages) throws IOException {
        return Analyzed.by(analyzer, PATH, 0, repeated("P:a\nV:1\n\n", packages));
    }

    private static InputStream repeated(String text, int times) {
        var one = text.getBytes(StandardCharsets.UTF_8);
        var streams = new ArrayList<InputStream>();
        var chunk = text.repeat(1000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < times / 1000; i++) {
            streams.add(new java.io.ByteArrayInputStream(chunk));
        }
        for (int i = 0; i < times % 1000; i++) {
            streams.add(new java.io.ByteArrayInputStream(one));
        }
        return new java.io.SequenceInputStream(java.util.Collections.enumeration(streams));
    }

    @Test
    void wantsTheDatabaseWhereverAlpineKeepsIt() {
        assertThat(analyzer.wanted().wants(PATH, 0644, 1)).isTrue();
        assertThat(analyzer.wanted().wants("usr/" + PATH, 0644, 1)).isTrue();
        assertThat(analyzer.wanted().wants("srv/" + PATH, 0644, 1)).isFalse();
        assertThat(analyzer.wanted().wants(PATH + ".bak", 0644, 1)).isFalse();
    }
}
