package dev.plimsoll.policy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Treatment.Waived;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Input;
import dev.plimsoll.policy.Verdict.WaiverUse.State;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaiverTreatmentTest {

    private static final BundleText BUNDLE = BundleText.of()
            .rule("STOP", "vulnerabilities", "package", "package_type=all", "severity_comparison=>=", "severity=high");

    private static String waiver(String id, String scope, String more) {
        return "- { id: %s, scope: { %s }, reason: accepted-risk, text: because, owner: me, %s }\n"
                .formatted(id, scope, more);
    }

    private static Fixture image() {
        return Fixture.image()
                .layer(10)
                .hit(Fixture.finding("CVE-2023-1", Severity.HIGH).alias("GHSA-aaaa"))
                .hit(Fixture.finding("CVE-2023-2", Severity.HIGH)
                        .in(PackageType.NPM, "@babel/core", "7.1.0", "app/node_modules/@babel/core/package.json"));
    }

    private static List<String> waived(Verdict verdict) {
        return verdict.results().stream()
                .filter(result -> result.waived().isPresent())
                .map(result -> result.finding().map(found -> found.id()).orElse(result.stableId()))
                .sorted()
                .toList();
    }

    /// What a scope covers: the findings whose results are waived.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ids: [ CVE-2023-1 ]                                    | CVE-2023-1",
                "ids: [ GHSA-aaaa ]                                     | CVE-2023-1",
                "ids: [ GHSA-a* ]                                       | CVE-2023-1",
                "ids: [ 'CVE-2023-*' ]                                  | CVE-2023-1 CVE-2023-2",
                "ids: [ 'CVE-2023-1+curl' ]                             | CVE-2023-1",
                "ids: [ 'GHSA-aaaa+curl' ]                              | CVE-2023-1",
                "ids: [ 'vulnerabilities:package:CVE-2023-2+*' ]        | CVE-2023-2",
                "ids: [ CVE-2023 ]                                      |",
                "packages: [ curl ]                                     | CVE-2023-1",
                "packages: [ 'curl@7.88.*' ]                            | CVE-2023-1",
                "packages: [ 'curl@7.89.*' ]                            |",
                "packages: [ '@babel/core' ]                            | CVE-2023-2",
                "packages: [ '@babel/core@7.1.0' ]                      | CVE-2023-2",
                "packages: [ '*' ]                                      | CVE-2023-1 CVE-2023-2",
                "packages: [ 'pkg:deb/curl@7.88.1-10' ]                 | CVE-2023-1",
                "packages: [ 'pkg:deb/curl' ]                           | CVE-2023-1",
                "packages: [ 'pkg:deb/debian/curl' ]                    |",
                "packages: [ 'pkg:deb/curl?arch=amd64' ]                |",
                "packages: [ 'pkg:rpm/curl' ]                           |",
                "images: [ 'registry.example/shop/web:1.4' ]            | CVE-2023-1 CVE-2023-2",
                "images: [ 'registry.example/shop/web' ]                | CVE-2023-1 CVE-2023-2",
                "images: [ 'registry.example/shop/*' ]                  | CVE-2023-1 CVE-2023-2",
                "images: [ '*/shop/web:1.*' ]                           | CVE-2023-1 CVE-2023-2",
                "images: [ 'shop/web' ]                                 |",
                "images: [ 'registry.example/shop/web:1.5' ]            |",
                "images: [ 'MANIFEST' ]                                 | CVE-2023-1 CVE-2023-2",
                "images: [ 'registry.example/shop/web@MANIFEST' ]       | CVE-2023-1 CVE-2023-2",
                "images: [ 'registry.example/shop/other@MANIFEST' ]     |",
                "images: [ 'sha256:IMAGE' ]                             | CVE-2023-1 CVE-2023-2",
                "paths: [ '/app/**' ]                                   | CVE-2023-2",
                "paths: [ '/var/lib/dpkg/status' ]                      | CVE-2023-1",
                "paths: [ '/srv/**' ]                                   |",
                "paths: [ '/app/node_modules/@babel/core/*' ]           | CVE-2023-2",
                "paths: [ '/a{pp,x}/**' ]                               | CVE-2023-2",
                "paths: [ '**/package.json' ]                           | CVE-2023-2",
                "paths: [ '?pp/**' ]                                    | CVE-2023-2",
                "packages: [ 'c*l' ]                                    | CVE-2023-1",
                "packages: [ 'pkg:npm/*/*' ]                            | CVE-2023-2",
                "packages: [ 'pkg:npm/%40babel/c*' ]                    |",
                "layers: [ 'sha256:LAYER' ]                             | CVE-2023-1 CVE-2023-2",
                "layers: [ 'MANIFEST' ]                                 |",
                "gates: [ vulnerabilities ]                             | CVE-2023-1 CVE-2023-2",
                "gates: [ vulnerabilities/package ]                     | CVE-2023-1 CVE-2023-2",
                "gates: [ vulnerabilities/denylist ]                    |",
                "gates: [ files ]                                       |",
                "ids: [ CVE-2023-1 ], packages: [ '@babel/core' ]       |",
                "ids: [ CVE-2023-1, CVE-2023-2 ], paths: [ '/app/**' ]  | CVE-2023-2",
            })
    void coversWhatFitsEveryConditionOfItsScope(String scope, String expected) {
        var text = scope.replace("MANIFEST", Fixture.MANIFEST)
                .replace("sha256:IMAGE", "sha256:" + Fixture.IMAGE_ID)
                .replace("LAYER", "c".repeat(64));

        var verdict = image().waiving(waiver("w", text, "until: 2026-12-31")).judge(BUNDLE);

        assertThat(String.join(" ", waived(verdict))).isEqualTo(expected == null ? "" : expected);
        assertThat(verdict.decision())
                .isEqualTo("CVE-2023-1 CVE-2023-2".equals(expected) ? Decision.PASS : Decision.FAIL);
    }

    @Test
    void leavesAPackageAloneThatLiesInAnotherPlaceToo() {
        var there = Fixture.image()
                .hit(Fixture.finding("CVE-1", Severity.HIGH).in(PackageType.NPM, "a", "1", "app/a", "srv/a"));

        assertThat(waived(there.waiving(waiver("w", "paths: [ '/app/**' ]", "until: 2026-12-31"))
                        .judge(BUNDLE)))
                .isEmpty();
        assertThat(waived(there.waiving(waiver("w", "paths: [ '/app/**', '/srv/*' ]", "until: 2026-12-31"))
                        .judge(BUNDLE)))
                .containsExactly("CVE-1");
    }

    @Test
    void coversNothingOfAnImageWithoutAName() {
        var unnamed = image().named("*");

        assertThat(waived(unnamed.waiving(waiver("w", "images: [ 'registry.example/*' ]", "until: 2026-12-31"))
                        .judge(BUNDLE)))
                .isEmpty();
    }

    @Test
    void saysWhoWaivedAndWhy() {
        var verdict = image().waiving("""
                        - id: w
                          scope: { ids: [ CVE-2023-1 ] }
                          reason: not-affected
                          justification: component_not_present
                          text: because
                          owner: me
                          approver: you
                          ticket: T-1
                          until: 2026-12-31
                        """).judge(BUNDLE);

        var result = verdict.results().stream()
                .filter(found -> found.waived().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(result.action()).isEqualTo(Action.GO);
        assertThat(result.demanded()).isEqualTo(Action.STOP);
        assertThat(result.waived())
                .contains(new Waived(
                        "w",
                        "not-affected",
                        "component_not_present",
                        "because",
                        "me",
                        "you",
                        "T-1",
                        Optional.of(Instant.parse("2026-12-31T00:00:00Z")),
                        "suppress",
                        Action.STOP));
        assertThat(verdict.explanation()).isEqualTo("1 result stops it, 1 is waived");
        assertThat(verdict.inputs()).extracting(Input::name).contains("waivers");
    }

    @Test
    void namesNoWaiversWhereThereAreNone() {
        var verdict = image().judge(BUNDLE);

        assertThat(verdict.inputs()).extracting(Input::name).doesNotContain("waivers");
        assertThat(verdict.waivers()).isEmpty();
        assertThat(verdict.problems()).isEmpty();
    }

    @Test
    void downgradesAStopToAWarning() {
        var verdict = image().waiving(waiver("w", "ids: [ 'CVE-2023-*' ]", "until: 2026-12-31, effect: downgrade"))
                .judge(BUNDLE);

        assertThat(verdict.decision()).isEqualTo(Decision.PASS);
        assertThat(verdict.results()).extracting(RuleResult::action).containsOnly(Action.WARN);
        assertThat(waived(verdict)).hasSize(2);
    }

    @Test
    void leavesAWarningAWarning() {
        var warning = BundleText.of()
                .rule(
                        "WARN",
                        "vulnerabilities",
                        "package",
                        "package_type=all",
                        "severity_comparison=>=",
                        "severity=high");
        var verdict = image().waiving(waiver("w", "ids: [ CVE-2023-1 ]", "until: 2026-12-31, effect: downgrade"))
                .judge(warning);

        assertThat(waived(verdict)).isEmpty();
        assertThat(verdict.waivers().getFirst().results()).isEqualTo(1);
    }

    @Test
    void takesTheStrongestOfSeveralAndOfTheseTheLongest() {
        var verdict = image().waiving(waiver("down", "ids: [ CVE-2023-1 ]", "until: 2027-12-31, effect: downgrade")
                        + waiver("short", "ids: [ CVE-2023-1 ]", "until: 2026-07-01")
                        + waiver("long", "ids: [ CVE-2023-1 ]", "until: 2026-08-01"))
                .judge(BUNDLE);

        assertThat(verdict.results().stream().flatMap(result -> result.waived().stream()))
                .extracting(Waived::waiverId)
                .containsExactly("long");
        assertThat(verdict.change())
                .as("when the first ends, another still silences it")
                .contains(new NextChange(Instant.parse("2026-08-01T00:00:00Z"), "the waiver long expires"));
    }

    @Test
    void comesAfterTheAllowlists() {
        var verdict = image().waiving(waiver("w", "ids: [ CVE-2023-1 ]", "until: 2026-12-31"))
                .judge(BundleText.of()
                        .rule(
                                "STOP",
                                "vulnerabilities",
                                "package",
                                "package_type=all",
                                "severity_comparison=>=",
                                "severity=high")
                        .item("vulnerabilities", "CVE-2023-1+*"));

        assertThat(waived(verdict)).isEmpty();
        assertThat(verdict.waivers().getFirst().results())
                .as("it is not unused")
                .isEqualTo(1);
        assertThat(verdict.change()).isEmpty();
    }

    @Test
    void saysThatAResultCountsAgainBecauseItsWaiverExpired() {
        var verdict = image().waiving(waiver("w", "ids: [ CVE-2023-1 ]", "until: 2026-05-01"))
                .judge(BUNDLE);

        assertThat(verdict.decision()).isEqualTo(Decision.FAIL);
        assertThat(waived(verdict)).isEmpty();
        assertThat(verdict.problems())
                .containsExactly(new Verdict.Problem(
                        Verdict.Problem.Severity.WARN,
                        "waiver-expired",
                        "vulnerabilities:package:CVE-2023-1+deb/curl counts again because the waiver w expired on"
                                + " 2026-05-01T00:00:00Z (me)"));
        assertThat(verdict.waivers()).extracting(Verdict.WaiverUse::state).containsExactly(State.EXPIRED);
        assertThat(verdict.waivers()).extracting(Verdict.WaiverUse::results).containsExactly(1);
    }

    @Test
    void saysNothingOfAnExpiredWaiverThatWasRenewed() {
        var verdict = image().waiving(waiver("old", "ids: [ CVE-2023-1 ]", "until: 2026-05-01")
                        + waiver("new", "ids: [ CVE-2023-1 ]", "until: 2026-12-31"))
                .judge(BUNDLE);

        assertThat(waived(verdict)).containsExactly("CVE-2023-1");
        assertThat(verdict.problems()).isEmpty();
    }

    @Test
    void knowsWhenAWaiverBegins() {
        var verdict = image().waiving(waiver("w", "ids: [ CVE-2023-1 ]", "from: 2026-07-01, until: 2026-12-31"))
                .judge(BUNDLE);

        assertThat(waived(verdict)).isEmpty();
        assertThat(verdict.waivers()).extracting(Verdict.WaiverUse::state).containsExactly(State.PENDING);
        assertThat(verdict.change())
                .contains(new NextChange(Instant.parse("2026-07-01T00:00:00Z"), "the waiver w begins"));
    }

    @Test
    void seesNoChangeInAWaiverThatCoversNothing() {
        var verdict = image().waiving(waiver("w", "ids: [ CVE-1999-1 ]", "from: 2026-07-01, until: 2026-12-31"))
                .judge(BUNDLE);

        assertThat(verdict.change()).isEmpty();
    }

    @Test
    void namesWhatCoversNothingOfTheImageButNothingOfOtherImages() {
        var verdict = image().waiving(waiver("w", "ids: [ CVE-1999-1 ]", "until: 2026-12-31")
                        + waiver("x", "ids: [ CVE-1999-2 ]", "until: 2026-12-31")
                        + waiver("elsewhere", "images: [ other ], ids: [ CVE-1999-1 ]", "until: 2026-12-31"))
                .judge(BUNDLE);

        assertThat(verdict.problems())
                .containsExactly(new Verdict.Problem(
                        Verdict.Problem.Severity.WARN, "waiver-unused", "2 waivers cover nothing of this image: w, x"));
        assertThat(verdict.waivers()).extracting(Verdict.WaiverUse::id).containsExactly("w", "x");
    }

    @Test
    void saysNothingOfWaiversWhereNoMappingApplies() {
        var verdict = image().waiving(waiver("w", "ids: [ CVE-1999-1 ]", "until: 2026-12-31"))
                .judge(BUNDLE_OF_ANOTHER);

        assertThat(verdict.reason()).isEqualTo("unmapped");
        assertThat(verdict.problems()).isEmpty();
    }

    private static final BundleText BUNDLE_OF_ANOTHER = BundleText.of()
            .rule("STOP", "vulnerabilities", "package", "package_type=all", "severity_comparison=>=", "severity=high")
            .mapped("m", "other.example", "*", "tag", "*");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "packages: [ curl ]                           | its scope names no id",
                "ids: [ '*' ]                                 | its scope names the ids '*'",
                "ids: [ 'CVE-*' ]                             | its scope names the ids 'CVE-*'",
                "ids: [ 'CVE-2023-1*' ], packages: [ '*' ]    | its scope names the packages '*'",
                "ids: [ 'CVE-2023-1*' ], images: [ '*' ]      | its scope names the images '*'",
                "ids: [ 'CVE-2023-1*' ], paths: [ '/**' ]     | its scope names the paths '**'",
            })
    void namesWhatCoversTooMuch(String scope, String expected) {
        var verdict = image().waiving(waiver("w", scope, "until: 2026-12-31")).judge(BUNDLE);

        assertThat(verdict.problems())
                .containsExactly(new Verdict.Problem(
                        Verdict.Problem.Severity.WARN, "waiver-broad", "the waiver w: " + expected));
        assertThat(verdict.waivers().getFirst().broad()).containsExactly(expected);
    }

    @Test
    void namesWhatCoversMoreResultsThanAnybodyOversees() {
        var most = many(WaiverTreatment.BROAD_RESULTS);
        var over = many(WaiverTreatment.BROAD_RESULTS + 1);
        var wide = waiver("w", "ids: [ 'CVE-2000-*' ]", "until: 2026-12-31");

        assertThat(most.waiving(wide).judge(BUNDLE).problems()).isEmpty();
        assertThat(over.waiving(wide).judge(BUNDLE).problems())
                .extracting(Verdict.Problem::details)
                .containsExactly("the waiver w: it covers 51 results of this image");
    }

    private static Fixture many(int count) {
        var image = Fixture.image();
        for (int i = 0; i < count; i++) {
            image.hit(Fixture.finding("CVE-2000-" + i, Severity.HIGH));
        }
        return image;
    }

    @Test
    void keepsWhoGivesMoreTimeForWhoeverSetsDeadlines() {
        var fixture = image();
        var treatment = new WaiverTreatment(
                Fixture.waivers(waiver(
                                "a", "ids: [ CVE-2023-1 ]", "until: 2026-12-31, effect: extend, deadline: 2026-08-01")
                        + waiver("b", "ids: [ CVE-2023-1 ]", "until: 2026-12-31, effect: extend, deadline: 2026-09-01")
                        + waiver("c", "ids: [ CVE-2023-1 ]", "until: 2026-05-31, effect: extend, deadline: 2027-09-01")
                        + waiver("d", "ids: [ CVE-2023-2 ]", "until: 2026-12-31")),
                fixture.evidence());
        var results = fixture.judge(BUNDLE).results();

        assertThat(treatment.extendedUntil(results.get(0)))
                .map(WaiverTreatment.Extension::deadline)
                .contains(Instant.parse("2026-09-01T00:00:00Z"));
        assertThat(treatment.extendedUntil(results.get(1))).isEmpty();
    }

    @Test
    void givesTimeByAnExtension() {
        var verdict = image().waiving(
                        waiver("a", "ids: [ CVE-2023-1 ]", "until: 2026-12-31, effect: extend, deadline: 2026-08-01"))
                .judge(BUNDLE);

        assertThat(waived(verdict)).isEmpty();
        assertThat(verdict.change().map(NextChange::at)).contains(Instant.parse("2026-08-01T00:00:00Z"));
        assertThat(verdict.problems()).isEmpty();
    }

    @Test
    void waivesResultsThatAreAboutNoVulnerability() {
        var verdict = Fixture.image()
                .user("root")
                .waiving(waiver("w", "ids: [ 'dockerfile:effective_user:*' ]", "until: 2026-12-31"))
                .judge("dockerfile", "effective_user", "users=root", "type=denylist");

        assertThat(verdict.results()).hasSize(1);
        assertThat(waived(verdict)).hasSize(1);
    }
}
