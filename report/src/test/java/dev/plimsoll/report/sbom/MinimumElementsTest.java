package dev.plimsoll.report.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.inventory.ImageFacts;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.report.Result;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each format has each of the minimum elements, also where next to nothing is known: supplier, name, version, unique
/// identifier, relationship, author, time.
///
/// Source: NTIA, "The Minimum Elements For a Software Bill of Materials", 2021, "Data Fields".
final class MinimumElementsTest {

    private static final String TIME = "2026-06-01T10:20:30Z";

    private static Result result() {
        return Samples.result(new Inventory(
                new ImageFacts(
                        "dir",
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of()),
                Optional.empty(),
                List.of(
                        Samples.plain(PackageType.NPM, "known", "1", Map.of(PackageProperty.VENDOR, "Example Ltd")),
                        Samples.plain(PackageType.NPM, "nobodys", "2", Map.of())),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty()));
    }

    private static JsonObject json(String format) throws Exception {
        return (JsonObject) JsonReader.read(new String(Samples.written(format, result()), UTF_8), JsonLimits.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclonedx-json", "cyclonedx-json@1.7"})
    void cycloneDx(String format) throws Exception {
        var bom = json(format);

        assertThat(bom.object("metadata").string("timestamp")).contains(TIME);
        assertThat(bom.object("metadata").objects("authors").getFirst().string("name"))
                .contains("Plimsoll");
        assertThat(bom.objects("components"))
                .extracting(
                        each -> each.object("supplier").string("name").orElse(""),
                        each -> each.string("name").orElse(""),
                        each -> each.string("version").orElse(""),
                        each -> each.string("purl").orElse(""))
                .containsExactly(
                        tuple("Example Ltd", "known", "1", "pkg:npm/known@1"),
                        tuple("NOASSERTION", "nobodys", "2", "pkg:npm/nobodys@2"));
        var subject = bom.object("metadata").object("component");
        assertThat(subject.object("supplier").string("name")).contains("NOASSERTION");
        assertThat(bom.objects("dependencies").stream()
                        .filter(each -> each.string("ref").equals(subject.string("bom-ref")))
                        .flatMap(each -> each.strings("dependsOn").stream()))
                .containsExactlyElementsOf(bom.objects("components").stream()
                        .map(each -> each.string("bom-ref").orElseThrow())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cyclonedx-xml", "cyclonedx-xml@1.7"})
    void cycloneDxXml(String format) throws IOException {
        assertThat(new String(Samples.written(format, result()), UTF_8))
                .contains("<timestamp>" + TIME + "</timestamp>")
                .containsPattern("<authors>\\s*<author>\\s*<name>Plimsoll</name>")
                .containsPattern("<supplier>\\s*<name>Example Ltd</name>\\s*</supplier>\\s*<name>known</name>")
                .containsPattern(
                        "<supplier>\\s*<name>NOASSERTION</name>\\s*</supplier>\\s*<name>nobodys</name>\\s*<version>2</version>\\s*<purl>pkg:npm/nobodys@2</purl>")
                .containsPattern(
                        "<dependency ref=\"image:registry.example/shop/web:1.4\">\\s*<dependency ref=\"pkg:npm/known@1#");
    }

    @Test
    void spdx2() throws Exception {
        var document = json("spdx-json");

        assertThat(document.object("creationInfo").string("created")).contains(TIME);
        assertThat(document.object("creationInfo").strings("creators")).containsExactly("Tool: plimsoll-0.1");
        assertThat(document.objects("packages"))
                .extracting(
                        each -> each.string("supplier").orElse(""),
                        each -> each.string("name").orElse(""),
                        each -> each.string("versionInfo").orElse(""),
                        each -> each.objects("externalRefs").stream()
                                .flatMap(reference -> reference.string("referenceLocator").stream())
                                .toList())
                .contains(
                        tuple("Organization: Example Ltd", "known", "1", List.of("pkg:npm/known@1")),
                        tuple("NOASSERTION", "nobodys", "2", List.of("pkg:npm/nobodys@2")),
                        tuple("NOASSERTION", "registry.example/shop/web:1.4", "", List.of()));
        assertThat(document.objects("relationships"))
                .extracting(each -> each.string("relationshipType").orElse(""))
                .containsExactly("DESCRIBES", "CONTAINS", "CONTAINS");
    }

    @Test
    void spdxTagValue() throws IOException {
        assertThat(new String(Samples.written("spdx-tag-value", result()), UTF_8))
                .contains("Created: " + TIME + "\n", "Creator: Tool: plimsoll-0.1\n")
                .contains("PackageName: nobodys\n", "PackageVersion: 2\nPackageSupplier: NOASSERTION\n")
                .contains("PackageSupplier: Organization: Example Ltd\n")
                .contains("ExternalRef: PACKAGE-MANAGER purl pkg:npm/nobodys@2\n")
                .contains("Relationship: SPDXRef-Image CONTAINS SPDXRef-Package-");
    }

    @Test
    void spdx3() throws Exception {
        var graph = json("spdx-json@3.0").objects("@graph");
        var names = new java.util.HashMap<String, String>();
        graph.forEach(each ->
                names.put(each.string("spdxId").orElse(""), each.string("name").orElse("")));

        assertThat(graph.getFirst().string("created")).contains(TIME);
        assertThat(names.get(graph.getFirst().strings("createdBy").getFirst())).isEqualTo("plimsoll-0.1");
        assertThat(graph.stream()
                        .filter(each -> each.string("software_packageUrl").isPresent())
                        .map(each -> names.get(each.string("suppliedBy").orElse("")) + " "
                                + each.string("name").orElse("") + " "
                                + each.string("software_packageVersion").orElse("") + " "
                                + each.string("software_packageUrl").orElse("")))
                .containsExactly("Example Ltd known 1 pkg:npm/known@1", "NOASSERTION nobodys 2 pkg:npm/nobodys@2");
        assertThat(graph.stream()
                        .filter(each -> each.string("relationshipType").equals(Optional.of("contains")))
                        .flatMap(each -> each.strings("to").stream())
                        .map(names::get))
                .containsExactly("known", "nobodys");
    }

    @Test
    void syft() throws Exception {
        var document = json("syft-json");

        assertThat(document.object("descriptor").string("name")).contains("plimsoll");
        assertThat(document.object("descriptor").object("configuration").string("timestamp"))
                .contains(TIME);
        assertThat(document.object("descriptor").object("configuration").string("author"))
                .contains("Plimsoll");
        assertThat(document.objects("artifacts"))
                .extracting(
                        each -> each.string("supplier").orElse(""),
                        each -> each.string("name").orElse(""),
                        each -> each.string("version").orElse(""),
                        each -> each.string("purl").orElse(""))
                .containsExactly(
                        tuple("Example Ltd", "known", "1", "pkg:npm/known@1"),
                        tuple("NOASSERTION", "nobodys", "2", "pkg:npm/nobodys@2"));
        assertThat(document.objects("artifactRelationships"))
                .extracting(each -> each.string("type").orElse(""))
                .containsExactly("contains", "contains");
    }
}
