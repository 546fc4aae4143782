package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyEvaluatorTest {

    private static BundleText always(String action) {
        return BundleText.of().rule(action, "always", "always");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                | No rule fired
            GO                | Nothing that rules found stops it
            WARN              | 1 result warns
            WARN,WARN         | 2 results warn
            STOP              | 1 result stops it
            STOP,WARN         | 1 result stops it, 1 warns
            STOP,STOP,WARN,WARN,WARN | 2 results stop it, 3 warn
            """)
    void saysInOneSentenceWhatRulesFound(String actions, String sentence) {
        var text = BundleText.of();
        for (var action : actions.split(",", -1)) {
            if (!action.isEmpty()) {
                text.rule(action, "always", "always");
            }
        }

        assertThat(image().judge(text).explanation()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, nginx, latest",
        "nginx:1, docker.io, nginx, 1",
        "shop/web, docker.io, shop/web, latest",
        "registry.example/shop/web:1.4, registry.example, shop/web, 1.4",
        "localhost:5000/x, localhost:5000, x, latest",
        "localhost/x:y, localhost, x, y",
        "localbuild/x, localbuild, x, latest",
        "localhost.localdomain/x, localhost.localdomain, x, latest",
        "docker.io/library/x, docker.io, library/x, latest",
        "dockerhub/x, docker.io, x, latest",
        "r.example/x@sha256:ab, r.example, x, ''",
        "r.example/x:t@sha256:ab, r.example, x, t",
        "*, *, *, *",
    })
    void splitsImageNamesAsAnchoreDoes(String text, String registry, String repository, String tag) {
        assertThat(ImageName.parse(text)).isEqualTo(new ImageName(registry, repository, tag));
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, tag, *, true",
        "registry.example, shop/web, tag, 1.4, true",
        "registry.*, shop/*, tag, 1.*, true",
        "registry.example, shop, tag, *, false",
        "docker.io, *, tag, *, false",
        "*, *, tag, 1.5, false",
        "regexp:registry, regexp:shop/w, tag, regexp:1, true",
        "*, *, digest, sha256:bbbb, true",
        "*, *, digest, sha256:cccc, false",
        "other, *, digest, sha256:bbbb, false",
        "*, *, id, aaaa, true",
        "*, *, id, sha256:aaaa, true",
        "*, *, id, bbbb, false",
    })
    void mapsImages(String registry, String repository, String type, String value, boolean mapped) {
        var full = value.replaceAll("([abc])\\1\\1\\1", "$1".repeat(64));

        var verdict = image().judge(always("STOP").mapped("m", registry, repository, type, full));

        assertThat(verdict.mapping().isPresent()).isEqualTo(mapped);
        assertThat(verdict.decision()).isEqualTo(mapped ? Decision.FAIL : Decision.UNKNOWN);
        assertThat(verdict.reason()).isEqualTo(mapped ? "policy_evaluation" : "unmapped");
    }

    @Test
    void theFirstMappingWins() {
        var verdict = image().judge(always("STOP")
                .mapped("none", "x", "*", "tag", "*")
                .mapped("first", "*", "*", "tag", "*")
                .mapped("second", "*", "*", "tag", "1.4"));

        assertThat(verdict.mapping().orElseThrow().id()).isEqualTo("first");
    }

    @Test
    void anImageWithoutNameIsCoveredByWildcardsOnly() {
        assertThat(image().named("*").judge(always("GO")).decision()).isEqualTo(Decision.PASS);
        assertThat(image().named("*")
                        .judge(always("GO").mapped("m", "docker.io", "*", "tag", "*"))
                        .reason())
                .isEqualTo("unmapped");
    }

    @Test
    void anUnmappedImagePassesOnlyWhereThatIsAllowed() {
        var text = always("STOP").mapped("m", "other", "*", "tag", "*");

        assertThat(image().judge(text).decision()).isEqualTo(Decision.UNKNOWN);
        var lenient =
                image().with(new EvaluationOptions(true, Action.WARN, false)).judge(text);
        assertThat(lenient.decision()).isEqualTo(Decision.PASS);
        assertThat(lenient.reason()).isEqualTo("unmapped");
        assertThat(lenient.results()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, GO, FAIL, denylisted",
        "true, false, GO, FAIL, denylisted",
        "false, true, STOP, PASS, allowlisted",
        "false, false, STOP, FAIL, policy_evaluation",
        "false, false, GO, PASS, policy_evaluation",
    })
    void denyingAnImageBeatsAllowingIt(
            boolean denied, boolean allowed, String action, Decision decision, String reason) {
        var text = always(action);
        if (denied) {
            text.denying("*", "shop/*", "tag", "*");
        }
        if (allowed) {
            text.allowing("*", "*", "id", Fixture.IMAGE_ID);
        }

        var verdict = image().judge(text);

        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.results()).as("rules are judged all the same").hasSize(1);
    }

    /// A rule that fires, one that cannot be judged, and one that lacks data, each with an action or not there.
    @ParameterizedTest
    @CsvSource({
        "'', '', '', false, PASS",
        "GO, '', '', false, PASS",
        "WARN, '', '', false, PASS",
        "STOP, '', '', false, FAIL",
        "'', GO, '', false, PASS",
        "'', WARN, '', false, PASS",
        "'', STOP, '', false, UNKNOWN",
        "'', '', STOP, false, DATA_MISSING",
        "'', '', WARN, false, DATA_MISSING",
        "'', STOP, STOP, false, UNKNOWN",
        "'', WARN, STOP, false, DATA_MISSING",
        "WARN, STOP, STOP, false, UNKNOWN",
        "WARN, WARN, STOP, false, DATA_MISSING",
        "STOP, STOP, STOP, false, FAIL",
        "STOP, '', STOP, false, FAIL",
        "STOP, STOP, '', false, FAIL",
        "WARN, '', '', true, FAIL",
        "GO, '', '', true, PASS",
        "'', WARN, '', true, UNKNOWN",
        "'', GO, '', true, PASS",
    })
    void decidesByPrecedence(String fires, String cannot, String lacks, boolean strict, Decision decision) {
        var text = BundleText.of();
        if (!fires.isEmpty()) {
            text.rule(fires, "always", "always");
        }
        if (!cannot.isEmpty()) {
            text.rule(cannot, "files", "suid_or_guid_set");
        }
        if (!lacks.isEmpty()) {
            text.rule(lacks, "vulnerabilities", "kev_list");
        }

        assertThat(image().withoutFiles()
                        .covering("npm", PackageType.NPM, State.DATA_MISSING)
                        .with(new EvaluationOptions(false, Action.WARN, strict))
                        .judge(text)
                        .decision())
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "always, always, true",
        "ALWAYS, alw*, true",
        "always, regexp:alw, true",
        "always, regexp:lways, false",
        "always, Always, false",
        "always, always:always:always, true",
        "always, always:*, true",
        "files, always, false",
        "always, always2, false",
    })
    void allowlistsMatchByGateAndEitherId(String gate, String triggerId, boolean silences) {
        var verdict = image().judge(always("STOP").item(gate, triggerId));

        assertThat(verdict.decision()).isEqualTo(silences ? Decision.PASS : Decision.FAIL);
        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.action()).isEqualTo(silences ? Action.GO : Action.STOP);
            assertThat(result.allowlisted())
                    .isEqualTo(
                            silences
                                    ? java.util.Optional.of(
                                            new Treatment.Allowlisted("list", "List", "i1", "why", Action.STOP))
                                    : java.util.Optional.empty());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "CVE-1+curl, true",
        "GHSA-a+curl, true",
        "GHSA-a+*, true",
        "CVE-1+*, true",
        "CVE-1+wget, false",
        "CVE-1, false",
        "GHSA-b+curl, false"
    })
    void allowlistsMatchByAnyAlias(String triggerId, boolean silences) {
        var text = BundleText.of()
                .rule("STOP", "vulnerabilities", "package", "package_type=all")
                .item("vulnerabilities", triggerId);

        assertThat(image().hit(finding("CVE-1", Severity.HIGH).alias("GHSA-a"))
                        .judge(text)
                        .decision())
                .isEqualTo(silences ? Decision.PASS : Decision.FAIL);
    }

    @ParameterizedTest
    @CsvSource({"2026-06-01T00:00:01Z, PASS", "2026-06-01T00:00:00Z, FAIL", "2026-05-31T23:59:59Z, FAIL"})
    void anItemCountsUntilItExpires(String expires, Decision decision) {
        assertThat(image().judge(always("STOP").item("always", "always", "\"" + expires + "\""))
                        .decision())
                .isEqualTo(decision);
    }

    @Test
    void theFirstItemThatFitsIsNamed() {
        var verdict = image().judge(always("STOP")
                .item("always", "x*")
                .item("always", "al*")
                .item("always", "always")
                .item("always", "*"));

        assertThat(verdict.results().getFirst().allowlisted().orElseThrow().itemId())
                .isEqualTo("i2");
    }

    @Test
    void thousandsOfItemsCostLittleForThousandsOfResults() {
        var text = BundleText.of().rule("STOP", "vulnerabilities", "package", "package_type=all");
        for (int i = 0; i < 2670; i++) {
            text.item("vulnerabilities", i % 2 == 0 ? "CVE-2020-" + i + "+*" : "CVE-2020-" + i + "+curl");
        }
        var image = image();
        for (int i = 0; i < 5000; i++) {
            image.hit(finding("CVE-2020-" + i, Severity.HIGH));
        }

        var verdict = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> image.judge(text));

        assertThat(verdict.results().stream()
                        .filter(result -> result.allowlisted().isPresent())
                        .count())
                .isEqualTo(2670);
    }

    @Test
    void aPatternOverItsBoundTakesOnlyItsRule() {
        var text = BundleText.of()
                .rule("STOP", "files", "name_match", "regex=/(a+)+\\1$")
                .rule("WARN", "always", "always");

        var verdict =
                image().allowingBacktracking().file("a".repeat(60) + "!", 0644).judge(text);

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.type()).isEqualTo("pattern-bound");
            assertThat(problem.details())
                    .startsWith("rule r1 (files/name_match)")
                    .contains("steps");
        });
        assertThat(verdict.unjudged()).extracting(Verdict.Unjudged::ruleId).containsExactly("r1");
        assertThat(verdict.results()).extracting(RuleResult::gate).containsExactly("always");
    }

    @Test
    void anAllowlistsPatternOverItsBoundSilencesNothing() {
        var text = BundleText.of()
                .rule("STOP", "files", "name_match", "regex=/a")
                .item("files", "regexp:files:name_match:/(a+)+\\\\1$");

        var verdict =
                image().allowingBacktracking().file("a".repeat(60) + "!", 0644).judge(text);

        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(verdict.problems()).hasSize(1);
    }

    @Test
    void rulesOfOtherArtifactsAreNotJudged() {
        var json = always("STOP").json().replace("\"name\":\"Set\"", "\"name\":\"Set\",\"artifact_type\":\"source\"");

        assertThat(image().judge(Fixture.read(json)).decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void theSameInputsGiveTheSameVerdictWhateverTheirOrder() {
        var text = BundleText.of()
                .rule("STOP", "vulnerabilities", "package", "package_type=all")
                .rule("WARN", "files", "suid_or_guid_set")
                .rule("WARN", "dockerfile", "exposed_ports", "ports=1", "type=allowlist");
        var one = image().hit(finding("CVE-1", Severity.LOW))
                .hit(finding("CVE-2", Severity.HIGH))
                .file("a", 04755)
                .file("b", 04755)
                .exposing("3/tcp", "2/tcp")
                .judge(text);
        var other = image().exposing("2/tcp", "3/tcp")
                .file("b", 04755)
                .file("a", 04755)
                .hit(finding("CVE-2", Severity.HIGH))
                .hit(finding("CVE-1", Severity.LOW))
                .judge(text);

        assertThat(other).isEqualTo(one);
        assertThat(one.results())
                .extracting(result -> result.action() + " " + result.stableId())
                .containsExactly(
                        "STOP vulnerabilities:package:CVE-1+deb/curl",
                        "STOP vulnerabilities:package:CVE-2+deb/curl",
                        "WARN dockerfile:exposed_ports:2/tcp",
                        "WARN dockerfile:exposed_ports:3/tcp",
                        "WARN files:suid_or_guid_set:/a",
                        "WARN files:suid_or_guid_set:/b");
    }

    @Test
    void aVerdictNamesItsInputs() {
        var verdict = image().dockerfile("FROM a").excluding("/app").judge(always("GO"));

        assertThat(verdict.inputs())
                .extracting(Verdict.Input::name)
                .isEqualTo(List.of(
                        "advisory-data",
                        "advisory-data-built",
                        "bundle",
                        "distribution",
                        "dockerfile",
                        "evaluated-at",
                        "excluded",
                        "image-id",
                        "image-manifest",
                        "image-name",
                        "option-allow-backtracking",
                        "option-only-fixed",
                        "option-strict",
                        "option-unknown-severity",
                        "option-unmapped"));
        assertThat(verdict.evaluatedAt()).isEqualTo(Fixture.NOW);
        assertThat(verdict.imageName()).isEqualTo("registry.example/shop/web:1.4");
        assertThat(verdict.bundle()).isEqualTo(new Verdict.BundleReference("b", "B", "2"));
    }
}
