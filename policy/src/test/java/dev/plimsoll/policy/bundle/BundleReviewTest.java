package dev.plimsoll.policy.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.BundleText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a good bundle says in vain.
final class BundleReviewTest {

    private static final String MD5 = "0123456789abcdef0123456789abcdef";

    private static BundleText rules() {
        return BundleText.of().rule("STOP", "always", "always");
    }

    private static List<String> problems(BundleText text) {
        return problems(text.json());
    }

    private static List<String> problems(String json) {
        var reading = BundleReader.read("test.json", json.getBytes(StandardCharsets.UTF_8));
        assertThat(reading.bundle()).as(reading.problems().toString()).isPresent();
        return reading.problems().stream().map(BundleProblem::toString).toList();
    }

    @Test
    void isQuietWhereAllHasAnEffect() {
        assertThat(problems(rules().item("always", "always"))).isEmpty();
    }

    @Test
    void ruleSetsWithoutRulesAndWithoutAMapping() {
        assertThat(problems(BundleText.of()))
                .containsExactly("/rule_sets/0/rules: the rule set has no rules, so it lets everything pass");
        assertThat(problems(rules().json()
                        .replace(
                                "\"rule_sets\":[",
                                "\"rule_sets\":[{\"id\":\"other\",\"rules\":["
                                        + BundleText.ruleText("r", "GO", "always", "always") + "]},")))
                .containsExactly("/rule_sets/0: no mapping names the rule set 'other'");
        assertThat(problems("{\"id\":\"b\",\"version\":\"2\",\"rule_sets\":[],\"mappings\":[]}"))
                .containsExactly("/mappings: there is no mapping, so the bundle covers no image");
    }

