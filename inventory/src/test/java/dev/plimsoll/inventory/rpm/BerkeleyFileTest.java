package dev.plimsoll.inventory.rpm;

import static dev.plimsoll.inventory.rpm.HeaderBytes.ofPackage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Databases that Berkeley DB's own `db_load` writes, and ways to break them.
class BerkeleyFileTest {

    private static final String PATH = "var/lib/rpm/Packages";

    @TempDir
    private static Path folder;

    private static Analyzed analyze(byte[] bytes) {
        return Analyzed.by(new RpmDatabaseAnalyzer(), PATH, bytes);
    }

    /// Some headers lie on their page, most on several pages of their own.
    @ParameterizedTest
    @CsvSource({"1234, 4096", "4321, 4096", "1234, 512", "4321, 512", "1234, 65536", "4321, 65536"})
    void everyHeaderIsReadInBothByteOrders(String order, int pageSize) throws Exception {
        var analyzed = analyze(loaded(order, pageSize, 300));

        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.names().stream().sorted().toList())
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, 300)
                        .mapToObj(i -> "package-" + i + " 1-" + i)
                        .sorted()
                        .toList());
    }

    @Test
    void aDatabaseThatIsCutOffIsUnknownButWhatCameBeforeStays() throws Exception {
        var good = loaded("1234", 4096, 300);
        for (int length = 1; length < good.length; length += 40_961) {
            assertThat(analyze(Arrays.copyOf(good, length)).unknowns()).isNotEmpty();
        }
        assertThat(analyze(Arrays.copyOf(good, good.length - 4096)).packages()).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "12, it does not begin as a hash of Berkeley DB does",
        "17, it is of version 265; 7 to 10 are read",
        "20, pages of 4097 bytes",
        "24, 'it is encrypted, has checksums or is no hash, as rpm writes none'",
        "25, 'it is encrypted, has checksums or is no hash, as rpm writes none'",
        "26, 'it is encrypted, has checksums or is no hash, as rpm writes none'",
    })
    void aBrokenFirstPageEndsTheReading(int at, String reason) throws Exception {
        var broken = loaded("1234", 4096, 3);
        broken[at] ^= 1;

        assertThat(analyze(broken).unknowns())
                .containsExactly("the database is damaged, the rest was not read: " + reason);
    }

    @Test
    void aBrokenChainOfPagesCostsItsHeader() throws Exception {
        var broken = loaded("1234", 4096, 300);
        var pages = ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 1; page < broken.length / 4096; page++) {
            if (broken[page * 4096 + 25] == 7 && pages.getInt(page * 4096 + 16) != 0) {
                pages.putInt(page * 4096 + 16, 0);
                break;
            }
        }
        var analyzed = analyze(broken);

        assertThat(analyzed.packages()).hasSize(299);
        assertThat(analyzed.unknowns()).singleElement().asString().contains("its pages end before it does");
    }

    /// A chain that many entries share, or that leads back into itself, must not be read for ever.
    @Test
    void pagesThatAreSharedEndTheReading() throws Exception {
        var broken = loaded("1234", 4096, 300);
        var pages = ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN);
        for (int page = 1; page < broken.length / 4096; page++) {
            var start = page * 4096;
            if (broken[start + 25] == 7) {
                pages.putInt(start + 16, page);
            }
            if (broken[start + 25] == 13 || broken[start + 25] == 2) {
                for (int entry = 1; entry < pages.getShort(start + 20); entry += 2) {
                    var at = start + Short.toUnsignedInt(pages.getShort(start + 26 + 2 * entry));
                    if (broken[at] == 3) {
                        pages.putInt(at + 8, broken.length / 4);
                    }
                }
            }
        }

        assertThat(analyze(broken).unknowns())
                .contains("the database is damaged, the rest was not read: its headers lie upon each other");
    }

    /// @param order `1234` is little-endian, `4321` big-endian
    static byte[] loaded(String order, int pageSize, int packages) throws IOException, InterruptedException {
        var number = order.equals("1234") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        var lines = new ArrayList<>(List.of(
                "VERSION=3",
                "format=bytevalue",
                "type=hash",
                "db_lorder=" + order,
                "db_pagesize=" + pageSize,
                "HEADER=END"));
        var random = new Random(5);
        add(lines, number, 0, new byte[] {1, 0, 0, 0});
        for (int i = 1; i <= packages; i++) {
            var blob = new byte[i % 7 == 0 ? 0 : random.nextInt(20_000)];
            random.nextBytes(blob);
            add(
                    lines,
                    number,
                    i,
                    ofPackage("package-" + i, "1", "" + i)
                            .entry(9999, 7, blob.length, blob)
                            .build());
        }
        lines.add("DATA=END");
        var dump = Files.write(folder.resolve("dump"), lines);
        var database = folder.resolve("Packages");
        Files.deleteIfExists(database);
        try {
            var process = new ProcessBuilder("db_load", "-f", dump.toString(), database.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("messages").toFile())
                    .start();
            assertThat(process.waitFor())
                    .as(Files.readString(folder.resolve("messages")))
                    .isZero();
        } catch (IOException e) {
            System.err.println("SKIPPED: BerkeleyFileTest needs db_load");
            Assumptions.abort("no db_load");
        }
        return Files.readAllBytes(database);
    }

    private static void add(List<String> lines, ByteOrder order, int key, byte[] value) {
        lines.add(" "
                + HexFormat.of()
                        .formatHex(
                                ByteBuffer.allocate(4).order(order).putInt(key).array()));
        lines.add(" " + HexFormat.of().formatHex(value));
    }
}
