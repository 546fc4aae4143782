package dev.plimsoll.policy.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormerResultReaderTest {

    static final String RESULT = """
            {
              "schema": "https://plimsoll.dev/schema/result-1.schema.json",
              "version": "1.3",
              "tool": {"name": "plimsoll", "version": "0.1"},
              "evaluatedAt": "2026-05-01T00:00:00Z",
              "image": {
                "name": "registry.example/shop/web:1.4", "transport": "docker-archive", "names": [], "packages": 2,
                "id": "sha256:%1$s", "manifestDigest": "sha256:%2$s"
              },
              "verdict": {
                "imageName": "registry.example/shop/web:1.4",
                "results": [
                  {
                    "ruleSet": "s", "rule": "r", "gate": "vulnerabilities", "trigger": "package", "action": "go",
                    "demanded": "stop", "firstSeen": "2026-03-01T00:00:00Z",
                    "id": "vulnerabilities:package:CVE-1+deb/curl", "triggerId": "CVE-1+curl",
                    "finding": {"id": "CVE-1", "purl": "pkg:deb/debian/curl@7"}
                  },
                  {
                    "ruleSet": "s", "rule": "q", "gate": "dockerfile", "trigger": "instruction", "action": "warn",
                    "id": "dockerfile:instruction:x", "triggerId": "0123"
                  }
                ]
              },
              "findings": [
                {
                  "id": "CVE-1", "ids": ["CVE-1", "GHSA-1"], "severity": "high", "fixedIn": ["8"],
                  "firstSeen": "2026-03-01T00:00:00Z", "fixSeen": "2026-04-01T00:00:00Z",
                  "package": {"purl": "pkg:deb/debian/curl@7", "type": "deb", "name": "curl", "version": "7"}
                }
              ],
              "packages": [
                {"purl": "pkg:deb/debian/curl@7", "type": "deb", "name": "curl", "version": "7"},
                {"purl": "pkg:novel/x@1", "type": "novel", "name": "x", "version": "1"}
              ],
              "unknowns": []
            }
            """.formatted("a".repeat(64), "b".repeat(64));

    @Test
    void readsWhatARunWrote() throws JsonException {
        var result = read(RESULT);

        assertThat(result.form()).isEqualTo("1.3");
        assertThat(result.evaluatedAt()).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(result.image().mappedName()).contains(ImageName.parse("registry.example/shop/web:1.4"));
        assertThat(result.image().id().orElseThrow().hex()).isEqualTo("a".repeat(64));
        assertThat(result.image().manifestDigest().orElseThrow().hex()).isEqualTo("b".repeat(64));
        assertThat(result.packages().orElseThrow())
                .containsExactly(
                        new FormerPackage("pkg:deb/debian/curl@7", "deb", "curl", "7"),
                        new FormerPackage("pkg:novel/x@1", "novel", "x", "1"));
        assertThat(result.findings().orElseThrow()).singleElement().satisfies(finding -> {
            assertThat(finding.ids()).containsExactly("CVE-1", "GHSA-1");
            assertThat(finding.item().key()).isEqualTo(new PackageKey("deb", "curl"));
            assertThat(finding.severity()).isEqualTo("high");
            assertThat(finding.fixedIn()).containsExactly("8");
            assertThat(finding.firstSeen()).isEqualTo("2026-03-01T00:00:00Z");
            assertThat(finding.fixSeen()).contains(Instant.parse("2026-04-01T00:00:00Z"));
        });
        var results = result.results().orElseThrow();
        assertThat(results).hasSize(2);
        assertThat(results.getFirst().stableId()).isEqualTo("vulnerabilities:package:CVE-1+deb/curl");
        assertThat(results.getFirst().demanded()).isEqualTo(Action.STOP);
        assertThat(results.getFirst().action()).isEqualTo(Action.GO);
        assertThat(results.getFirst().findingId()).contains("CVE-1");
        assertThat(results.getFirst().firstSeen()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(results.get(1).demanded()).isEqualTo(Action.WARN);
        assertThat(results.get(1).findingId()).isEmpty();
        assertThat(results.get(1).firstSeen()).isEqualTo("2026-05-01T00:00:00Z");
    }

    @Test
    void takesTheInstantOfTheRunWhereAnOlderFormTellsNoOther() throws JsonException {
        var result = read("""
                {"schema": "https://plimsoll.dev/schema/result-1.schema.json", "version": "1.2",
                 "evaluatedAt": "2026-05-01T00:00:00Z", "image": {"name": "sha256:%s"},
                 "verdict": {"imageName": "*", "results": [{"ruleSet": "s", "rule": "r", "gate": "g", "trigger": "t",
                   "action": "go", "id": "g:t:k", "triggerId": "x", "allowlisted": {"action": "stop"}}]},
                 "findings": [{"id": "CVE-1", "ids": [], "severity": "low", "fixedIn": ["2"],
                   "package": {"purl": "pkg:npm/a@1", "type": "npm", "name": "a", "version": "1"}}]}
                """.formatted("a".repeat(64)));

        assertThat(result.packages()).isEmpty();
        assertThat(result.image().mappedName()).isEmpty();
        assertThat(result.results().orElseThrow().getFirst().demanded()).isEqualTo(Action.STOP);
        var finding = result.findings().orElseThrow().getFirst();
        assertThat(finding.ids()).containsExactly("CVE-1");
        assertThat(finding.firstSeen()).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(finding.fixSeen()).contains(Instant.parse("2026-05-01T00:00:00Z"));
    }

    @Test
    void tellsWhatWasNotMatchedFromWhatWasFoundFree() throws JsonException {
        var listed = "{\"schema\":\"https://plimsoll.dev/schema/result-1.schema.json\",\"version\":\"1.3\","
                + "\"evaluatedAt\":\"2026-05-01T00:00:00Z\",\"image\":{\"name\":\"a/b:1\"},\"packages\":[]";

        assertThat(read(listed + "}").findings()).isEmpty();
        assertThat(read(listed + "}").results()).isEmpty();
        assertThat(read(listed + ",\"findings\":[]}").findings())
                .hasValueSatisfying(all -> assertThat(all).isEmpty());
        assertThat(read(listed + "}").image().mappedName()).contains(ImageName.parse("a/b:1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\": \"1.3\" | \"version\": \"2.0\" | at /version: this program reads results of form 1.x",
                "\"version\": \"1.3\" | \"version\": 1 | at /version: must be a string and is of type number",
                "schema/result-1 | schema/result-2 | at /version: this program reads results of form 1.x",
                "schema/result-1 | schema/inventory-1 | it is an inventory, which says nothing of findings; judge it first",
                "plimsoll.dev | example.org | at /schema: it is no result of Plimsoll",
                "\"evaluatedAt\": \"2026-05-01T00:00:00Z\", | `` | at /: 'evaluatedAt' is missing",
                "2026-05-01T00:00:00Z | yesterday | at /evaluatedAt: no instant",
                "\"firstSeen\": \"2026-03-01T00:00:00Z\", \"fixSeen\" | \"firstSeen\": \"2026-05-02T00:00:00Z\", \"fixSeen\" | at /findings/0/firstSeen: it is after /evaluatedAt",
                "2026-04-01T00:00:00Z | 2026-06-01T00:00:00Z | at /findings/0/fixSeen: it is after /evaluatedAt",
                "\"ids\": [\"CVE-1\", | \"ids\": [1, | at /findings/0/ids: must be a list of strings",
                "\"name\": \"x\", | `` | at /packages/1: 'name' is missing",
                "\"demanded\": \"stop\" | \"demanded\": \"halt\" | at /verdict/results/0/demanded: an action is go, warn or stop",
                "\"finding\": { | \"finding\": [], \"x\": { | at /verdict/results/0/finding: must be an object",
                "\"results\": [ | \"results\": 1, \"x\": [ | at /verdict/results: must be a list",
                "\"id\": \"sha256:a | \"id\": \"sha25:a | at /image/id: no digest",
                "\"packages\": [ | \"packages\": [7, | at /packages/0: must be an object and is of type number",
                "\"unknowns\": [] | \"unknowns\": [ | not JSON at line",
            })
    void saysWhatIsWrongAndWhere(String old, String put, String expected) {
        assertThat(RESULT).contains(old);

        assertThatThrownBy(() -> read(RESULT.replace(old, put)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(expected);
    }

    static FormerResult read(String text) throws JsonException {
        return FormerResultReader.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
