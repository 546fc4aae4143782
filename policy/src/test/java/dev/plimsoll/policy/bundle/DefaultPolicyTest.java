package dev.plimsoll.policy.bundle;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.matching.EcosystemCoverage.State;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The bundle that judges where none is named, and those that are made from it. Keeps `docs/default-policy.md`; to write
/// that anew: run this test with `-Dplimsoll.write.reference=true` among surefire's JVM arguments
/// (`-Dplimsoll.test.jvm=-Dplimsoll.write.reference=true`).
final class DefaultPolicyTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "default-policy.md");

    private static Fixture subject() {
        return image().dockerfile("FROM debian\nUSER app\n").covering("debian:12", PackageType.DEB, State.COVERED);
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
        assertThat(results(subject().hit(finding("CVE-1", Severity.LOW).exploited()).judge(bundle)))
                .containsExactly("stop known-exploited");
        assertThat(results(subject().hit(finding("CVE-1", Severity.CRITICAL).fixedIn("2"))
                        .judge(bundle)))
                .containsExactly("stop critical-with-fix");
        assertThat(results(subject().hit(finding("CVE-1", Severity.HIGH).fixedIn("2"))
                        .judge(bundle)))
                .containsExactly("warn high-with-fix");
        assertThat(results(subject().hit(finding("CVE-1", Severity.CRITICAL)).judge(bundle)))
                .as("nobody can mend it yet")
                .isEmpty();
        assertThat(results(subject().builtAt("2026-05-20T00:00:00Z").judge(bundle))).containsExactly("warn data-age");
        assertThat(results(subject().dockerfile("FROM debian\n").judge(bundle))).containsExactly("warn runs-as-root");
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
        assertThat(bundle.mappings().getFirst().images().repository().toString()).isEqualTo("shop/*");
        assertThat(yaml).contains("# No critical vulnerability that has a fix").doesNotContain("description:");
        var high = subject().named("registry.example/shop/web:1")
                .hit(finding("CVE-1", Severity.HIGH).fixedIn("2"))
                .judge(bundle);
        assertThat(high.decision()).isEqualTo(strictness == Strictness.DEFAULT ? Decision.PASS : Decision.FAIL);
        assertThat(bundle.ruleSets().getFirst().rules()).hasSize(strictness == Strictness.STRICT ? 8 : 5);
        assertThat(yaml.lines().filter(line -> line.startsWith(" ") && line.contains("#")))
                .hasSizeGreaterThanOrEqualTo(5);
    }
}
