package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.json.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `plimsoll policy test` from files to exit codes.
final class PolicyTestCommandTest {

    private static final Path EXAMPLE = Run.EXAMPLES.resolve("policy.test.yaml");

    private static final String BUNDLE = """
            id: b
            name: b
            version: "2"
            rule_sets:
              - id: set
                name: set
                version: "2"
                rules:
                  - { id: ssh, gate: dockerfile, trigger: exposed_ports, action: STOP, params: [{ name: ports, value: 22 }, { name: type, value: denylist }] }
                  - { id: suid, gate: files, trigger: suid_or_guid_set, action: WARN, params: [] }
            mappings:
              - { id: m, name: m, registry: "*", repository: "*", image: { type: tag, value: "*" }, rule_set_ids: [set] }
            """;

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theExamplesTestsPassAndCoverEachRule() {
        var run = Run.of(folder, "policy", "test", EXAMPLE.toString(), "--mutate");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "ok    an SSH server stops it",
                        "coverage: 6 of 6 rules both fired and stayed quiet",
                        "all passed")
                // root is 0, so either alone does
                .contains("35 changes tried, 2 that no test noticed", "users: root,0 → 0", "users: root,0 → root");
    }

    @Test
    void theExamplesTestsAreValidBySchema() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var json = JsonWriter.compact(bytes)) {
            json.element(YamlReader.read(Files.readAllBytes(EXAMPLE)));
        }
        var validator = new ValidatorFactory().createValidator();
        var schema = validator.registerSchema(
                Run.of(folder, "policy", "schema", "test").out());

        assertThat(validator
                        .validate(schema, bytes.toString(StandardCharsets.UTF_8))
                        .isValid())
                .isTrue();
        assertThat(validator
                        .validate(schema, "{\"tests\":[{\"name\":\"n\",\"expect\":{},\"fact\":{}}]}")
                        .isValid())
                .isFalse();
    }

    @Test
    void tellsWhatFailsAndWhatNoTestCovers() throws IOException {
        write("p/b.yaml", BUNDLE);
        write("p/b.test.yaml", """
                policy: b.yaml
                tests:
                  - { name: right, facts: { ports: [22] }, expect: { decision: fail } }
                  - { name: "wrong <&>", facts: { ports: [22] }, expect: { decision: pass, absent: [ssh] } }
                """);

        var run = Run.of(folder, "policy", "test", "p", "--mutate", "-o", "table", "-o", "junit=t.xml");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "p/b.test.yaml\n  ok    right\n  FAIL  wrong <&>\n",
                        "          expected the decision pass, came fail: 1 result stops it\n",
                        "          expected nothing of rule ssh, came STOP of rule ssh (dockerfile:exposed_ports:22)\n",
                        "coverage: 0 of 2 rules",
                        "b/set/ssh: never quiet",
                        "b/set/suid: never fired",
                        "2 tests, 1 failed");
        assertThat(run.err()).contains("no rule was changed, because tests fail as it is");
    }

    @Test
    void writesJunitAndJson() throws Exception {
        write("b.yaml", BUNDLE);
        write("t.yaml", """
                policy: b.yaml
                tests:
                  - { name: right, facts: { ports: [22] }, expect: { decision: fail } }
                  - { name: "wrong <&>", expect: { decision: fail } }
                """);

        var run = Run.of(folder, "policy", "test", "t.yaml", "-o", "json", "-o", "junit=t.xml");
        var result = (JsonObject) JsonReader.read(run.out(), JsonLimits.FOREIGN);
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("t.xml").toFile());

        assertThat(result.objects("files").getFirst().objects("tests"))
                .extracting(test -> test.string("name").orElseThrow() + " "
                        + test.string("decision").orElseThrow())
                .containsExactly("right fail", "wrong <&> pass");
        assertThat(result.objects("coverage").getFirst().strings("quiet")).containsExactly("wrong <&>");
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        var cases = document.getElementsByTagName("testcase");
        assertThat(cases.getLength()).isEqualTo(2);
        assertThat(cases.item(1).getAttributes().getNamedItem("name").getNodeValue())
                .isEqualTo("wrong <&>");
        assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
                .contains("expected the decision fail, came pass");
    }

    @Test
    void judgesAStoredInventory() throws IOException {
        write("b.yaml", BUNDLE);
        assertThat(Run.of(folder, "sbom", Run.EXAMPLES.resolve("storefront.tar").toString(), "-o", "inventory=web.json")
                        .code())
                .isZero();
        write("t.yaml", """
                policy: %s
                tests:
                  - name: the storefront fails
                    image: registry.example/shop/web:1
                    inventory: web.json
                    advisories: %s
                    expect: { decision: fail, results: [{ rule: fixable-high, id: "CVE-2023-38545+*" }] }
                """.formatted(Run.EXAMPLES.resolve("policy.json"), Run.EXAMPLES.resolve("advisories")));

        var run = Run.of(folder, "policy", "test", "t.yaml");

        assertThat(run.out()).contains("ok    the storefront fails");
        assertThat(run.code()).isZero();
    }

    @Test
    void judgesByTheDefaultPolicyAndByWaivers() throws IOException {
        write("w.yaml", """
                waivers:
                  - { id: w, scope: { ids: [CVE-2026-1] }, reason: accepted-risk, text: x, owner: me, until: 2027-01-01 }
                """);
        write("t.yaml", """
                waivers: w.yaml
                facts: { distribution: "debian:12", user: app }
                tests:
                  - name: it is waived
                    facts: { findings: [{ id: CVE-2026-1, package: "pkg:deb/debian/curl@1", severity: critical, fixed_in: 2 }] }
                    expect: { decision: pass }
                  - name: it is not
                    facts: { findings: [{ id: CVE-2026-2, package: "pkg:deb/debian/curl@1", severity: critical, fixed_in: 2 }] }
                    expect: { decision: fail }
                """);

        var run = Run.of(folder, "policy", "test", "t.yaml");

        assertThat(run.out()).contains("ok    it is waived", "ok    it is not");
        assertThat(run.code()).as(run.err() + run.out()).isZero();
    }

    @Test
    void tellsAllErrorsAtOnce() throws IOException {
        write("b.yaml", BUNDLE);
        write("one.yaml", "policy: b.yaml\ntests: [{ name: n, expect: { absent: [shh] } }]");
        write("two.yaml", "policy: b.yaml\ntests: [{ nme: n, expect: { decision: pass } }]");

        var one = Run.of(folder, "policy", "test", "one.yaml");
        var two = Run.of(folder, "policy", "test", "two.yaml");

        assertThat(one.code()).isEqualTo(1);
        assertThat(one.err()).contains("one.yaml /tests/0/expect: no bundle has a rule 'shh'");
        assertThat(two.code()).isEqualTo(1);
        assertThat(two.err())
                .contains("two.yaml /tests/0/nme:", "did you mean 'name'?", "the member 'name' is missing");
        assertThat(Run.of(folder, "policy", "test", "none.yaml").err()).contains("there is no file of tests none.yaml");
        write("empty/x.txt", "");
        assertThat(Run.of(folder, "policy", "test", "empty").err()).contains("there are no tests in the folder empty");
        assertThat(Run.of(folder, "policy", "test", "one.yaml", "-o", "xml").err())
                .contains("there is no output format 'xml'");
    }

    @Test
    void theSameTestsGiveTheSameBytes() {
        var one = Run.of(folder, "policy", "test", EXAMPLE.toString(), "--mutate", "-o", "json");

        assertThat(Run.of(folder, "policy", "test", EXAMPLE.toString(), "--mutate", "-o", "json"))
                .isEqualTo(one);
    }
}
