package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.report.ReportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON result of real runs against its published schema, and the schema against its page of documentation.
final class ResultSchemaTest {

    private static final String STOREFRONT =
            Run.EXAMPLES.resolve("storefront.tar").toString();
    private static final String POLICY = Run.EXAMPLES.resolve("policy.json").toString();
    private static final String ADVISORIES = Run.EXAMPLES.resolve("advisories").toString();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check IMAGE --policy POLICY --advisories DATA",
                "check IMAGE --policy POLICY --advisories DATA --as other.example/x:1",
                "check IMAGE --policy POLICY",
                "vulns IMAGE --advisories DATA",
                "vulns IMAGE --advisories DATA --only-fixed --distro debian:11",
                "vulns IMAGE",
                "vulns IMAGE --advisories DATA --previous PREVIOUS",
                "check IMAGE --policy POLICY --advisories DATA --previous PREVIOUS",
                "sbom IMAGE"
            })
    void keepsToItsSchema(String command) throws IOException {
        var previous = folder.resolve("previous.json").toString();
        assertThat(Run.of(folder, "vulns", STOREFRONT, "--advisories", ADVISORIES, "-o", "json=" + previous)
                        .code())
                .isZero();
        var text = Run.of(
                        folder,
                        (command.replace("IMAGE", STOREFRONT)
                                                .replace("POLICY", POLICY)
                                                .replace("PREVIOUS", previous)
                                                .replace("DATA", ADVISORIES)
                                        + " -o json")
                                .split(" "))
                .out();
        var validated = new ValidatorFactory().validate(schema(), text);

        assertThat(validated.getErrors())
                .extracting(error -> error.getInstanceLocation() + " " + error.getError())
                .isEmpty();
        assertThat(validated.isValid()).isTrue();
    }

    @Test
    void writesABillOfMaterialsThatTheOfficialLibraryAccepts() throws IOException {
        var text = Run.of(folder, "sbom", STOREFRONT, "-o", "cyclonedx-json").out();

        assertThat(new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void namesTheDigestOfEveryInput() throws IOException {
        var text = Run.of(folder, "check", STOREFRONT, "--policy", POLICY, "--advisories", ADVISORIES, "-o", "json")
                .out();
        var result = (JsonObject) JsonReader.read(text, JsonLimits.FOREIGN);
        var names = new TreeSet<String>();
        result.object("verdict")
                .objects("inputs")
                .forEach(input -> names.add(input.string("name").orElseThrow()));

        assertThat(names).contains("advisory-data", "analyzer", "bundle", "evaluated-at", "image-id", "image-name");
        assertThat(result.object("tool").string("version")).contains(dev.plimsoll.cli.command.Version.text());
        assertThat(result.object("data").strings("digests"))
                .singleElement()
                .asString()
                .startsWith("sha256:");
    }

    @Test
    void documentsEveryMember() throws IOException {
        var page = Files.readString(Path.of(System.getProperty("plimsoll.root"), "docs/result-format.md"));
        var members = new TreeSet<String>();
        var matcher = Pattern.compile("\"([a-zA-Z]+)\": \\{").matcher(schema());
        while (matcher.find()) {
            members.add(matcher.group(1));
        }
        members.removeAll(java.util.Set.of("properties", "items", "defs", "namedPackage"));

        assertThat(members).isNotEmpty().allSatisfy(member -> assertThat(page).contains("`" + member + "`"));
    }

    private static String schema() throws IOException {
        try (var in = ReportFormat.class.getResourceAsStream("result-1.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
