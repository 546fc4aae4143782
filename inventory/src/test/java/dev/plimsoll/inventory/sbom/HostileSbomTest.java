package dev.plimsoll.inventory.sbom;

import static dev.plimsoll.inventory.sbom.Documents.cycloneDx;
import static dev.plimsoll.inventory.sbom.Documents.cycloneDxComponents;
import static dev.plimsoll.inventory.sbom.Documents.read;
import static dev.plimsoll.inventory.sbom.Documents.spdx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plimsoll.image.ImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a document holds, reading ends in an inventory or in one sentence.
final class HostileSbomTest {

    private static final String XML = "<bom xmlns='http://cyclonedx.org/schema/bom/1.6'>";

    @TempDir
    private Path folder;

    private static String refusal(byte[] bytes, SbomLimits limits) {
        var thrown = catchThrowable(() -> Documents.read(bytes, limits));
        assertThat(thrown).isInstanceOf(ImageException.class);
        assertThat(thrown).message().doesNotContain("\n").hasSizeLessThan(900);
        assertThat(thrown).message().startsWith("cannot read the software bill of materials test: ");
        return String.valueOf(thrown.getMessage())
                .substring("cannot read the software bill of materials test: ".length());
    }

    private static String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8), SbomLimits.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|it is empty",
                "`  `|it holds nothing but white space",
                "[1]|it is a JSON array, and the documents that are read are objects;",
                "{}|it is a JSON object without any member that tells its format;",
                "{\"metadata\":{},\"schema\":{}}|it is a JSON object with metadata, schema, which tell no format;",
                "{\"schema\":\"https://plimsoll.dev/schema/inventory-1.schema.json\"}|it is Plimsoll's own inventory: write inventory:FILE",
                "{\"payloadType\":\"application/vnd.in-toto+json\"}|it is an attestation: give the document that it attests (its predicate)",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.3\"}|it is CycloneDX '1.3';",
                "{\"bomFormat\":\"CycloneDX\"}|it is CycloneDX '';",
                "{\"spdxVersion\":\"SPDX-2.1\"}|it is SPDX 'SPDX-2.1';",
                "{\"@context\":\"https://spdx.org/rdf/3.1.0/spdx-context.jsonld\",\"@graph\":[]}|it is SPDX '';",
                "SPDXVersion: SPDX-2.0|it is SPDX 'SPDX-2.0';",
                "SPDXVersion: SPDX-2.3 PackageName: x|it is SPDX 'SPDX-2.3 PackageName: x';",
                "hello world|it begins with 'hello world', which is no format that is known;",
                "<html/>|it is XML with the root element 'html' of '';",
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>|it is SPDX in RDF, or other RDF with the root element 'RDF'",
                "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.2\"/>|it is CycloneDX '1.2';",
                "<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\">|it is no well-formed XML at line 1, column",
                "{\"bomFormat\":|not JSON at line 1, column 14:",
                "{} {}|something follows the value at line 1, column 4",
            })
    void saysWhatWasFound(String text, String reason) {
        assertThat(refusal(text)).startsWith(reason);
    }

    @Test
    void saysWhatIsPacked() throws IOException {
        assertThat(refusal("PK\3\4")).startsWith("it is a zip archive or a spreadsheet;");
        var out = new java.io.ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write('x');
        }
        assertThat(refusal(out.toByteArray(), SbomLimits.DEFAULT)).startsWith("it is compressed with gzip; unpack it");
        assertThat(refusal(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0}, SbomLimits.DEFAULT))
                .startsWith("it is compressed with zstd; unpack it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void wideTextIsReadAsXmlOnly(String charset) throws ImageException {
        var xml = ("\ufeff<?xml version='1.0' encoding='UTF-16'?>" + XML + "</bom>").getBytes(Charset.forName(charset));

        assertThat(Documents.read(xml, SbomLimits.DEFAULT).packages()).isEmpty();
        assertThat(refusal("\ufeffpkg:npm/a@1".getBytes(Charset.forName(charset)), SbomLimits.DEFAULT))
                .isEqualTo("it is UTF-16 or UTF-32 text; write it as UTF-8");
    }

    @Test
    void externalEntitiesAreNotRead() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "s3cret");
        for (var declaration : new String[] {
            "<!DOCTYPE bom [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>",
            "<!DOCTYPE bom SYSTEM '" + secret.toUri() + "'>",
            "<!DOCTYPE bom [<!ENTITY % x SYSTEM '" + secret.toUri() + "'> %x;]>",
        }) {
            assertThat(refusal(declaration + XML + "<components><component type='library'><name>&x;</name></component>"
                            + "</components></bom>"))
                    .isEqualTo("it has a document type (DTD), and those are not read");
        }
        assertThat(refusal(
                        XML + "<components><component type='library'><name>&x;</name></component></components></bom>"))
                .doesNotContain("s3cret")
                .contains("x");
    }

    @Test
    void entitiesThatGrowAreNotRead() {
        var bomb = new StringBuilder("<!DOCTYPE bom [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a%d '&a%d;&a%d;&a%d;'>".formatted(i, i - 1, i - 1, i - 1));
        }
        assertThat(refusal(bomb + "]>" + XML + "<components>&a29;</components></bom>"))
                .isEqualTo("it has a document type (DTD), and those are not read");
    }

    @Test
    void bytesAreALimit() {
        var limits = new SbomLimits(100, 10, 10, 1000, 1 << 20);
        var text = ("pkg:npm/a@1\n".repeat(20)).getBytes(StandardCharsets.UTF_8);

        assertThat(refusal(text, limits)).isEqualTo("bytes over 100, the limit sbom-bytes");
        assertThat(refusal((cycloneDx("\"x\":\"" + "y".repeat(100) + "\"")).getBytes(StandardCharsets.UTF_8), limits))
                .contains("100");
    }

    @Test
    void packagesAreALimitInEveryFormat() {
        var limits = new SbomLimits(1 << 20, 2, 100, 1000, 1 << 20);
        var json = "{\"type\":\"library\",\"name\":\"a\",\"purl\":\"pkg:npm/a@1\"}";
        var xml = "<component type='library'><name>a</name><purl>pkg:npm/a@1</purl></component>";
        for (var text : new String[] {
            cycloneDxComponents(json, json, json),
            XML + "<components>" + xml.repeat(3) + "</components></bom>",
            spdx(
                    "{\"externalRefs\":[{\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/a@1\"}]},".repeat(2)
                            + "{\"externalRefs\":[{\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:npm/a@1\"}]}",
                    ""),
            "SPDXVersion: SPDX-2.3\n" + "PackageName: a\nExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\n".repeat(3),
            "{\"artifacts\":[{\"purl\":\"pkg:npm/a@1\"},{\"purl\":\"pkg:npm/a@1\"},{\"purl\":\"pkg:npm/a@1\"}],\"descriptor\":{\"name\":\"syft\"}}",
            "pkg:npm/a@1\npkg:npm/a@1\npkg:npm/a@1\n",
        }) {
            assertThat(refusal(text.getBytes(StandardCharsets.UTF_8), limits))
                    .as(text)
                    .isEqualTo("packages over 2, the limit sbom-packages");
        }
        var graph = "{\"type\":\"software_Package\",\"software_packageUrl\":\"pkg:npm/a@1\"}";
        assertThat(refusal(
                        ("{\"@context\":\"https://spdx.org/rdf/3.0.1/x\",\"@graph\":[" + graph + "," + graph + ","
                                        + graph + "]}")
                                .getBytes(StandardCharsets.UTF_8),
                        limits))
                .isEqualTo("packages and licences over 2, the limit sbom-packages");
    }

    @Test
    void nestingIsALimit() {
        var deep = "{\"type\":\"library\",\"name\":\"a\",\"purl\":\"pkg:npm/a@1\",\"components\":[".repeat(97)
                + "{\"type\":\"library\",\"name\":\"b\",\"purl\":\"pkg:npm/b@1\"}" + "]}".repeat(97);
        assertThat(read(cycloneDxComponents(deep)).packages()).hasSize(2);
        assertThat(refusal(cycloneDxComponents(deep.replace("]}", "]]]]}").replace("[{", "[[[[{"))))
                .matches("over a limit at line 1, column [0-9]+: Document nesting depth .*");
        assertThat(refusal(
                        cycloneDxComponents(deep).getBytes(StandardCharsets.UTF_8),
                        new SbomLimits(1 << 20, 1000, 20, 1000, 1 << 20)))
                .isEqualTo("components in components over 20, the limit sbom-nesting");
        var shallow = new SbomLimits(1 << 20, 1000, 20, 1000, 1 << 20);
        for (var begin : new String[] {XML, XML + "<components><component><name>"}) {
            assertThat(refusal(begin + "<x>".repeat(100_000)))
                    .as("the parser's own limit is the same")
                    .matches("over a limit of XML at line 1, .*depth of \"101\" that exceeds the limit \"100\".*");
            assertThat(refusal((begin + "<x>".repeat(50)).getBytes(StandardCharsets.UTF_8), shallow))
                    .isEqualTo("elements in elements over 20, the limit sbom-nesting");
        }
        assertThat(refusal("{\"x\":" + "[".repeat(100_000))).startsWith("over a limit at");
    }

    @Test
    void textsAreALimit() {
        var limits = new SbomLimits(1 << 20, 10, 10, 1000, 1 << 20);
        var longText = "x".repeat(1001);
        assertThat(refusal(("pkg:npm/" + longText).getBytes(StandardCharsets.UTF_8), limits))
                .isEqualTo("characters in line 1 over 1000, the limit sbom-text");
        assertThat(refusal(
                        ("SPDXVersion: SPDX-2.3\nPackageName: <text>" + "y\n".repeat(2000) + "</text>")
                                .getBytes(StandardCharsets.UTF_8),
                        limits))
                .isEqualTo("characters in the text of line 2 over 1000, the limit sbom-text");
        assertThat(refusal(
                        (XML + "<components><component type='" + longText + "'/></components></bom>")
                                .getBytes(StandardCharsets.UTF_8),
                        limits))
                .isEqualTo("bytes in one text or tag over 1000, the limit sbom-text");
        assertThat(refusal(
                        (XML + "<components><component><name>" + "y<!---->".repeat(1001)
                                        + "</name></component></components></bom>")
                                .getBytes(StandardCharsets.UTF_8),
                        limits))
                .isEqualTo("characters in one text over 1000, the limit sbom-text");
    }

    @Test
    void memoryIsALimit() {
        var limits = new SbomLimits(1 << 20, 1000, 10, 100_000, 5_000);
        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append("pkg:npm/a").append(i).append("@1\n");
        }
        assertThat(refusal(text.toString().getBytes(StandardCharsets.UTF_8), limits))
                .isEqualTo("bytes of memory for packages over 5000, the limit sbom-memory");
    }

    @Test
    void aTextThatDoesNotEndIsRefused() {
        assertThat(refusal("SPDXVersion: SPDX-2.3\nPackageComment: <text>abc\n"))
                .isEqualTo("the text that begins in line 2 does not end");
    }

    @Test
    void manyUnknownsAreCounted() {
        var inventory = read("pkg:npm\n".repeat(10_500));

        assertThat(inventory.unknowns()).hasSize(10_001);
        assertThat(inventory.document().orElseThrow().unidentified()).isEqualTo(10_500);
        assertThat(Documents.unknowns(inventory)).contains("the document: 500 further places are not listed");
    }

    @Test
    void elementsOfAnotherKindAreUnknown() {
        assertThat(Documents.unknowns(read(cycloneDxComponents(
                        "7",
                        "null",
                        "{\"type\":\"library\",\"name\":\"a\"," + "\"purl\":\"pkg:npm/a@1\",\"components\":[1]}"))))
                .containsExactly(
                        "components/0: is no object but a JSON number",
                        "components/1: is no object but a JSON null",
                        "components/2/components/0: is no object but a JSON number");
    }

    @Test
    void nothingOfATextReachesTheTerminal() {
        assertThat(refusal("\u001b[31mhello")).doesNotContain("\u001b");
        assertThat(Documents.unknowns(read("pkg:\u001b[31m\n"))).noneMatch(text -> text.contains("\u001b"));
    }

    @Test
    void aTruncatedOneIsRefusedOrReadToItsEnd() {
        var whole = cycloneDxComponents("{\"type\":\"library\",\"name\":\"a\",\"purl\":\"pkg:npm/a@1\"}")
                .getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            refusal(Arrays.copyOf(whole, length), SbomLimits.DEFAULT);
        }
    }

    /// A hundred million bytes must be read or refused in the memory of a small container.
    @Test
    void aHundredMillionBytesAreReadWithoutBeingHeld() throws ImageException {
        var component =
                ",{\"type\":\"file\",\"name\":\"/some/where/a/file/lies\",\"hashes\":[{\"alg\":\"SHA-256\",\"content\":\""
                        + "0".repeat(64) + "\"}]}";
        var begin =
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"type\":\"library\",\"name\":\"a\","
                        + "\"purl\":\"pkg:npm/a@1\"}";
        var in = new Repeated(begin, component, 100_000_000 / component.length(), "]}");

        assertThat(SbomReader.read(in, "test").packages()).hasSize(1);
    }

    /// A text without an array of its own.
    private static final class Repeated extends InputStream {

        private final java.util.Iterator<byte[]> parts;
        private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);

        Repeated(String begin, String middle, int times, String end) {
            var bytes = middle.getBytes(StandardCharsets.UTF_8);
            parts = java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(begin.getBytes(StandardCharsets.UTF_8)),
                            java.util.stream.Stream.concat(
                                    java.util.stream.Stream.generate(() -> bytes)
                                            .limit(times),
                                    java.util.stream.Stream.of(end.getBytes(StandardCharsets.UTF_8))))
                    .iterator();
        }

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int read = current.read(bytes, offset, length);
            while (read < 0 && parts.hasNext()) {
                current = new ByteArrayInputStream(parts.next());
                read = current.read(bytes, offset, length);
            }
            return read;
        }
    }

    @Test
    void namesTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("x.json"), "{}");

        assertThatThrownBy(() -> SbomReader.read(file))
                .hasMessageStartingWith("cannot read the software bill of materials " + file + ": it is a JSON object");
        assertThatThrownBy(() -> SbomReader.read(folder.resolve("none")))
                .hasMessage("there is no document " + folder.resolve("none"));
        assertThatThrownBy(() -> SbomReader.read(folder))
                .hasMessage(folder + " is a folder, not a software bill of materials");
    }
}
