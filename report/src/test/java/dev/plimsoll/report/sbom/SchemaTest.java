package dev.plimsoll.report.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.cyclonedx.parsers.XmlParser;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents against the schemas and libraries of their publishers, and against Syft as a reader.
final class SchemaTest {

    private static final int INVENTORIES = 8;

    @Test
    void cycloneDxJson16IsValidByTheOfficialLibrary() throws Exception {
        for (long seed = 0; seed < INVENTORIES; seed++) {
            assertThat(new JsonParser()
                            .validate(Samples.written("cyclonedx-json", Samples.result(seed)), Version.VERSION_16))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    @Test
    void cycloneDxXml16IsValidByTheOfficialSchema() throws Exception {
        for (long seed = 0; seed < INVENTORIES; seed++) {
            assertThat(new XmlParser()
                            .validate(Samples.written("cyclonedx-xml", Samples.result(seed)), Version.VERSION_16))
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    @Test
    void theOfficialLibraryReadsTheXml() throws Exception {
        var result = Samples.result(1);
        var bom = new XmlParser().parse(Samples.written("cyclonedx-xml", result));

        assertThat(bom.getComponents().stream()
                        .filter(component -> component.getPurl() != null)
                        .map(component -> component.getPurl()))
                .hasSameSizeAs(result.inventory().packages());
        assertThat(bom.getMetadata().getComponent().getName()).isEqualTo(result.imageName());
    }

    @ParameterizedTest
    @CsvSource({"spdx-json, spdx-2.3.schema.json", "spdx-json@3.0, spdx-3.0.1.schema.json"})
    void spdxIsValidByTheOfficialSchema(String format, String file) throws Exception {
        var root = Path.of(System.getProperty("plimsoll.root", System.getProperty("user.dir")));
        var schema = Optional.of(root.resolveSibling("shared/schemas").resolve(file))
                .filter(Files::exists)
                .orElseGet(() -> root.resolve("../../shared/schemas").resolve(file));
        if (!Files.exists(schema)) {
            skip("the schema " + file);
        }
        for (long seed = 0; seed < INVENTORIES; seed++) {
            valid(new ValidatorFactory(), Files.readString(schema), Samples.written(format, Samples.result(seed)));
        }
    }

    /// The official library does not know 1.7 yet; its schema comes with the official Go module.
    @Test
    void cycloneDxJson17IsValidByTheOfficialSchema() throws Exception {
        var modules = Path.of(System.getProperty("user.home"), "go", "pkg", "mod", "github.com", "!cyclone!d!x");
        var folder = Optional.<Path>empty();
        if (Files.isDirectory(modules)) {
            try (var found = Files.walk(modules, 3)) {
                folder = found.filter(path -> path.endsWith("schema/bom-1.7.schema.json"))
                        .map(Path::getParent)
                        .max(java.util.Comparator.naturalOrder());
            }
        }
        if (folder.isEmpty()) {
            skip("the schema bom-1.7.schema.json of the Go module cyclonedx-go");
        }
        var schemas = folder.orElseThrow();
        SchemaResolver resolver = uri -> {
            var file = schemas.resolve(uri.substring(uri.lastIndexOf('/') + 1));
            try {
                return Files.exists(file)
                        ? SchemaResolver.Result.fromString(Files.readString(file))
                        : SchemaResolver.Result.empty();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        for (long seed = 0; seed < INVENTORIES; seed++) {
            valid(
                    new ValidatorFactory().withSchemaResolver(resolver),
                    Files.readString(schemas.resolve("bom-1.7.schema.json")),
                    Samples.written("cyclonedx-json@1.7", Samples.result(seed)));
        }
    }

    private static void valid(ValidatorFactory validators, String schema, byte[] document) {
        var validated = validators.validate(schema, new String(document, UTF_8));
        assertThat(validated.getErrors())
                .extracting(error -> error.getInstanceLocation() + " " + error.getError())
                .isEmpty();
        assertThat(validated.isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cyclonedx-json",
                "cyclonedx-json@1.7",
                "cyclonedx-xml",
                "cyclonedx-xml@1.7",
                "spdx-json",
                "spdx-tag-value",
                "syft-json"
            })
    void syftReadsAllPackages(String format, @TempDir Path folder) throws Exception {
        for (long seed = 0; seed < 2; seed++) {
            var result = Samples.result(seed);
            var document = folder.resolve("document");
            Files.write(document, Samples.written(format, result));

            var read = syft(folder, document);

            // Syft takes the operating system of SPDX for a package
            assertThat(read.objects("artifacts").stream()
                            .filter(each -> !each.string("purl").orElse("").isEmpty())
                            .toList())
                    .as(format + " of seed " + seed)
                    .extracting(each -> each.string("purl").orElse("") + " "
                            + each.string("version").orElse(""))
                    .containsExactlyInAnyOrderElementsOf(result.inventory().packages().stream()
                            .map(item -> item.purl() + " " + item.version())
                            .toList());
        }
    }

    /// Syft's JSON of the document.
    private static JsonObject syft(Path folder, Path document) throws IOException, InterruptedException {
        var output = folder.resolve("syft.json");
        var process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "SYFT_CHECK_FOR_APP_UPDATE=false PATH=$PATH:$HOME/go/bin exec syft -q convert '" + document
                                + "' -o syft-json='" + output + "'")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("syft.log").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        if (process.exitValue() == 127) {
            skip("syft");
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("syft.log")))
                .isZero();
        return (JsonObject) JsonReader.read(Files.readString(output), JsonLimits.FOREIGN);
    }

    private static void skip(String what) {
        System.err.println("SKIPPED: SchemaTest needs " + what);
        Assumptions.abort(what);
    }
}
