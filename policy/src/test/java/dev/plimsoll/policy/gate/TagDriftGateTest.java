package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.ImageName;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.policy.background.FormerResult.FormerImage;
import dev.plimsoll.policy.background.FormerResult.FormerPackage;
import dev.plimsoll.purl.PackageType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TagDriftGateTest {

    private static final String NAME = "registry.example/shop/web:1.4";

    private static FormerResult former(String name, String... packages) {
        return new FormerResult(
                "1.3",
                new FormerImage(
                        name,
                        name.isEmpty() ? Optional.empty() : Optional.of(ImageName.parse(name)),
                        Optional.empty(),
                        Optional.empty()),
                Fixture.NOW,
                Optional.of(Arrays.stream(packages)
                        .map(text -> text.split(" ", -1))
                        .map(parts -> new FormerPackage("", parts[0], parts[1], parts[2]))
                        .toList()),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// Now with curl 2, lodash in two versions, and openssl 3 as before.
    private static Fixture now() {
        return image().named(NAME)
                .installed(PackageType.DEB, "curl", "2")
                .installed(PackageType.DEB, "openssl", "3")
                .installed(PackageType.NPM, "lodash", "4.17.20")
                .installed(PackageType.NPM, "lodash", "4.17.21");
    }

    private static List<String> fired(Fixture image, String trigger, String... parameters) {
        return image.judge("tag_drift", trigger, parameters).results().stream()
                .map(RuleResult::message)
                .toList();
    }

    @Test
    void tellsWhatWasAddedRemovedAndModified() {
        var image = now().after(former(NAME, "deb curl 1", "deb openssl 3", "apk curl 1", "novel thing 7"));

        assertThat(fired(image, "packages_added"))
                .containsExactly("lodash 4.17.20, 4.17.21 (npm) was not in the image before");
        assertThat(fired(image, "packages_removed"))
                .containsExactly(
                        "curl 1 (apk) was in the image before and is gone",
                        "thing 7 (novel) was in the image before and is gone");
        assertThat(fired(image, "packages_modified")).containsExactly("curl (deb) is 2 and was 1");
    }

    @Test
    void countsOneMoreVersionAsModified() {
        assertThat(fired(now().after(former(NAME, "npm lodash 4.17.21")), "packages_modified"))
                .containsExactly("lodash (npm) is 4.17.20, 4.17.21 and was 4.17.21");
    }

    @Test
    void hasIdsThatOutliveVersions() {
        var result = now().after(former(NAME, "deb curl 1"))
                .judge("tag_drift", "packages_modified")
                .results()
                .getFirst();

        assertThat(result.stableId()).isEqualTo("tag_drift:packages_modified:deb/curl");
        assertThat(result.triggerId()).isEqualTo("deb/curl");
        assertThat(result.remedy().verb()).isEqualTo("Look into why curl changed, and allowlist what was meant");
        assertThat(now().after(former(NAME))
                        .judge("tag_drift", "packages_added")
                        .results())
                .extracting(found -> found.remedy().verb())
                .contains("Look into why openssl was added, and allowlist what was meant");
        assertThat(now().after(former(NAME, "apk x 1"))
                        .judge("tag_drift", "packages_removed")
                        .results())
                .extracting(found -> found.remedy().verb())
                .containsExactly("Look into why x is gone, and allowlist what was meant");
    }

    @ParameterizedTest
    @CsvSource({"all, 3", "os, 2", "non-os, 1", "npm, 1", "NPM, 1", "deb, 2", "dpkg, 2", "apk, 0"})
    void asksForTypesOfPackages(String type, int added) {
        assertThat(fired(now().after(former(NAME)), "packages_added", "package_type=" + type))
                .hasSize(added);
    }

    @ParameterizedTest
    @ValueSource(strings = {"packages_added", "packages_removed", "packages_modified"})
    void cannotJudgeWithoutTheImageBefore(String trigger) {
        assertThat(reason(now(), trigger))
                .isEqualTo("what the tag had before is not known: give the result of the run before with --previous");
        assertThat(reason(now().after(former("registry.example/shop/web:1.3", "deb curl 1")), trigger))
                .isEqualTo(
                        "the former result (--previous) is of registry.example/shop/web:1.3, not of the tag " + NAME);
        assertThat(reason(now().after(former("", "deb curl 1")), trigger))
                .isEqualTo("the former result (--previous) is of an image without a name (), not of the tag " + NAME);
        assertThat(reason(now().named("*").after(former(NAME)), trigger))
                .isEqualTo("the image has no tag, so nobody can say what it had before: --as gives it one");
        assertThat(reason(now().named("a/b@sha256:1").after(former(NAME)), trigger))
                .contains("the image has no tag");
        var told = former(NAME);
        var old = new FormerResult(
                "1.2",
                told.image(),
                told.evaluatedAt(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        assertThat(reason(now().after(old), trigger))
                .isEqualTo(
                        "the former result (--previous) is of form 1.2, which does not list the packages: write it anew");
    }

    /// What a database that was not read holds may have been added, or may not be gone.
    @Test
    void cannotJudgeWhatWasNotRead() {
        var image = now().unread("var/lib/rpm/Packages", "", "it is not read")
                .after(former(NAME, "deb curl 2", "deb openssl 3"));

        assertThat(image.judge("tag_drift", "packages_removed").decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(image.judge("tag_drift", "packages_removed", "package_type=npm")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    private static String reason(Fixture image, String trigger) {
        Verdict verdict = image.judge("tag_drift", trigger);
        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        return verdict.unjudged().getFirst().reason();
    }
}
