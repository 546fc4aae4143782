package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static dev.plimsoll.policy.Fixture.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Lifecycle.Extension;
import dev.plimsoll.matching.ProductLifecycle;
import dev.plimsoll.matching.ProductLifecycle.Kind;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gate `eol`.
final class EndOfLifeGateTest {

    private static Lifecycle ending(String product, String cycle, String day) {
        return new Lifecycle(product, cycle, Optional.of(LocalDate.parse(day)), false);
    }

    private static ProductLifecycle python(String version, Optional<Lifecycle> lifecycle) {
        return new ProductLifecycle(
                item(PackageType.GENERIC, "python", version, "usr/local/bin/python" + version),
                "python",
                Kind.RUNTIME,
                version,
                false,
                lifecycle);
    }

    private static Fixture debian(String day, String at) {
        return image().living(ending("debian", "12", day)).at(at);
    }

    private static List<String> messages(Verdict verdict) {
        return verdict.results().stream().map(RuleResult::message).toList();
    }

    private static List<String> reasons(Verdict verdict) {
        return verdict.unjudged().stream().map(Verdict.Unjudged::reason).toList();
    }

    /// The days before the end from which it fires, the instant, whether it fires, and the next change.
    @ParameterizedTest
    @CsvSource({
        "0, 2026-07-10T23:59:59Z, false, 2026-07-11T00:00:00Z, debian:12 reaches its end of life",
        "0, 2026-07-11T00:00:00Z, true, , ",
        "30, 2026-06-10T23:59:59Z, false, 2026-06-11T00:00:00Z, debian:12 is 30 days from its end of life",
        "30, 2026-06-11T00:00:00Z, true, 2026-07-11T00:00:00Z, debian:12 reaches its end of life",
        "30, 2026-08-01T00:00:00Z, true, , ",
    })
    void firesFromADayOn(int within, String at, boolean fires, Instant change, String why) {
        var verdict = debian("2026-07-11", at).judge("eol", "distribution", "within_days=" + within);
        assertThat(verdict.decision()).isEqualTo(fires ? Decision.FAIL : Decision.PASS);
        assertThat(verdict.change())
                .isEqualTo(Optional.ofNullable(change).map(instant -> new NextChange(instant, why)));
    }

    @Test
    void theIdStaysWhatEverTheTimeIs() {
        var before = debian("2026-07-11", "2026-07-01T00:00:00Z").judge("eol", "distribution", "within_days=90");
        var after = debian("2026-07-11", "2026-08-01T00:00:00Z").judge("eol", "distribution");
        assertThat(messages(before))
                .containsExactly("The distribution debian:12 gets no more fixes from 2026-07-11 on");
        assertThat(messages(after)).containsExactly("The distribution debian:12 gets no more fixes since 2026-07-11");
        assertThat(before.results().getFirst().ids())
                .isEqualTo(after.results().getFirst().ids());
        assertThat(after.results().getFirst().stableId()).isEqualTo("eol:distribution:debian:12");
        assertThat(after.results().getFirst().remedy().instruction(List.of()))
                .isEqualTo("Build the image on a release of debian that still gets fixes");
    }

    @Test
    void supportBeyondTheEndCountsWhereTheOrganisationHasIt() {
        var supported = image().at("2026-08-01T00:00:00Z")
                .living(new Lifecycle(
                        "debian",
                        "12",
                        Optional.of(LocalDate.parse("2026-07-11")),
                        false,
                        Optional.of(new Extension(Optional.of(LocalDate.parse("2028-06-30")), false))));
        assertThat(supported.judge("eol", "distribution").decision()).isEqualTo(Decision.FAIL);
        var extended = supported.judge("eol", "distribution", "extended_support=true");
        assertThat(extended.decision()).isEqualTo(Decision.PASS);
        assertThat(extended.change().orElseThrow().at()).isEqualTo("2028-06-30T00:00:00Z");
        assertThat(messages(supported.at("2029-01-01T00:00:00Z").judge("eol", "distribution", "extended_support=true")))
                .containsExactly("The distribution debian:12 gets no more fixes since 2028-06-30 (extended support)");
        assertThat(debian("2026-07-11", "2026-08-01T00:00:00Z")
                        .judge("eol", "distribution", "extended_support=true")
                        .decision())
                .as("where there is none, the end is the end")
                .isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @CsvSource({"true, FAIL", "false, PASS"})
    void someDataSayYesOrNoOnly(boolean ended, Decision decision) {
        var verdict = image().living(new Lifecycle("debian", "12", Optional.empty(), ended))
                .judge("eol", "distribution", "within_days=10");
        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.change()).isEmpty();
        if (ended) {
            assertThat(messages(verdict)).containsExactly("The distribution debian:12 gets no more fixes");
        }
        var extended = image().living(new Lifecycle(
                        "debian", "12", Optional.empty(), true, Optional.of(new Extension(Optional.empty(), ended))))
                .judge("eol", "distribution", "extended_support=true");
        assertThat(extended.decision()).isEqualTo(decision);
    }

