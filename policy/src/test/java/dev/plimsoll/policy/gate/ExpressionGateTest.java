package dev.plimsoll.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.expression.Condition;
import dev.plimsoll.policy.expression.ForEach;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpressionGateTest {

    private static final String HIGH_WITH_FIX = "finding.severity == 'high' && finding.has_fix";

    private static Verdict judge(Fixture image, String each, String condition, String... more) {
        var parameters = new ArrayList<>(List.of("for_each=" + each, "condition=" + condition));
        parameters.addAll(List.of(more));
        return image.judge("expression", "condition", parameters.toArray(String[]::new));
    }

    private static Fixture image() {
        return Fixture.image()
                .user("root")
                .label("team", "shop")
                .exposing("22/tcp")
                .installed(PackageType.DEB, "curl", "1.0")
                .licensed(PackageType.NPM, "left", "2.0", "GPL-3.0-only")
                .hit(Fixture.finding("CVE-1-1", Severity.HIGH)
                        .in(PackageType.DEB, "curl", "1.0")
                        .alias("GHSA-1")
                        .scored("nvd", "7.5", "3.9", "3.6")
                        .fixedIn("1.1"))
                .hit(Fixture.finding("CVE-1-2", Severity.HIGH).in(PackageType.NPM, "left", "2.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.user == 'root'",
                "image.labels['team'] == 'shop' && !('owner' in image.labels)",
                "image.exposed_ports == ['22/tcp'] && image.exposed_ports.exists(port, port.startsWith('22'))",
                "image.packages.all(name, name.matches('[a-z]+')) && image.packages.size() == 2",
                "image.distribution == 'debian' && image.distribution_version == '12'",
                "image.layers >= 0 && image.tag != ''"
            })
    void firesForAnImage(String condition) {
        assertThat(judge(image(), "image", condition).results()).singleElement().satisfies(result -> {
            assertThat(result.finding()).isEmpty();
            assertThat(result.item()).isEmpty();
        });
        assertThat(judge(image(), "image", "!(" + condition + ")").results()).isEmpty();
    }

    @Test
    void firesForEachFindingAndSaysWhichItIsAbout() {
        var verdict = judge(
                image(),
                "finding",
                HIGH_WITH_FIX,
                "message={finding.id} of {finding.ids} in {pkg.name}",
                "key=fixable");
        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.message()).isEqualTo("CVE-1-1 of CVE-1-1, GHSA-1 in curl");
            assertThat(result.stableId()).isEqualTo("expression:condition:fixable+CVE-1-1+deb/curl");
            assertThat(result.triggerId()).isEqualTo("condition:fixable+CVE-1-1+deb/curl");
            assertThat(result.finding().orElseThrow().id()).isEqualTo("CVE-1-1");
            assertThat(result.remedy().verb()).isEqualTo("Upgrade curl to 1.1");
        });
    }

    @Test
    void firesForEachPackage() {
        var verdict = judge(image(), "package", "pkg.licenses.exists(license, license.startsWith('GPL'))");
        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.item().orElseThrow().name()).isEqualTo("left");
            assertThat(result.message())
                    .isEqualTo("The condition 'pkg.licenses.exists(license, license.startsWith('GPL'))' holds, for"
                            + " npm/left");
            assertThat(result.stableId()).matches("expression:condition:[0-9a-f]{12}\\+npm/left");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "finding.severity_rank >= 4 ; 2",
                "finding.cvss > 7 && finding.cvss < 8.5 ; 1",
                "finding.cvss == -1.0 ; 1",
                "'GHSA-1' in finding.ids ; 1",
                "finding.fixed_in == ['1.1'] && pkg.type == 'deb' && pkg.of_distribution ; 1",
                "pkg.url.startsWith('pkg:npm/') && pkg.paths.size() >= 0 && pkg.source == 'left' ; 1",
                "finding.severity == 'low' ; 0",
                "finding.known_exploited || finding.epss > 0.5 || finding.epss_percentile > 0.5 ; 0"
            })
    void asksFactsOfFindings(String condition, int results) {
        var verdict = judge(image(), "finding", condition);
        assertThat(verdict.results()).hasSize(results);
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void whatNobodyKnowsIsUnknownOnlyWhereTheAnswerDependsOnIt() {
        var bare = image().ofWhichNothingIsKnown();
        var verdict = judge(bare, "image", "image.user == 'root'");
        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged())
                .singleElement()
                .extracting(Unjudged::reason)
                .isEqualTo(
                        "image.user is not known: the image's configuration is not known: what told of the image does"
                                + " not hold it");
        assertThat(judge(bare, "image", "image.user.matches('r.*')").unjudged()).hasSize(1);
        assertThat(judge(bare, "image", "image.user == 'root' || image.packages.size() == 2")
                        .results())
                .hasSize(1);
        assertThat(judge(bare, "image", "image.user == 'root' && image.packages.size() == 7")
                        .unjudged())
                .isEmpty();
    }

    @Test
    void factsThatOptionsTellAreNamedWithThem() {
        assertThat(reasons(judge(image(), "package", "pkg.from_base")))
                .singleElement()
                .asString()
                .contains("--ancestors", "asked for 2 of 2");
        assertThat(reasons(judge(image().withoutExploitationData(), "finding", "finding.known_exploited")))
                .singleElement()
                .asString()
                .contains("feed kev");
        assertThat(reasons(judge(image().withoutExploitationData(), "finding", "finding.epss > 0.1")))
                .singleElement()
                .asString()
                .contains("feed epss");
        assertThat(reasons(judge(image(), "secret", "secret.rule == 'x'")))
                .singleElement()
                .asString()
                .contains("--secrets");
    }

    private static List<String> reasons(Verdict verdict) {
        assertThat(verdict.results()).isEmpty();
        return verdict.unjudged().stream().map(Unjudged::reason).toList();
    }

    @Test
    void aConditionThatBreaksOffIsNoCrash() {
        var verdict = judge(image(), "finding", "finding.fixed_in[0] == '1.1'");
        assertThat(verdict.results())
                .extracting(RuleResult::stableId)
                .singleElement()
                .asString()
                .contains("CVE-1-1");
        assertThat(verdict.unjudged())
                .singleElement()
                .extracting(Unjudged::reason)
                .isEqualTo("the condition breaks off: Index out of bounds: 0, for CVE-1-2+npm/left");
        assertThat(verdict.problems()).extracting(problem -> problem.type()).contains("rule-failed");
    }

    @Test
    void stepsAreBounded() {
        var image = Fixture.image();
        for (int i = 0; i < 30; i++) {
            image.installed(PackageType.DEB, "p" + i, "1");
        }
        var all = "image.packages.all(a, image.packages.all(b, image.packages.all(c, a + b + c != '')))";
        var verdict = judge(image, "image", all);
        assertThat(reasons(verdict)).containsExactly("the condition takes over " + Condition.MAX_ITERATIONS + " steps");
        assertThat(verdict.problems()).extracting(problem -> problem.type()).contains("pattern-bound");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "finding.severty == 'high' | character 1: there is no fact or function 'finding.severty' for each finding: allowed are image.registry",
                "finding.severty == 'high' | did you mean 'finding.severity'?",
                "finding.severity == | character 20: mismatched input",
                "finding.severity | expected type 'bool' but found 'string'",
                "finding.severity + 1 == 'a' | character 18: found no matching overload",
                "secret.rule == 'x' | there is no fact or function 'secret.rule' for each finding",
                "image.nothing() | character",
            })
    void errorsNamePlaceAndWhatIsAllowed(String condition, String message) {
        assertThat(problems("for_each=finding", "condition=" + condition))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is no condition: ", message));
    }

    @Test
    void errorsOfMessagesNameTheFacts() {
        assertThat(problems("for_each=image", "condition=image.user == ''", "message={image.usr} is {finding.id}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains("names the fact 'image.usr'", "did you mean 'image.user'?"));
    }

    private static List<BundleProblem> problems(String... parameters) {
        var text = BundleText.of()
                .rule("STOP", "expression", "condition", parameters)
                .json();
        return BundleReader.read("bundle.json", text.getBytes(StandardCharsets.UTF_8), false)
                .problems();
    }

    @Test
    void lengthNodesAndDepthAreLimited() {
        assertThat(refusal("'" + "a".repeat(Condition.MAX_LENGTH) + "' == ''")).contains("exceeds limit");
        assertThat(refusal("[" + "1,".repeat(Condition.MAX_NODES) + "1].size() == 1"))
                .contains("node");
        assertThat(refusal("(".repeat(60) + "true" + ")".repeat(60))).contains("recursion limit");
        assertThat(Condition.compile("true || image.user == ''", ForEach.IMAGE)).isInstanceOf(Condition.Usable.class);
    }

    private static String refusal(String text) {
        return Condition.compile(text, ForEach.IMAGE) instanceof Condition.Refused(var reason) ? reason : "";
    }

    @Test
    void everyFactHasTheTypeThatItDeclares() {
        for (var each : ForEach.values()) {
            for (var fact : each.facts()) {
                var same = fact.name() + " == " + fact.name();
                assertThat(Condition.compile(same, each)).as(fact.name()).isInstanceOf(Condition.Usable.class);
            }
        }
        for (var each : List.of(ForEach.IMAGE, ForEach.FINDING)) {
            for (var fact : each.facts()) {
                var verdict =
                        judge(image().onBase(1).layer(1).layer(1), each.word(), fact.name() + " == " + fact.name());
                assertThat(verdict.problems()).as(fact.name()).isEmpty();
            }
        }
    }
}
