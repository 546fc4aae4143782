package dev.plimsoll.inventory.java;

import static dev.plimsoll.inventory.java.JarBytes.jar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Archives that are broken or made to harm: they end in an unknown, soon.
@Timeout(60)
class HostileArchiveTest {

    private static Analyzed analyze(byte[] content) {
        return Analyzed.by(new JavaArchiveAnalyzer(), "a.jar", content);
    }

    @Test
    void whatIsNoArchiveIsUnknown() {
        assertThat(analyze(new byte[0]).unknowns()).containsExactly("not a zip archive");
        assertThat(analyze("hello, world".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .unknowns())
                .containsExactly("not a zip archive");
        assertThat(analyze(new byte[ArchiveStream.MAX_PREFIX * 4]).unknowns()).containsExactly("not a zip archive");
        assertThat(analyze(jar().with("x.jar", "no").bytes()).unknowns()).containsExactly("x.jar: not a zip archive");
    }

    @Test
    void anEmptyArchiveIsOne() {
        assertThat(analyze(jar().bytes()).unknowns()).isEmpty();
    }

    @Test
    void everyCutIsSaidAndKeepsWhatStoodBefore() {
        var whole =
                jar().properties("g", "a", "1").with("big", "x".repeat(1000)).bytes();

        for (int length = 0; length < whole.length - 21; length++) {
            var analyzed = analyze(Arrays.copyOf(whole, length));
            assertThat(analyzed.unknowns())
                    .as("cut at %d", length)
                    .hasSize(1)
                    .noneMatch(unknown -> unknown.contains("null"));
        }
        assertThat(analyze(Arrays.copyOf(whole, whole.length - 30)).names()).containsExactly("g/a 1");
        assertThat(analyze(whole).unknowns()).isEmpty();
    }

    @Test
    void aCutWithinAnEntrysNameIsSaidInWords() {
        var whole = jar().with("a/long/name.txt", "1").bytes();

        assertThat(analyze(Arrays.copyOf(whole, 34)).unknowns())
                .containsExactly("a broken archive: it ends within an entry");
    }

    @Test
    void entriesThatOnlyTheDirectoryListsAreMissed() {
        var jar = jar().with("a", "1").with("b", "2").bytes();
        for (int at = 1; at < jar.length; at++) {
            if (jar[at] == 'P' && jar[at + 1] == 'K' && jar[at + 2] == 3) {
                jar[at] = 'X'; // the second entry's mark
                break;
            }
        }

        assertThat(analyze(jar).unknowns())
                .containsExactly("the archive's directory lists 2 entries, but 1 could be read");
    }

    @Test
    void storedEntriesWithoutALengthAreUnknown() {
        var jar = jar().stored().with("a", "1").bytes();
        jar[6] |= 8; // a data descriptor follows: where the entry ends, only the directory knows

        assertThat(analyze(jar).unknowns()).hasSize(1).first().asString().startsWith("a broken archive: ");
    }

    @Test
    void aBrokenArchiveWithinDoesNotLoseTheRest() {
        var broken = jar().properties("g", "inner", "1").with("x", "y").bytes();
        var analyzed = analyze(jar().with("lib/b.jar", Arrays.copyOf(broken, broken.length - 40))
                .properties("g", "a", "1")
                .bytes());

        assertThat(analyzed.names()).contains("g/inner 1 @lib/b.jar", "g/a 1");
        assertThat(analyzed.unknowns()).containsExactly("lib/b.jar: the archive ends without its directory");
    }

    @Test
    void archivesNestToTheLimitOnly() {
        var jar = jar().properties("g", "deepest", "1").bytes();
        for (int depth = 1; depth < ArchiveReader.MAX_DEPTH; depth++) {
            jar = jar().with("n.jar", jar).bytes();
        }
        assertThat(analyze(jar).names()).containsExactly("g/deepest 1 @n.jar!/n.jar!/n.jar!/n.jar!/n.jar");
        assertThat(analyze(jar).unknowns()).isEmpty();

        var analyzed = analyze(jar().with("n.jar", jar).bytes());
        assertThat(analyzed.packages()).isEmpty();
        assertThat(analyzed.unknowns())
                .containsExactly("n.jar!/n.jar!/n.jar!/n.jar!/n.jar!/n.jar: archives nest deeper than 6");
    }

    @Test
    void aBombEndsAtTheRatio() throws IOException {
        var bomb = zeros("zeros", 100 << 20);

        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(analyze(bomb).unknowns())
                .containsExactly("unpacks to over 200 times its size; the rest was not read");
        assertThat(analyze(zeros("no.jar", 100 << 20)).unknowns())
                .contains("unpacks to over 200 times its size; the rest was not read");
        assertThat(analyze(zeros("zeros", (int) ArchiveReader.RATIO_COUNTS_FROM))
                        .unknowns())
                .isEmpty();
    }

    @Test
    void aBombWithinABombEndsAtTheRatio() throws IOException {
        var inner = zeros("zeros", 100 << 20);
        var analyzed = analyze(jar().with("n.jar", jar().with("n.jar", inner).bytes())
                .properties("g", "a", "1")
                .bytes());

        assertThat(analyzed.unknowns())
                .containsExactly("n.jar!/n.jar: unpacks to over 200 times its size; the rest was not read");
    }

    @Test
    void entriesAreLimitedOverAllArchivesOfAFile() throws IOException {
        assertThat(analyze(entries(ArchiveReader.MAX_ENTRIES)).unknowns()).isEmpty();
        assertThat(analyze(entries(ArchiveReader.MAX_ENTRIES + 1)).unknowns())
                .containsExactly("over 500000 entries; the rest was not read");
    }

    @Test
    void packagesOfOneArchiveAreLimited() {
        var jar = jar();
        for (int i = 0; i < ArchiveContents.MAX_PACKED; i++) {
            jar.properties("g", "a" + i, "1");
        }
        assertThat(analyze(jar.bytes()).unknowns()).isEmpty();

        var analyzed = analyze(jar.properties("g", "more", "1").bytes());
        assertThat(analyzed.packages()).hasSize(ArchiveContents.MAX_PACKED);
        assertThat(analyzed.unknowns())
                .containsExactly("over 10000 packages packed into one archive; the rest was not read");
    }

    @Test
    void textsAreLimited() {
        var start = "groupId=g\nartifactId=a\nversion=1\n#";
        var most = start + "x".repeat(ArchiveReader.MAX_TEXT - start.length());
        var name = "META-INF/maven/g/a/pom.properties";

        assertThat(analyze(jar().with(name, most).bytes()).names()).containsExactly("g/a 1");
        assertThat(analyze(jar().with(name, most + "x").bytes()).unknowns())
                .containsExactly(name + ": over 1048576 bytes");
    }

    @Test
    void namesAreLimited() {
        var most = "n".repeat(ArchiveContents.MAX_NAME);

        assertThat(analyze(jar().properties("g", most, "1").bytes()).packages()).hasSize(1);
        assertThat(analyze(jar().properties("g", "n" + most, "1").bytes()).packages())
                .isEmpty();
    }

    @Test
    void brokenPropertiesAreUnknown() {
        assertThat(analyze(jar().with("META-INF/maven/g/a/pom.properties", "version=\\u00zz")
                                .bytes())
                        .unknowns())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("META-INF/maven/g/a/pom.properties: not a properties file");
    }

    @Test
    void aManifestOfManyContinuedLinesTakesNoQuadraticTime() {
        var manifest = "Implementation-Version: 1\nX: \n" + " a\n".repeat(300_000) + "Implementation-Title: t\n";

        Assertions.assertThat(org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(5),
                        () -> analyze(jar().with("META-INF/MANIFEST.MF", manifest)
                                        .bytes())
                                .names()))
                .containsExactly("t 1");
    }

    private static byte[] zeros(String name, int length) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            var block = new byte[1 << 20];
            for (int written = 0; written < length; written += block.length) {
                zip.write(block);
            }
        }
        return out.toByteArray();
    }

    private static byte[] entries(int count) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            for (int i = 0; i < count; i++) {
                zip.putNextEntry(new ZipEntry(Integer.toString(i, 36)));
            }
        }
        return out.toByteArray();
    }
}
