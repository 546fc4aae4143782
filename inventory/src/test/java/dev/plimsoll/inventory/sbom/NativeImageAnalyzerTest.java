package dev.plimsoll.inventory.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.program.ElfBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class NativeImageAnalyzerTest {

    private static final String DOCUMENT = """
            {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [
              {"type": "library", "group": "io.netty", "name": "netty-codec-http2", "version": "4.1.104.Final",
               "purl": "pkg:maven/io.netty/netty-codec-http2@4.1.104.Final", "properties": [
                 {"name": "syft:cpe23", "value": "cpe:2.3:a:netty:netty:4.1.104.Final:*:*:*:*:*:*:*"}]},
              {"type": "library", "group": "org.yaml", "name": "snakeyaml", "version": "2.2",
               "purl": "pkg:maven/org.yaml/snakeyaml@2.2", "licenses": [{"license": {"id": "Apache-2.0"}}]}]}
            """;

    private static final long BASE = 0x400000;
    private static final int LENGTH_AT = 16;
    private static final int DOCUMENT_AT = 64;

    private static byte[] gzip(String text) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /// A program whose data holds the length and the packed document, and whose symbols lead there.
    private static byte[] program(boolean wide, ByteOrder order, byte[] packed, long length, String... symbols) {
        var elf = new ElfBytes(wide, order);
        var data = ByteBuffer.allocate(DOCUMENT_AT + packed.length).order(order);
        data.putLong(LENGTH_AT, length).put(DOCUMENT_AT, packed);
        var names = new ByteArrayOutputStream();
        names.write(0);
        var table = ByteBuffer.allocate((symbols.length + 1) * (wide ? 24 : 16)).order(order);
        table.position(wide ? 24 : 16);
        for (var symbol : symbols) {
            var value = BASE + (symbol.equals("sbom_length") ? LENGTH_AT : symbol.equals("sbom") ? DOCUMENT_AT : 0);
            table.putInt(names.size());
            if (wide) {
                table.putInt(0x00060011).putLong(value).putLong(8);
            } else {
                table.putInt((int) value).putInt(8).putInt(0x00060011);
            }
            names.writeBytes((symbol + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        return elf.segment(BASE, true, data.array())
                .section(".dynsym", table.array())
                .section(".dynstr", names.toByteArray())
                .bytes();
    }

    private static byte[] program(byte[] packed, long length) {
        return program(
                true, ByteOrder.LITTLE_ENDIAN, packed, length, "main", "__svm_version_info", "sbom_length", "sbom");
    }

    private static Analyzed analyzed(byte[] program) {
        return Analyzed.by(new NativeImageAnalyzer(), "usr/bin/app", program);
    }

    @Test
    void theEmbeddedListNamesWhatWasCompiledIn() {
        var packed = gzip(DOCUMENT);
        for (var wide : List.of(true, false)) {
            for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                var found = analyzed(program(wide, order, packed, packed.length, "a", "sbom", "sbom_length"));
                assertThat(found.names())
                        .containsExactlyInAnyOrder(
                                "io.netty/netty-codec-http2 4.1.104.Final", "org.yaml/snakeyaml 2.2");
                assertThat(found.packages()).allMatch(item -> item.evidence() == Evidence.INSTALLED);
                assertThat(found.packages())
                        .flatExtracting(PackageFound::licenses)
                        .containsExactly("Apache-2.0");
                assertThat(found.unknowns()).isEmpty();
            }
        }
    }

    @Test
    void otherProgramsSayNothing() {
        var packed = gzip(DOCUMENT);
        for (var symbols : List.of(
                new String[] {"main"}, new String[] {"sbom"}, new String[] {"sbom_length"}, new String[] {"xsbom_length"
                })) {
            assertThat(analyzed(program(true, ByteOrder.LITTLE_ENDIAN, packed, packed.length, symbols)))
                    .isEqualTo(new Analyzed(List.of(), List.of()));
        }
        assertThat(analyzed(ElfBytes.elf().bytes())).isEqualTo(new Analyzed(List.of(), List.of()));
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        var packed = gzip(DOCUMENT);
        for (var length : List.of(0L, -1L, packed.length + 1L, NativeImageAnalyzer.MAX_PACKED + 1L)) {
            assertThat(analyzed(program(packed, length)).unknowns())
                    .as("%d", length)
                    .containsExactly("the list of libraries that GraalVM embeds is cut short, or over 16777216 bytes");
        }
        assertThat(analyzed(program(Arrays.copyOf(packed, 100), 100)).unknowns())
                .hasSize(1);
        assertThat(analyzed(program("no gzip".getBytes(StandardCharsets.US_ASCII), 7))
                        .unknowns())
                .singleElement()
                .asString()
                .startsWith("the list of libraries that GraalVM embeds cannot be read: ");
        var other = gzip("{\"parts\": []}");
        assertThat(analyzed(program(other, other.length)).unknowns()).hasSize(1);
    }

    @FuzzTest
    void anyDocumentGivesPackagesOrUnknowns(byte[] bytes) {
        assertThat(analyzed(program(bytes, bytes.length)).packages()).isNotNull();
        assertThat(analyzed(program(gzip(new String(bytes, StandardCharsets.ISO_8859_1)), bytes.length))
                        .packages())
                .isNotNull();
    }
}
