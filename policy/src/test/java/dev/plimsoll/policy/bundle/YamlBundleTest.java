package dev.plimsoll.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles in YAML.
final class YamlBundleTest {

    /// As a person writes it, without quotes where they seem needless.
    private static final String YAML = """
            # What we ask.
            id: shop
            name: Shop
            version: 2
            rule_sets:
              - id: base
                version: 2
                rules:
                  - id: 17
                    gate: vulnerabilities
                    trigger: package
                    action: STOP
                    params:
                      - { name: package_type, value: all }
                      - { name: cvss_v3_base_score, value: 7.50 }
                      - { name: fix_available, value: true }
                  - id: mode
                    gate: files
                    trigger: attribute_match
                    action: WARN
                    params:
                      - { name: filename, value: /etc/shadow }
                      - { name: mode, value: 00640 }
            mappings:
              - id: 1
                name: all
                registry: "*"
                repository: "*"
                image: { type: tag, value: 1.10 }
                rule_set_ids: [base]
                allowlist_ids: [2024]
            allowlists:
              - id: 2024
                items:
                  - { id: a, gate: always, trigger_id: always, expires_on: 2030-01-01T00:00:00Z }
            """;

    private static final String JSON = """
            {"id":"shop","name":"Shop","version":"2","rule_sets":[{"id":"base","version":"2","rules":[
              {"id":"17","gate":"vulnerabilities","trigger":"package","action":"STOP","params":[
                {"name":"package_type","value":"all"},{"name":"cvss_v3_base_score","value":"7.50"},
                {"name":"fix_available","value":"true"}]},
              {"id":"mode","gate":"files","trigger":"attribute_match","action":"WARN","params":[
                {"name":"filename","value":"/etc/shadow"},{"name":"mode","value":"00640"}]}]}],
             "mappings":[{"id":"1","name":"all","registry":"*","repository":"*","image":{"type":"tag","value":"1.10"},
               "rule_set_ids":["base"],"allowlist_ids":["2024"]}],
             "allowlists":[{"id":"2024","items":[
               {"id":"a","gate":"always","trigger_id":"always","expires_on":"2030-01-01T00:00:00Z"}]}]}
            """;

    private static BundleReading read(String file, String text) {
        return BundleReader.read(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String text) {
        return read("test.yaml", text).problems().stream()
                .map(BundleProblem::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.yaml", "test.YML", "policy", "-"})
    void meansWhatTheSameJsonMeans(String file) {
        var yaml = read(file, YAML);
        var json = read("test.json", JSON);

        assertThat(yaml.problems()).isEmpty();
        assertThat(yaml.bundle().orElseThrow().digest())
                .isEqualTo(json.bundle().orElseThrow().digest());
        assertThat(yaml.bundle().get().ruleSets().getFirst().rules())
                .extracting(Bundle.Rule::id)
                .containsExactly("17", "mode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test.json", "policy", "test.yaml"})
    void jsonIsReadWhateverTheFileIsCalled(String file) {
        assertThat(read(file, "\n " + JSON).problems()).isEmpty();
        assertThat(read(file, "\ufeff" + JSON).problems()).isEmpty();
    }

    @Test
    void jsonStaysStrict() {
        assertThat(read("test.json", JSON.replace("\"7.50\"", "7.50")).problems())
                .extracting(BundleProblem::toString)
                .containsExactly("/rule_sets/0/rules/0/params/1/value: 'value' must be a string and is a number: write"
                        + " \"7.50\", in quotes");
    }

    @Test
    void problemsHaveThePointersOfJson() {
        assertThat(problems(YAML.replace("value: 7.50", "value: high").replace("action: WARN", "action: HALT")))
                .containsExactly(
                        "/rule_sets/0/rules/0/params/1/value: the parameter 'cvss_v3_base_score': 'high' must be a number with"
                                + " at most 15 digits, such as 7.5",
                        "/rule_sets/0/rules/1/action: unknown action 'HALT': allowed are STOP, WARN, GO");
        assertThat(problems(YAML.replace("value: 7.50", "value:")))
                .containsExactly("/rule_sets/0/rules/0/params/1: the member 'value' is missing");
        assertThat(problems(YAML.replace("value: 7.50", "value: [7.50]")))
                .containsExactly("/rule_sets/0/rules/0/params/1/value: 'value' must be a string and is an array");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'a: [1'; test.yaml is no bundle: not YAML at line 1, column",
                "'a: 1\nb: 2\na: 3'; test.yaml is no bundle: not YAML at line 3, column 1: found duplicate key a",
                "'- 1'; test.yaml is no bundle: it must be a YAML mapping",
                "''; test.yaml is no bundle: it must be a YAML mapping",
                "'a: 1\n---\nb: 2'; test.yaml is no bundle: not YAML at line 2",
                "'a: !!java.net.URL x'; test.yaml is no bundle: not YAML at line 1",
            })
    void saysWhereItIsNoYaml(String text, String start) {
        assertThat(problems(text)).singleElement().asString().startsWith("/: " + start);
    }

    @Test
    void aliasesStayWithinLimits() {
        var bomb = new StringBuilder("x0: &x0 [a, a, a, a]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("x%d: &x%d [*x%d, *x%d, *x%d, *x%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
        }
        assertThat(problems(bomb.toString())).singleElement().asString().contains("has over 100", "values");
        assertThat(problems(" ".repeat(BundleReader.MAX_LENGTH) + YAML))
                .singleElement()
                .asString()
                .contains("is over " + BundleReader.MAX_LENGTH + " bytes");
        assertThat(problems("a: ".repeat(1) + "[".repeat(200) + "]".repeat(200)))
                .hasSize(1);
    }

    @Test
    void anAnchorSharesParameters() {
        var shared = YAML.replace("- { name: package_type, value: all }", "- &type { name: package_type, value: all }")
                .replace(
                        "- id: mode",
                        "- { id: other, gate: vulnerabilities, trigger: package, action: GO, params: [*type] }\n      - id: mode");

        assertThat(problems(shared)).isEmpty();
    }

    @Test
    void whatIsOursKeepsItsNumbers() {
        var yaml = YAML.replace(
                "name: Shop\n", "name: Shop\nplimsoll: { unknown_action: WARN }\nlast_updated: 1700000000\n");
        var json = JSON.replace(
                "\"name\":\"Shop\",",
                "\"name\":\"Shop\",\"plimsoll\":{\"unknown_action\":\"WARN\"},\"last_updated\":1700000000,");

        assertThat(read("test.yaml", yaml).bundle().orElseThrow().digest())
                .isEqualTo(read("test.json", json).bundle().orElseThrow().digest());
    }
}
