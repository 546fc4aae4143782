package dev.plimsoll.policy.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.advisory.osv.OsvFolder;
import dev.plimsoll.inventory.FileEntry;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.matching.Matcher;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Collected;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.evaluation.EvaluationOptions;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.evaluation.PolicyEvaluator;
import dev.plimsoll.policy.path.Step.Kind;
import dev.plimsoll.policy.waiver.Waivers;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way to a pass, found with real matching against advisories of the test's own.
class PathFinderTest {

    private static final String[] FIXABLE = {
        "package_type=all", "severity_comparison=>=", "severity=high", "fix_available=true"
    };

    @TempDir
    private Path advisories;

    private int record;

    @BeforeEach
    void thereIsData() throws IOException {
        vulnerable("something-else", "0", "1.0.0");
    }

    /// A high vulnerability of an npm package in `from` (inclusive) up to `to` (exclusive, its fix).
    private void vulnerable(String name, String from, String to) throws IOException {
        record++;
        Files.writeString(advisories.resolve("GHSA-" + record + ".json"), """
                {"schema_version": "1.6.0", "id": "GHSA-%s", "modified": "2026-01-01T00:00:00Z",
                 "published": "2026-01-01T00:00:00Z", "database_specific": {"severity": "HIGH"},
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                   "ranges": [{"type": "SEMVER", "events": [{"introduced": "%s"}%s]}]}]}
                """.formatted(
                        "aaaa-bbbb-ccc" + record, name, from, to.isEmpty() ? "" : ", {\"fixed\": \"" + to + "\"}"));
    }

    private PathToPass find(Fixture image, BundleText text) {
        var source = OsvFolder.read(advisories);
        var bare = image.evidence();
        var evidence = new Evidence(
                bare.inventory(),
                Matcher.match(bare.inventory(), source, MatchOptions.DEFAULT),
                bare.name(),
                bare.at());
        var bundle = text.bundle(false);
        var verdict = PolicyEvaluator.evaluate(bundle, evidence, EvaluationOptions.DEFAULT);
        return PathFinder.find(
                verdict,
                evidence,
                Action.STOP,
                (changed, excused) -> PolicyEvaluator.evaluateExcusing(
                        List.of(bundle), Waivers.NONE, changed, EvaluationOptions.DEFAULT, excused),
                changed -> Matcher.match(changed, source, MatchOptions.DEFAULT));
    }

    private static Fixture npm(String name, String version) {
        return Fixture.image().installed(PackageType.NPM, name, version, "app/" + name + "/package.json");
    }

    @Test
    void whatPassesNeedsNothing() {
        assertThat(find(Fixture.image(), BundleText.of().rule("STOP", "vulnerabilities", "package", FIXABLE)))
                .isEqualTo(PathToPass.none());
    }

