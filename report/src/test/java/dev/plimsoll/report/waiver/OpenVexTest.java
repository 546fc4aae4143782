package dev.plimsoll.report.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.Waivers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the specification of OpenVEX 0.2.0 asks of a document; {@link OpenVexOracleTest} asks the official library.
final class OpenVexTest {

    static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");
    static final String DIGEST = "sha256:" + "b".repeat(64);
    static final String IMAGE = "pkg:oci/web@" + DIGEST + "?repository_url=registry.example%2Fshop%2Fweb&tag=1.4";
    static final String LODASH = "pkg:npm/lodash@4.17.15";

    static final String WAIVERS = """
            waivers:
              - { id: n, scope: { ids: [ CVE-2023-1 ] }, reason: not-affected, text: Never called, ticket: T-1,
                  justification: vulnerable_code_not_in_execute_path, owner: o, until: 2026-12-31 }
              - { id: a, scope: { ids: [ CVE-2023-2 ] }, reason: accepted-risk, text: Small, owner: o, until: 2026-12-31 }
              - { id: u, scope: { ids: [ CVE-2023-3 ] }, reason: vendor-disputes, text: No bug, owner: o, until: 2026-12-31 }
              - { id: old, scope: { ids: [ CVE-2023-4 ] }, reason: accepted-risk, text: x, owner: o, until: 2026-01-01 }
              - { id: soon, scope: { ids: [ CVE-2023-4 ] }, reason: accepted-risk, text: x, owner: o, from: 2026-07-01,
                  until: 2026-12-31 }
            """;