    @Test
    void aReleaseThatNoLifecycleKnowsIsNotJudged() {
        var verdict = image().judge("eol", "distribution");
        assertThat(verdict.decision()).isEqualTo(Decision.DATA_MISSING);
        assertThat(reasons(verdict))
                .containsExactly(
                        "nobody knows when debian:12 ends: the advisory database has no life cycle of it (build it"
                                + " with the feed eol)");
    }

    @ParameterizedTest
    @CsvSource({"arch, ''", "wolfi, 20230201", "alpine, 3.20.0_alpha20240329"})
    void aRollingReleaseHasNoEnd(String id, String version) {
        assertThat(image().distribution(id, version)
                        .judge("eol", "distribution")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void withoutADistributionThereIsNothingToEnd() {
        assertThat(image().withoutDistribution().judge("eol", "distribution").decision())
                .isEqualTo(Decision.PASS);
        assertThat(reasons(image().toldByDocument().withoutDistribution().judge("eol", "distribution")))
                .containsExactly(
                        "the image's distribution is not known: the document (SPDX 2.3 JSON) does not tell it; give"
                                + " --distro");
    }

    @Test
    void aRuntimePastItsEndFiresOnceForItsRelease() {
        var cycle = Optional.of(ending("python", "3.8", "2024-10-07"));
        var verdict = image().product(python("3.8.18", cycle))
                .product(python("3.8.19", cycle))
                .product(python("3.13.1", Optional.of(ending("python", "3.13", "2029-10-31"))))
                .judge("eol", "runtime");
        assertThat(messages(verdict))
                .containsExactly("python 3.8 gets no more fixes since 2024-10-07: python 3.8.18 at"
                        + " /usr/local/bin/python3.8.18, python 3.8.19 at /usr/local/bin/python3.8.19");
        assertThat(verdict.results().getFirst().stableId()).isEqualTo("eol:runtime:python:3.8");
        assertThat(verdict.results().getFirst().remedy().instruction(List.of("python 3.8")))
                .isEqualTo("Upgrade python 3.8 to a release that still gets fixes");
        assertThat(verdict.change())
                .contains(new NextChange(Instant.parse("2029-10-31T00:00:00Z"), "python:3.13 reaches its end of life"));
        assertThat(verdict.unjudged()).isEmpty();
    }

    @Test
    void aRuntimeNearItsEnd() {
        var soon = image().product(python("3.8.18", Optional.of(ending("python", "3.8", "2026-07-01"))));
        assertThat(soon.judge("eol", "runtime", "within_days=29").decision()).isEqualTo(Decision.PASS);
        assertThat(soon.judge("eol", "runtime", "within_days=30").decision()).isEqualTo(Decision.FAIL);
        assertThat(soon.judge("eol", "framework", "within_days=30").decision()).isEqualTo(Decision.PASS);
        assertThat(soon.judge("eol", "runtime", "within_days=30", "products=Python")
                        .decision())
                .isEqualTo(Decision.FAIL);
        assertThat(soon.judge("eol", "runtime", "within_days=30", "products=nodejs")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void whatTheDistributionShipsIsItsToMend() {
        var shipped = image().product(new ProductLifecycle(
                item(PackageType.DEB, "python3.8", "3.8.18-1"),
                "python",
                Kind.RUNTIME,
                "3.8.18",
                true,
                Optional.of(ending("python", "3.8", "2024-10-07"))));
        assertThat(shipped.judge("eol", "runtime").decision()).isEqualTo(Decision.PASS);
        assertThat(messages(shipped.judge("eol", "runtime", "distribution_packages=true")))
                .containsExactly("python 3.8 gets no more fixes since 2024-10-07: python3.8 3.8.18-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "framework"})
    void aReleaseOfAProductThatNobodyKnowsIsNotJudged(String trigger) {
        var verdict = image().product(new ProductLifecycle(
                        item(PackageType.GENERIC, "python", "9.9.1"),
                        "python",
                        trigger.equals("runtime") ? Kind.RUNTIME : Kind.FRAMEWORK,
                        "9.9.1",
                        false,
                        Optional.empty()))
                .judge("eol", trigger);
        assertThat(verdict.decision()).isEqualTo(Decision.DATA_MISSING);
        assertThat(reasons(verdict))
                .containsExactly("nobody knows when these end: python 9.9.1; the advisory database has no life cycle of"
                        + " them");
    }

    @Test
    void aFrameworkPastItsEnd() {
        var verdict = image().product(new ProductLifecycle(
                        item(PackageType.MAVEN, "org.springframework.boot:spring-boot", "2.7.18", "app/app.jar"),
                        "spring-boot",
                        Kind.FRAMEWORK,
                        "2.7.18",
                        false,
                        Optional.of(ending("spring-boot", "2.7", "2023-06-30"))))
                .judge("eol", "framework");
        assertThat(messages(verdict))
                .containsExactly(
                        "spring-boot 2.7 gets no more fixes since 2023-06-30: org.springframework.boot:spring-boot"
                                + " 2.7.18 at /app/app.jar");
    }
}