    @Test
    void anUpgradeIsProvedByJudgingAgain() throws IOException {
        vulnerable("lodash", "0", "4.17.21");

        var path = find(npm("lodash", "4.17.15"), BundleText.of().rule("STOP", "vulnerabilities", "package", FIXABLE));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps()).singleElement().satisfies(step -> {
            assertThat(step.kind()).isEqualTo(Kind.UPGRADE);
            assertThat(step.instruction()).startsWith("Upgrade lodash 4.17.15 to 4.17.21");
            assertThat(step.clears()).isOne();
            assertThat(step.tried()).isTrue();
        });
    }

    /// 2.0.0 fixes what 1.0.0 has, and has a trouble of its own that 2.1.0 fixes; that one does not hit 1.0.0.
    @Test
    void anUpgradeThatBringsNewTroubleIsRaisedFurther() throws IOException {
        vulnerable("foo", "0", "2.0.0");
        vulnerable("foo", "2.0.0", "2.1.0");

        var path = find(npm("foo", "1.0.0"), BundleText.of().rule("STOP", "vulnerabilities", "package", FIXABLE));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps())
                .extracting(Step::instruction)
                .containsExactly("Upgrade foo 1.0.0 to 2.1.0 (app/foo/package.json)");
    }

    @Test
    void whatNoVersionClearsIsLeftToAWaiver() throws IOException {
        vulnerable("foo", "0", "2.0.0");
        vulnerable("foo", "0", "");

        var path = find(
                npm("foo", "1.0.0"), BundleText.of().rule("STOP", "vulnerabilities", "package", "package_type=all"));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps()).extracting(Step::kind).containsExactly(Kind.UPGRADE, Kind.WAIVE);
    }

    /// The upgrade leaves a finding that fails by another rule, for which there is no fix in any version.
    @Test
    void newTroubleWithoutAFixIsNamedToo() throws IOException {
        vulnerable("foo", "0", "2.0.0");
        vulnerable("foo", "2.0.0", "");

        var path = find(
                npm("foo", "1.0.0"), BundleText.of().rule("STOP", "vulnerabilities", "package", "package_type=all"));

        assertThat(path.steps()).extracting(Step::kind).containsExactly(Kind.UPGRADE, Kind.WAIVE);
        assertThat(path.steps().getLast().about()).hasSize(1);
        assertThat(path.isProved()).isTrue();
    }

    @Test
    void aPackageThatIsDeniedNeedsNoUpgrade() throws IOException {
        vulnerable("foo", "0", "2.0.0");

        var path = find(
                npm("foo", "1.0.0"),
                BundleText.of()
                        .rule("STOP", "vulnerabilities", "package", FIXABLE)
                        .rule("STOP", "packages", "denylist", "name=foo"));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps()).extracting(Step::instruction).containsExactly("Remove foo");
    }

    @Test
    void configurationAndFilesAreTried() {
        var image = Fixture.image()
                .exposing("22/tcp", "80/tcp")
                .user("root")
                .file("usr/bin/su", FileEntry.Kind.FILE, 0104755, "")
                .file("etc/key.pem", FileEntry.Kind.FILE, 0100600, "");

        var path = find(
                image,
                BundleText.of()
                        .rule("STOP", "dockerfile", "effective_user", "users=root", "type=denylist")
                        .rule("STOP", "dockerfile", "exposed_ports", "ports=22", "type=denylist")
                        .rule("STOP", "dockerfile", "instruction", "instruction=HEALTHCHECK", "check=not_exists")
                        .rule("STOP", "files", "suid_or_guid_set")
                        .rule("STOP", "files", "name_match", "regex=.*\\.pem"));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps()).hasSize(5).allMatch(Step::tried);
    }

    @Test
    void aDockerfileThatWasGivenIsEdited() {
        var path = find(
                Fixture.image()
                        .dockerfile("FROM debian\nEXPOSE 22 80\nADD a \\\n  b\nUSER root\nCMD [\"a\"]\n")
                        .user("root")
                        .exposing("22/tcp", "80/tcp"),
                BundleText.of()
                        .rule("STOP", "dockerfile", "effective_user", "users=root", "type=denylist")
                        .rule("STOP", "dockerfile", "exposed_ports", "ports=22", "type=denylist")
                        .rule("STOP", "dockerfile", "instruction", "instruction=ADD", "check=exists"));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps()).hasSize(3).allMatch(Step::tried);
    }

    @Test
    void rulesThatAskTheSameAreOneStep() {
        var path = find(
                Fixture.image().user("root"),
                BundleText.of()
                        .rule("STOP", "dockerfile", "effective_user", "users=root", "type=denylist")
                        .rule("STOP", "dockerfile", "effective_user", "users=0", "type=blacklist"));

        assertThat(path.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.clears()).isEqualTo(2));
    }

    @Test
    void whatOnlyPeopleCanDoCountsAsDone() {
        var path = find(Fixture.image(), BundleText.of().rule("STOP", "always", "always"));

        assertThat(path.isProved()).isTrue();
        assertThat(path.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.tried()).isFalse());
    }

    @Test
    void aRuleThatCannotBeJudgedKeepsItFromPassing() {
        var path = find(
                Fixture.image().withoutFiles(),
                BundleText.of().rule("STOP", "files", "name_match", "regex=x").rule("STOP", "always", "always"));

        assertThat(path.after()).isEqualTo(Optional.of(Decision.UNKNOWN));
        assertThat(path.isProved()).isFalse();
        assertThat(path.remains()).contains("cannot be judged");
    }

    @Test
    void aDeniedImageHasNoSteps() {
        var path = find(
                Fixture.image().named("evil.example/x:1"), BundleText.of().denying("evil.example", "*", "tag", "*"));

        assertThat(path.steps()).isEqualTo(List.of());
        assertThat(path.remains()).isNotEmpty();
    }

    @Test
    void whatTheConfigurationLacksIsTriedByChangingIt() {
        var image = Fixture.image()
                .exposing("80/tcp")
                .environment("DB_PASSWORD=guess")
                .with(Collected.nothing().secrets());
        var rules = BundleText.of()
                .rule("STOP", "image_config", "user")
                .rule("STOP", "image_config", "privileged_ports")
                .rule("STOP", "image_config", "secret_in_env")
                .rule("STOP", "image_config", "healthcheck")
                .rule("STOP", "image_config", "required_label", "name=owner");

        var path = find(image, rules);
        assertThat(path.steps())
                .hasSize(5)
                .allSatisfy(
                        step -> assertThat(step.tried()).as(step.instruction()).isTrue());
        assertThat(path.isProved()).as(path.remains()).isTrue();
    }
}
