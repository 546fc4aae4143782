package dev.plimsoll.policy.evaluation;

import static dev.plimsoll.policy.Fixture.finding;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BaselineComparison.Gone;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Newness;
import dev.plimsoll.policy.Newness.Cause;
import dev.plimsoll.policy.Newness.State;
import dev.plimsoll.policy.Treatment.KnownBefore;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import dev.plimsoll.policy.background.Baseline;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerFinding;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.policy.background.FormerResult.FormerRuleResult;
import dev.plimsoll.purl.PackageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is new, what was known before and what is gone.
class BaselineTest {

    private static final Instant BEFORE = Instant.parse("2026-05-01T00:00:00Z");

    private final List<FormerPackage> packages = new ArrayList<>();
    private final List<FormerFinding> findings = new ArrayList<>();
    private final List<FormerRuleResult> results = new ArrayList<>();

    private static FormerPackage npm(String name, String version) {
        return new FormerPackage("pkg:npm/" + name + "@" + version, "npm", name, version);
    }

    private void had(String id, FormerPackage item) {
        findings.add(
                new FormerFinding(id, List.of(id, "GHSA-" + id), item, "high", List.of(), BEFORE, Optional.empty()));
    }

    private Verdict judge(Fixture image, String... extensions) {
        var former = new FormerResult(
                "1.3",
                new FormerImage("image", Optional.empty(), Optional.empty(), Optional.empty()),
                BEFORE,
                Optional.of(packages),
                Optional.of(findings),
                List.of(),
                Optional.of(results));
        return image.with(Background.none()
                        .withBaseline(new Baseline.Former(former), new InputFile("baseline", "sha256:0")))
                .judge(bundle(String.join("", extensions)));
    }

    private static dev.plimsoll.policy.bundle.Bundle bundle(String extension) {
        return Fixture.read("""
                {"id": "b", "name": "B", "version": "2", "plimsoll": {"new_only": true%s},
                 "rule_sets": [{"id": "s", "name": "S", "version": "2", "rules": [
                    {"id": "v", "gate": "vulnerabilities", "trigger": "package", "action": "STOP",
                     "params": [{"name": "package_type", "value": "all"}]},
                    {"id": "f", "gate": "files", "trigger": "suid_or_guid_set", "action": "STOP", "params": []}]}],
                 "mappings": [{"id": "m", "name": "M", "registry": "*", "repository": "*",
                    "image": {"type": "tag", "value": "*"}, "rule_set_ids": ["s"], "allowlist_ids": []}]}
                """.formatted(extension));
    }

    private static Fixture foo(String version) {
        return image().installed(PackageType.NPM, "foo", version, "foo/package.json")
                .hit(finding("CVE-1-1", Severity.HIGH).in(PackageType.NPM, "foo", version, "foo/package.json"));
    }

    @Test
    void whatTheBaselineHasWarnsOnly() {
        packages.add(npm("foo", "1.0.0"));
        had("CVE-1-1", npm("foo", "1.0.0"));

        var verdict = judge(foo("1.1.0"));

        assertThat(verdict.decision()).isEqualTo(Verdict.Decision.PASS);
        assertThat(verdict.results()).singleElement().satisfies(result -> {
            assertThat(result.action()).isEqualTo(Action.WARN);
            assertThat(result.treatments()).containsExactly(new KnownBefore(Cause.IN_BASELINE, Action.STOP));
            assertThat(result.newness()).isEqualTo(Optional.of(new Newness(State.EXISTING, Cause.IN_BASELINE)));
        });
        assertThat(verdict.baseline().orElseThrow().existing()).isOne();
    }

    @Test
    void anAliasIsTheSameVulnerability() {
        packages.add(npm("foo", "1.0.0"));
        had("GHSA-1", npm("foo", "1.0.0"));

        var image = image().installed(PackageType.NPM, "foo", "1.0.0", "p")
                .hit(finding("CVE-1-1", Severity.HIGH).alias("GHSA-1").in(PackageType.NPM, "foo", "1.0.0", "p"));

        assertThat(judge(image).decision()).isEqualTo(Verdict.Decision.PASS);
    }

    @Test
    void theBundleSaysWhatKnownThingsCountFor() {
        packages.add(npm("foo", "1.0.0"));
        had("CVE-1-1", npm("foo", "1.0.0"));

        assertThat(judge(foo("1.0.0"), ", \"existing_action\": \"go\"")
                        .results()
                        .getFirst()
                        .action())
                .isEqualTo(Action.GO);
    }

    @ParameterizedTest
    @CsvSource({
        "bar, 1.0.0, PACKAGE_ADDED",
        "foo, 1.0.0, PACKAGE_CHANGED",
        "foo, 1.1.0, ADVISORY_CHANGED",
    })
    void whatIsNewSaysWhy(String name, String version, Cause cause) {
        packages.add(npm(name, version));

        var verdict = judge(foo("1.1.0"));

        assertThat(verdict.decision()).isEqualTo(Verdict.Decision.FAIL);
        assertThat(verdict.baseline().orElseThrow().added())
                .singleElement()
                .satisfies(added -> assertThat(added.cause()).isEqualTo(cause));
        assertThat(verdict.results().getFirst().newness()).isEqualTo(Optional.of(new Newness(State.NEW, cause)));
    }

    @Test
    void whatIsGoneSaysWhy() {
        packages.addAll(List.of(npm("removed", "1"), npm("changed", "1"), npm("same", "1")));
        had("CVE-1-1", npm("removed", "1"));
        had("CVE-1-2", npm("changed", "1"));
        had("CVE-1-3", npm("same", "1"));

        var verdict = judge(
                image().installed(PackageType.NPM, "changed", "2", "a").installed(PackageType.NPM, "same", "1", "b"));

        assertThat(verdict.baseline().orElseThrow().gone())
                .containsExactly(
                        new Gone("CVE-1-1", "high", "pkg:npm/removed@1", Cause.PACKAGE_REMOVED),
                        new Gone("CVE-1-2", "high", "pkg:npm/changed@1", Cause.PACKAGE_CHANGED),
                        new Gone("CVE-1-3", "high", "pkg:npm/same@1", Cause.ADVISORY_CHANGED));
    }

    @Test
    void resultsAboutNoVulnerabilityAreKnownByTheirStableId() {
        results.add(new FormerRuleResult(
                "s",
                "f",
                "files",
                "suid_or_guid_set",
                "files:suid_or_guid_set:/usr/bin/old",
                "x",
                Action.STOP,
                Action.STOP,
                Optional.empty(),
                Optional.empty(),
                BEFORE));

        var verdict = judge(image().file("usr/bin/old", 0104755).file("usr/bin/new", 0104755));

        assertThat(verdict.results())
                .extracting(result -> result.stableId() + " " + result.action())
                .containsExactly(
                        "files:suid_or_guid_set:/usr/bin/new STOP", "files:suid_or_guid_set:/usr/bin/old WARN");
    }

    /// Nobody may pass because a baseline was forgotten.
    @Test
    void withoutABaselineEverythingCounts() {
        var verdict = foo("1.0.0").judge(bundle(""));

        assertThat(verdict.decision()).isEqualTo(Verdict.Decision.FAIL);
        assertThat(verdict.problems()).extracting(Verdict.Problem::type).containsExactly("no-baseline");
    }
}