    static Waivers waivers(String yaml) {
        var reading = WaiverReader.read("w.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading.errors()).isEmpty();
        return Waivers.of(List.of(reading));
    }

    /// A result of check, with findings as `ID PURL WAIVER`.
    static CheckedResult result(String name, String... findings) throws JsonException {
        var results = new StringBuilder();
        for (var finding : findings) {
            var parts = finding.split(" ", -1);
            results.append(results.isEmpty() ? "" : ",")
                    .append("{\"finding\": {\"id\": \"%s\", \"purl\": \"%s\"}%s}"
                            .formatted(
                                    parts[0],
                                    parts[1],
                                    parts.length < 3 ? "" : ", \"waived\": {\"waiver\": \"" + parts[2] + "\"}"));
        }
        return CheckedResult.read("""
                {"image": {"manifestDigest": "%s"},
                 "verdict": {"imageName": "%s", "results": [%s, {"gate": "dockerfile"}],
                  "waivers": [{"id": "n", "state": "valid", "results": 3, "broad": ["x"]}],
                  "inputs": [{"name": "waivers", "value": "sha256:1"}, {"name": "bundle", "value": "sha256:2"}]},
                 "findings": [{"id": "CVE-2023-1", "ids": ["CVE-2023-1", "DSA-1-1", "GHSA-aaaa"]}]}
                """.formatted(DIGEST, name, results).getBytes(StandardCharsets.UTF_8));
    }

    static OpenVex.Options options(List<String> products, CheckedResult... results) {
        return new OpenVex.Options("Shop <shop@example.org>", "plimsoll 0.1", AT, products, List.of(results));
    }

    private static JsonObject read(OpenVex.Export export) throws JsonException {
        return (JsonObject) JsonReader.read(export.document().orElseThrow(), JsonLimits.AUTHORED);
    }

    private static String statement(OpenVex.Export export, int index) throws JsonException {
        var statement = read(export).objects("statements").get(index);
        return statement.object("vulnerability").string("name").orElse("") + " "
                + statement.string("status").orElse("") + " "
                + statement
                        .string("justification")
                        .or(() -> statement.string("impact_statement"))
                        .or(() -> statement.string("action_statement"))
                        .orElse("");
    }

    private static Map<String, List<String>> products(OpenVex.Export export, int index) throws JsonException {
        var products = new java.util.LinkedHashMap<String, List<String>>();
        read(export)
                .objects("statements")
                .get(index)
                .objects("products")
                .forEach(product -> products.put(
                        product.string("@id").orElse(""),
                        product.objects("subcomponents").stream()
                                .flatMap(part -> part.string("@id").stream())
                                .toList()));
        return products;
    }

    @Test
    void saysWhatResultsSay() throws JsonException {
        var export = OpenVex.of(
                waivers(WAIVERS),
                options(
                        List.of(),
                        result(
                                "registry.example/shop/web:1.4",
                                "CVE-2023-1 " + LODASH + " n",
                                "CVE-2023-2 pkg:npm/a@1 a",
                                "CVE-2023-2 pkg:npm/b@1 a",
                                "CVE-2023-3 pkg:npm/a@1 u",
                                "CVE-2023-9 pkg:npm/a@1")));

        var document = read(export);
        assertThat(document.members().keySet())
                .containsExactly("@context", "@id", "author", "timestamp", "version", "tooling", "statements");
        assertThat(document.string("@context")).contains("https://openvex.dev/ns/v0.2.0");
        assertThat(document.string("@id").orElseThrow()).matches("https://openvex\\.dev/docs/public/vex-[0-9a-f]{64}");
        assertThat(document.string("timestamp")).contains("2026-06-01T00:00:00Z");
        assertThat(export.statements()).isEqualTo(3);
        assertThat(statement(export, 0)).isEqualTo("CVE-2023-1 not_affected vulnerable_code_not_in_execute_path");
        assertThat(statement(export, 1))
                .isEqualTo("CVE-2023-2 affected The risk is accepted until 2026-12-31T00:00:00Z: Small");
        assertThat(statement(export, 2)).isEqualTo("CVE-2023-3 under_investigation ");
        assertThat(products(export, 0)).isEqualTo(Map.of(IMAGE, List.of(LODASH)));
        assertThat(products(export, 1)).isEqualTo(Map.of(IMAGE, List.of("pkg:npm/a@1", "pkg:npm/b@1")));
        var first = document.objects("statements").getFirst();
        assertThat(first.object("vulnerability").strings("aliases")).containsExactly("GHSA-aaaa");
        assertThat(first.string("status_notes")).contains("Waiver n (T-1): Never called");
        assertThat(export.left())
                .containsExactly(
                        "waiver old: expired on 2026-01-01T00:00:00Z", "waiver soon: begins on 2026-07-01T00:00:00Z");
    }

    @Test
    void givesTheSameBytesAndAnotherIdForOtherContent() throws JsonException {
        var result = result("registry.example/shop/web:1.4", "CVE-2023-1 " + LODASH + " n");
        var one = OpenVex.of(waivers(WAIVERS), options(List.of(), result));

        assertThat(OpenVex.of(waivers(WAIVERS), options(List.of(), result)).document())
                .isEqualTo(one.document());
        assertThat(read(OpenVex.of(waivers(WAIVERS.replace("Never", "Hardly")), options(List.of(), result)))
                        .string("@id"))
                .isNotEqualTo(read(one).string("@id"));
    }

    @Test
    void saysOneStatementOfSeveralImages() throws JsonException {
        var export = OpenVex.of(
                waivers(WAIVERS),
                options(
                        List.of(),
                        result("registry.example/shop/web:1.4", "CVE-2023-1 " + LODASH + " n"),
                        result("registry.example/shop/api:2", "CVE-2023-1 " + LODASH + " n")));

        assertThat(export.statements()).isEqualTo(1);
        assertThat(products(export, 0)).hasSize(2).containsKey(IMAGE);
        assertThat(export.left()).contains("waiver a: covers no vulnerability in the results");
    }

    @Test
    void leavesWhatCountsInAnotherPlaceOfTheImage() throws JsonException {
        var export = OpenVex.of(
                waivers(WAIVERS),
                options(List.of(), result("a/b:1", "CVE-2023-1 " + LODASH + " n", "CVE-2023-1 " + LODASH)));

        assertThat(export.document()).isEmpty();
        assertThat(export.left())
                .contains("waiver n: CVE-2023-1 in " + LODASH
                        + " of a/b:1 counts in another place of the image, which a product cannot tell apart");
    }

    @Test
    void leavesAnImageWithoutAName() throws JsonException {
        var result = result("*", "CVE-2023-1 " + LODASH + " n");

        assertThat(OpenVex.of(waivers(WAIVERS), options(List.of(), result)).left())
                .contains("waiver n: the image of a result has no name: --product says which package URL it has");
        assertThat(products(OpenVex.of(waivers(WAIVERS), options(List.of("pkg:oci/x"), result)), 0))
                .isEqualTo(Map.of("pkg:oci/x", List.of(LODASH)));
    }

    /// A scope without results: its product, or why it has none.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ids: [ CVE-1-1 ], images: [ 'registry.example/shop/web:1.4' ] | pkg:oci/web?repository_url=registry.example%2Fshop%2Fweb&tag=1.4=[]",
                "ids: [ CVE-1-1 ], images: [ 'registry.example/shop/web@DIGEST' ] | pkg:oci/web@DIGEST?repository_url=registry.example%2Fshop%2Fweb=[]",
                "ids: [ CVE-1-1 ], images: [ web ] | pkg:oci/web?repository_url=docker.io%2Fweb=[]",
                "ids: [ CVE-1-1 ], images: [ 'r.example/web:1' ], packages: [ pkg:npm/lodash ] | pkg:oci/web?repository_url=r.example%2Fweb&tag=1=[pkg:npm/lodash]",
                "ids: [ CVE-1-1 ], packages: [ 'pkg:npm/lodash@4' ] | pkg:npm/lodash@4=[]",
                "ids: [ CVE-1-1 ] | waiver w: names no product: --product, or a result of check, --result, says which",
                "ids: [ CVE-1-1 ], images: [ 'r.example/*' ] | waiver w: 'r.example/*' is not the name of one image: a result of check says more, --result",
                "ids: [ CVE-1-1 ], images: [ 'DIGEST' ] | waiver w: 'DIGEST' is not the name of one image",
                "ids: [ CVE-1-1 ], images: [ 'r.example/' ] | waiver w: 'r.example/' is not the name of one image",
                "ids: [ CVE-1-1 ], packages: [ lodash ] | waiver w: 'lodash' is not the package URL of one package",
                "ids: [ CVE-1-1 ], packages: [ 'pkg:deb/*/curl' ] | waiver w: 'pkg:deb/*/curl' is not the package URL of one package",
                "ids: [ CVE-1-1 ], paths: [ /a ] | waiver w: its paths or layers are no products",
                "ids: [ CVE-1-1 ], layers: [ 'DIGEST' ] | waiver w: its paths or layers are no products",
                "ids: [ 'CVE-1-*' ] | waiver w: 'CVE-1-*' is not the id of one vulnerability",
                "ids: [ 'CVE-1-1+curl' ] | waiver w: 'CVE-1-1+curl' is not the id of one vulnerability",
                "ids: [ 'packages:denylist:x-y' ] | waiver w: 'packages:denylist:x-y' is not the id of one vulnerability",
                "packages: [ 'pkg:npm/lodash@4' ] | waiver w: names no id of a vulnerability",
            })
    void saysWhatTheScopeSays(String scope, String expected) throws JsonException {
        var yaml = "waivers: [ { id: w, reason: accepted-risk, scope: { " + scope.replace("DIGEST", DIGEST) + " } } ]";
        var export = OpenVex.of(waivers(yaml), options(List.of()));

        var said = export.document().isPresent()
                ? products(export, 0).toString()
                : export.left().getFirst();
        assertThat(said.startsWith("{") ? said.substring(1) : said).startsWith(expected.replace("DIGEST", DIGEST));
    }

    @Test
    void takesTheProductsThatAreGiven() throws JsonException {
        var yaml = "waivers: [ { id: w, reason: accepted-risk, scope: { ids: [ CVE-1-1 ], images: [ 'a/*' ] } } ]";

        assertThat(products(OpenVex.of(waivers(yaml), options(List.of("pkg:oci/b", "pkg:oci/a"))), 0))
                .hasToString("{pkg:oci/a=[], pkg:oci/b=[]}");
    }

    /// Reason and justification, and what is said.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "false-positive, text: Not there                                        | not_affected Not there",
                "false-positive                                                         | not_affected The finding is a false positive",
                "false-positive, justification: component_not_present                   | not_affected component_not_present",
                "mitigated, text: By a proxy                                            | affected Mitigated by other means: By a proxy",
                "mitigated, justification: inline_mitigations_already_exist             | not_affected inline_mitigations_already_exist",
                "accepted-risk                                                          | affected The risk is accepted",
                "fix-scheduled, until: 2026-12-31                                       | affected A fix is scheduled until 2026-12-31T00:00:00Z",
                "vendor-will-not-fix                                                    | affected Its vendor will not fix it",
                "vendor-disputes                                                        | under_investigation ",
            })
    void saysEveryReason(String reason, String expected) throws JsonException {
        var yaml = "waivers: [ { id: w, scope: { ids: [ CVE-1-1 ] }, reason: " + reason + " } ]";

        assertThat(statement(OpenVex.of(waivers(yaml), options(List.of("pkg:oci/a"))), 0)
                        .strip())
                .isEqualTo("CVE-1-1 " + expected);
    }

    @Test
    void readsOnlyResultsOfCheck() {
        for (var text : List.of("[]", "{}", "{\"findings\": []}", "{")) {
            assertThatThrownBy(() -> CheckedResult.read(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(JsonException.class);
        }
    }

    /// A result may come from anywhere: whatever it holds, the answer is a document, an explanation, or an error.
    @Test
    void readsResultsWithChangedBytes() throws JsonException {
        var good = "{\"image\":{\"manifestDigest\":\"" + DIGEST
                + "\"},\"verdict\":{\"imageName\":\"a/b:1\",\"results\":[{\"finding\":"
                + "{\"id\":\"CVE-2023-1\",\"purl\":\"pkg:npm/a@1\"},\"waived\":{\"waiver\":\"n\"}}],\"waivers\":[{\"id\":\"n\","
                + "\"results\":3}]},\"findings\":[{\"id\":\"CVE-2023-1\",\"ids\":[\"GHSA-1\"]}]}";
        var random = new Random(5);
        var documents = 0;
        for (int i = 0; i < 5000; i++) {
            var bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int j = random.nextInt(3); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) "\"{}[],:0a\\*/@%".charAt(random.nextInt(14));
            }
            CheckedResult result;
            try {
                result = CheckedResult.read(bytes);
            } catch (JsonException e) {
                continue;
            }
            documents +=
                    OpenVex.of(waivers(WAIVERS), options(List.of(), result)).statements();
        }
        assertThat(documents).isPositive();
    }

    @Test
    void readsWhatBecameOfWaivers() throws JsonException {
        var result = result("a/b:1", "CVE-2023-1 " + LODASH + " n");

        assertThat(result.uses()).containsExactly(new CheckedResult.Use("n", "valid", 3, List.of("x")));
        assertThat(result.waiverDigests()).containsExactly("sha256:1");
        assertThat(result.digest()).contains(DIGEST);
    }
}