    @Test
    void allowlistsThatNoMappingNames() {
        var other = "\"allowlists\":[{\"id\":\"other\",\"items\":[]},";
        assertThat(problems(rules().json().replace("\"allowlists\":[", other)))
                .containsExactly("/allowlists/0: no mapping names the allowlist 'other'");
        assertThat(problems(rules().json()
                        .replace("\"allowlists\":[", other)
                        .replace(
                                "\"mappings\":",
                                "\"source_mappings\":[{\"allowlist_ids\":[\"other\"]}],\"mappings\":")))
                .containsExactly("/source_mappings: 'source_mappings' is not for images and is passed over");
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, tag, *, docker.io, shop/web, tag, 1.4, true",
        "*, *, tag, *, *, *, digest, DIGEST, true",
        "*, *, tag, *, regexp:a.*, regexp:b, tag, regexp:c, true",
        "*, shop/*, tag, *, *, shop/web*, tag, v*, true",
        "*, shop/*, tag, v*, *, shop/*, tag, v1.*, true",
        "*, *web*, tag, *, *, shop/*web, tag, *, true",
        "r, a, id, ID, r, a, id, ID, true",
        "regexp:a, a, tag, x, regexp:a, a, tag, x, true",
        "docker.io, *, tag, *, *, *, tag, *, false",
        "*, shop/web*, tag, *, *, shop/*, tag, *, false",
        "*, *, tag, v*, *, *, digest, DIGEST, false",
        "*, *, digest, DIGEST, *, *, tag, *, false",
        "*, regexp:.*, tag, *, *, a, tag, *, false",
        "*, a*b, tag, *, *, a*, tag, *, false",
    })
    void mappingsThatNoImageComesTo(
            String registry,
            String repository,
            String type,
            String value,
            String registry2,
            String repository2,
            String type2,
            String value2,
            boolean told) {
        var problems = problems(rules().mapped("first", registry, repository, type, image(value))
                .mapped("second", registry2, repository2, type2, image(value2)));

        assertThat(problems)
                .isEqualTo(
                        told
                                ? List.of(
                                        "/mappings/1: no image comes to this mapping: the mapping 'first' before it covers all"
                                                + " that it covers, and the first that does counts")
                                : List.of());
    }

    private static String image(String value) {
        return switch (value) {
            case "DIGEST" -> "sha256:" + "0".repeat(64);
            case "ID" -> "0".repeat(64);
            default -> value;
        };
    }

    @Test
    void rulesThatSayTheSame() {
        var twice = BundleText.of()
                .rule("STOP", "packages", "denylist", "name=x", "version=1")
                .ruleJson(BundleText.ruleText("again", "stop", "Packages", "blacklist", "VERSION=1", "name=x"))
                .rule("WARN", "packages", "denylist", "name=x", "version=1")
                .rule("STOP", "packages", "denylist", "name=x");

        assertThat(problems(twice)).containsExactly("/rule_sets/0/rules/1: the rule 'r1' says the same");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vulnerabilities; CVE-2024-1; ids of the gate 'vulnerabilities' have the form VULNERABILITY+PACKAGE; for all packages write 'CVE-2024-1+*'",
                "files; CVE-2024-1+*; ids of the gate 'files' are MD5 sums, or of the form files:TRIGGER:KEY",
                "files; /etc/passwd; ids of the gate 'files' are MD5 sums, or of the form files:TRIGGER:KEY",
                "files; 0123456789ABCDEF0123456789ABCDEF; an MD5 in an id has lower case letters",
                "files; files:name_mach:x; the gate 'files' has no trigger 'name_mach'",
                "files; files:name_match; an id of the trigger 'name_match' goes on with ':' and a key",
                "packages; packages:blacklist:curl; our own ids name the trigger 'denylist'",
                "packages; files:name_match:x; the id is one of the gate 'files'",
                "always; never; the only id of the gate 'always' is 'always'",
                "always; 0123456789abcdef0123456789abcdef; the only id of the gate 'always' is 'always'",
            })
    void itemsThatCanMatchNothing(String gate, String id, String words) {
        assertThat(problems(rules().item(gate, id.strip())))
                .singleElement()
                .asString()
                .startsWith("/allowlists/0/items/0/trigger_id: the item can match nothing: "
                        + words.strip().split(";", 2)[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "vulnerabilities, CVE-2024-1+*",
        "vulnerabilities, CVE-2024-1+curl",
        "vulnerabilities, CVE-2024-*",
        "vulnerabilities, *+curl",
        "vulnerabilities, unknown-severity",
        "vulnerabilities, vulnerabilities:package:CVE-2024-1+deb/curl",
        "vulnerabilities, 0123456789abcdef0123456789abcdef",
        "files, 0123456789abcdef0123456789abcdef",
        "files, 0123*",
        "files, *",
        "files, fil*",
        "files, files:name_match:*",
        "files, files:*",
        "files, regexp:.*",
        "always, always",
        "always, al*",
        "packages, packages:verify:x",
    })
    void itemsThatMayMatch(String gate, String id) {
        assertThat(problems(rules().item(gate, id))).isEmpty();
    }

    @Test
    void itemsOfOneKindAreToldOnce() {
        var text = rules();
        for (int i = 0; i < 9; i++) {
            text.item("vulnerabilities", "CVE-2024-" + i);
        }

        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("/allowlists/0/items/0/trigger_id: ")
                .endsWith("; the same holds of 8 more: items/1, items/2, items/3, items/4, items/5 …");
    }

    @Test
    void idsOfGuessedDockerfiles() {
        var text = BundleText.of()
                .rule("STOP", "dockerfile", "instruction", "instruction=FROM", "check=like", "value=scr.*")
                .rule("STOP", "dockerfile", "instruction", "instruction=HEALTHCHECK", "check=not_exists")
                .rule("STOP", "dockerfile", "exposed_ports", "ports=22", "type=denylist")
                .rule("STOP", "dockerfile", "effective_user", "users=root", "type=denylist")
                // FROM scratch, HEALTHCHECK, port 22, root: computed apart from this code, with Python's hashlib
                .item("dockerfile", "4ed7a82c6df2620fe273ed9e768b884d")
                .item("dockerfile", "41cb7cdf04850e33a11f80c42bf660b3")
                .item("dockerfile", "cc05c35507995b4a657b63f9b0baa281")
                .item("dockerfile", "cbff271f45d32e78dcc1979dbca9c14d")
                .item("dockerfile", MD5);

        assertThat(problems(text))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        "/allowlists/0/items/0/trigger_id: the id hashes 'FROM scratch', which Anchore"
                                                + " Engine puts in front"),
                        second -> assertThat(second)
                                .startsWith(
                                        "/allowlists/0/items/4/trigger_id: an id of 'instruction' hashes the line"));
        assertThat(problems(rules().item("dockerfile", MD5)))
                .as("without such a rule no such id")
                .isEmpty();
    }

    @Test
    void idsOfEnginesPatternsForSecrets() {
        // the gate may be another's still: what is asked is independent of the reader
        var ids = HashedIds.of(rules().bundle(false), dev.plimsoll.json.JsonValue.JsonObject.EMPTY);

        assertThat(ids.doubt("secret_scans", MD5).orElseThrow().words())
                .startsWith("an id that Anchore made hashes its own pattern for secrets");
        assertThat(ids.doubt("packages", MD5)).isEmpty();
    }

    @Test
    void expiredItems() {
        var bundle = rules().item("always", "always", "\"2026-01-01T00:00:00Z\"")
                .item("always", "always:always:*", "\"2026-06-01T00:00:00Z\"")
                .item("always", "al*")
                .bundle(false);

        assertThat(expired(bundle, "2025-12-31T23:59:59Z")).isEmpty();
        assertThat(expired(bundle, "2026-01-01T00:00:00Z"))
                .containsExactly(
                        "/allowlists/0/items/0/expires_on: it expired on 2026-01-01T00:00:00Z and silences nothing");
        assertThat(expired(bundle, "2026-06-01T00:00:00Z"))
                .containsExactly(
                        "/allowlists/0/items/0/expires_on: it expired on 2026-01-01T00:00:00Z and silences nothing;"
                                + " the same holds of 1 more: items/1");
    }

    private static List<String> expired(Bundle bundle, String at) {
        return BundleReview.expired(bundle, Instant.parse(at)).stream()
                .map(BundleProblem::toString)
                .toList();
    }

    @Test
    void manyMappingsTakeNoTime() {
        var text = rules();
        for (int i = 0; i < 3000; i++) {
            text.mapped("m" + i, "*", "shop/*a*b*c" + i, "tag", "*");
        }
        assertThat(problems(text)).isEmpty();
    }
}
