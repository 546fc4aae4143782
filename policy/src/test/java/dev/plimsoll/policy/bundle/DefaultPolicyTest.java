package dev.plimsoll.policy.bundle;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Lifecycle;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.EcosystemCoverage.State;
import dev.plimsoll.policy.Collected;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.bundle.BundleDraft.Strictness;
import dev.plimsoll.policy.bundle.BundleDraft.Wishes;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The bundle that judges where none is named, and those that are made from it. Keeps `docs/default-policy.md`; to
/// write
/// that anew: run this test with `-Dplimsoll.write.reference=true` among surefire's JVM arguments
/// (`-Dplimsoll.test.jvm=-Dplimsoll.write.reference=true`).
final class DefaultPolicyTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "default-policy.md");

    private static Fixture subject() {
        return image().user("app").covering("debian:12", PackageType.DEB, State.COVERED);
    }

    private static List<String> results(Verdict verdict) {
        return verdict.results().stream()
                .map(result -> result.action().word() + " " + result.ruleId())
                .toList();
    }

    @Test
    void itsPageIsWhatItSays() throws IOException {
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            Files.writeString(PAGE, DefaultBundle.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew: see the comment above")
                .isEqualTo(DefaultBundle.markdown());
    }

    @Test
    void saysOfEachRuleWhyItIsThere() {
        assertThat(BundleReader.read(DefaultBundle.tree(), false).problems()).isEmpty();
        assertThat(DefaultBundle.bundle().ruleSets().getFirst().rules()).allSatisfy(rule -> {
            assertThat(rule.description()).as(rule.id()).endsWith(".");
            assertThat(rule.recommendation()).as(rule.id()).endsWith(".");
        });
    }

    @Test
    void whatItDemands() {
        var bundle = DefaultBundle.bundle();

        assertThat(subject().judge(bundle).decision()).isEqualTo(Decision.PASS);
        assertThat(results(subject().judge(bundle))).isEmpty();
        assertThat(results(subject()
                        .hit(finding("CVE-1", Severity.LOW).exploited())
                        .judge(bundle)))
                .containsExactly("stop known-exploited");
        assertThat(results(subject()
                        .hit(finding("CVE-1", Severity.CRITICAL).fixedIn("2"))
                        .judge(bundle)))
                .containsExactly("stop critical-with-fix");
        assertThat(results(subject()
                        .hit(finding("CVE-1", Severity.HIGH).fixedIn("2"))
                        .judge(bundle)))
                .containsExactly("warn high-with-fix");
        assertThat(results(subject().hit(finding("CVE-1", Severity.CRITICAL)).judge(bundle)))
                .as("nobody can mend it yet")
                .isEmpty();
        assertThat(results(subject().builtAt("2026-05-20T00:00:00Z").judge(bundle)))
                .containsExactly("warn data-age");
        assertThat(results(subject().user("0:0").judge(bundle))).containsExactly("warn runs-as-root");
    }

    @Test
    void secretsStopButForThoseThatPackagesPublish() {
        var secrets = Collected.nothing()
                .secrets(
                        Collected.secret("private-key-rsa", "etc/ssl/key.pem", 1, "aa"),
                        Collected.secret("private-key-rsa", "app/node_modules/x/test/key.pem", 1, "bb"),
                        Collected.secret("private-key-rsa", "usr/lib/python3/dist-packages/x/key.pem", 1, "cc"),
                        Collected.secret("npm-token", "config:env", 3, "dd"));

        assertThat(subject().with(secrets).judge(DefaultBundle.bundle()).results())
                .extracting(result -> result.action().word() + " "
                        + result.places().stream()
                                .map(place -> place.path())
                                .findFirst()
                                .orElse("configuration"))
                .containsExactly(
                        "stop configuration",
                        "stop etc/ssl/key.pem",
                        "go app/node_modules/x/test/key.pem",
                        "go usr/lib/python3/dist-packages/x/key.pem");
    }

    @Test
    void endsOfLife() {
        var bundle = DefaultBundle.bundle();
        var over = Optional.of(LocalDate.parse("2026-01-01"));
        var ahead = Optional.of(LocalDate.parse("2028-01-01"));

        assertThat(results(subject()
                        .living(new Lifecycle("debian", "12", ahead, false))
                        .judge(bundle)))
                .isEmpty();
        assertThat(results(subject()
                        .living(new Lifecycle(
                                "debian", "12", over, false, Optional.of(new Lifecycle.Extension(ahead, false))))
                        .judge(bundle)))
                .containsExactly("warn end-of-regular-support");
        assertThat(results(subject()
                        .living(new Lifecycle("debian", "12", over, false))
                        .judge(bundle)))
                .containsExactly("stop end-of-life", "warn end-of-regular-support");
    }

    @Test
    void withoutDataThereIsNoVerdict() {
        var verdict = image().dockerfile("FROM debian\nUSER app\n")
                .installed(PackageType.DEB, "curl", "1", "var/lib/dpkg/status")
                .covering("debian:12", PackageType.DEB, State.DATA_MISSING)
                .judge(DefaultBundle.bundle());

        assertThat(verdict.decision()).isEqualTo(Decision.DATA_MISSING);
    }

    @ParameterizedTest
    @EnumSource
    void aDraftIsABundleWithoutProblems(Strictness strictness) {
        var yaml = BundleDraft.yaml(new Wishes("mine", "registry.example", "shop/*", strictness));
        var reading = BundleReader.read("policy.yaml", yaml.getBytes(StandardCharsets.UTF_8));

        assertThat(reading.problems()).isEmpty();
        var bundle = reading.bundle().orElseThrow();
        assertThat(bundle.id()).isEqualTo("mine");
        assertThat(bundle.mappings().getFirst().images().repository().toString())
                .isEqualTo("shop/*");
        assertThat(yaml).contains("# No critical vulnerability that has a fix");
        var high = subject()
                .named("registry.example/shop/web:1")
                .hit(finding("CVE-1", Severity.HIGH).fixedIn("2"))
                .judge(bundle);
        assertThat(high.decision()).isEqualTo(strictness == Strictness.DEFAULT ? Decision.PASS : Decision.FAIL);
        assertThat(bundle.ruleSets().getFirst().rules()).hasSize(strictness == Strictness.STRICT ? 12 : 9);
        assertThat(yaml.lines().filter(line -> line.startsWith(" ") && line.contains("#")))
                .hasSizeGreaterThanOrEqualTo(9);
    }
}
