package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.base.KnownImage;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.background.Background;
import dev.plimsoll.policy.background.Background.InputFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Of an image with the layers 1, 2 and 3.
final class AncestryGateTest {

    private static final String D = digest('d');
    private static final String E = digest('e');
    private static final KnownImage DEBIAN = known("docker.io/library/debian:12", D, "1");
    private static final KnownImage PYTHON = known("registry.example/base/python:3.12", E, "12");
    private static final KnownImage ALPINE = known("docker.io/library/alpine:3", digest('f'), "9");

    private static String digest(char digit) {
        return "sha256:" + String.valueOf(digit).repeat(64);
    }

    private static KnownImage known(String name, String digest, String layers) {
        return new KnownImage(
                name,
                Digest.parse(digest),
                layers.chars()
                        .mapToObj(digit ->
                                Digest.sha256(String.valueOf((char) digit).repeat(64)))
                        .toList());
    }

    private static Fixture layered() {
        return image().layerOf('1').layerOf('2').layerOf('3');
    }

    private static Verdict judge(Fixture image, List<KnownImage> known, String trigger, String... parameters) {
        return image.with(Background.none().withKnownImages(known, new InputFile("ancestors", D)))
                .judge("ancestry", trigger, parameters);
    }

    private static Verdict judge(List<KnownImage> known, String trigger, String... parameters) {
        return judge(layered(), known, trigger, parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/base/python:3.12, PASS",
        "registry.example/base/*, PASS",
        "*:3.12, PASS",
        "docker.io/library/debian:12, FAIL",
        "'alpine:3, registry.example/base/python:3.12', PASS",
        "'alpine:3, debian:12', FAIL",
    })
    void allowsTheBaseOnly(String names, Decision decision) {
        assertThat(judge(List.of(DEBIAN, PYTHON, ALPINE), "allowed_base_image_tag", "base_tag=" + names)
                        .decision())
                .isEqualTo(decision);
    }

    @Test
    void saysOnWhatItIsBuilt() {
        assertThat(judge(List.of(DEBIAN, PYTHON), "allowed_base_image_tag", "base_tag=debian:12")
                        .results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message())
                            .isEqualTo("It is built on registry.example/base/python:3.12 (" + E
                                    + "), which is none of the allowed debian:12");
                    assertThat(result.stableId())
                            .isEqualTo("ancestry:allowed_base_image_tag:registry.example/base/python:3.12");
                    assertThat(result.triggerId()).isEqualTo("registry.example/base/python:3.12");
                    assertThat(result.remedy().verb()).isEqualTo("Build the image on debian:12");
                });
        assertThat(judge(List.of(ALPINE), "allowed_base_image_tag", "base_tag=alpine:3")
                        .results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message())
                            .isEqualTo(
                                    "None of the 1 known images is beneath it, so its base is none of the allowed alpine:3");
                    assertThat(result.stableId()).isEqualTo("ancestry:allowed_base_image_tag:none");
                });
    }

    /// Docker Hub's official images go by several names.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian:12",
                "docker.io/debian:12",
                "library/debian:12",
                "docker.io/library/debian:12",
                "debian:*",
                "docker.io/debian:*",
                "regexp:.*debian:1[0-9]$"
            })
    void takesEveryFormOfAName(String name) {
        assertThat(judge(List.of(DEBIAN), "allowed_base_image_tag", "base_tag=" + name)
                        .decision())
                .isEqualTo(Decision.PASS);
        assertThat(judge(List.of(known("debian:12", D, "1")), "denylist_ancestor_image_tag", "ancestor_tag=" + name)
                        .decision())
                .isEqualTo(Decision.FAIL);
    }

    /// Two names of one image are one base: each is as good as the other.
    @Test
    void allowsABaseByAnyOfItsNames() {
        var bookworm = known("docker.io/library/debian:bookworm", D, "1");

        for (var name : List.of("debian:12", "debian:bookworm")) {
            assertThat(judge(List.of(DEBIAN, bookworm), "allowed_base_image_tag", "base_tag=" + name)
                            .decision())
                    .isEqualTo(Decision.PASS);
        }
    }

    @Test
    void allowsABaseByDigest() {
        var known = List.of(DEBIAN, PYTHON);

        assertThat(judge(known, "allowed_base_image_digest", "base_digest=" + E).decision())
                .isEqualTo(Decision.PASS);
        assertThat(judge(known, "allowed_base_image_digest", "base_digest=" + D).results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.stableId()).isEqualTo("ancestry:allowed_base_image_digest:" + E);
                    assertThat(result.message()).endsWith("which is none of the allowed " + D);
                });
    }

    @Test
    void cannotJudgeABaseWhoseDigestNobodyKnows() {
        var verdict = judge(
                List.of(DEBIAN, known("registry.example/base/python:3.12", "", "12")),
                "allowed_base_image_digest",
                "base_digest=" + D);

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged().getFirst().reason())
                .isEqualTo("the digest of registry.example/base/python:3.12, which it is built on, is not known"
                        + " (--ancestors)");
    }

    /// What the list names and nobody knows may be the base all the same.
    @Test
    void cannotJudgeByAnImageWhoseLayersNobodyKnows() {
        var verdict = judge(List.of(DEBIAN), "allowed_base_image_tag", "base_tag=debian:11,alpine:3");

        assertThat(verdict.decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(verdict.unjudged().getFirst().reason())
                .isEqualTo(
                        "the known images (--ancestors) do not tell the layers of debian:11, alpine:3, so nobody can say"
                                + " whether it is beneath");
        assertThat(judge(List.of(DEBIAN), "denylist_ancestor_image_digest", "ancestor_digest=" + E)
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
        assertThat(judge(List.of(DEBIAN), "denylist_ancestor_image_tag", "ancestor_tag=alpine:*")
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void deniesEveryAncestor() {
        var known = List.of(DEBIAN, PYTHON, ALPINE);

        assertThat(judge(known, "denylist_ancestor_image_tag", "ancestor_tag=debian:12,alpine:3")
                        .results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message())
                            .isEqualTo("It is built on docker.io/library/debian:12 (" + D
                                    + "), which must not be beneath it");
                    assertThat(result.stableId())
                            .isEqualTo("ancestry:denylist_ancestor_image_tag:docker.io/library/debian:12");
                    assertThat(result.triggerId()).isEqualTo("docker.io/library/debian:12");
                    assertThat(result.remedy().verb())
                            .isEqualTo("Build the image on another than docker.io/library/debian:12");
                });
        assertThat(judge(known, "denylist_ancestor_image_digest", "ancestor_digest=" + D + "," + E)
                        .results())
                .extracting(RuleResult::stableId)
                .containsExactly(
                        "ancestry:denylist_ancestor_image_digest:" + D, "ancestry:denylist_ancestor_image_digest:" + E);
        assertThat(judge(known, "denylist_ancestor_image_tag", "ancestor_tag=alpine:3")
                        .decision())
                .isEqualTo(Decision.PASS);
    }

    @Test
    void firesWhereNothingKnownIsBeneath() {
        assertThat(judge(List.of(DEBIAN), "no_ancestors_analyzed").decision()).isEqualTo(Decision.PASS);
        assertThat(judge(List.of(ALPINE), "no_ancestors_analyzed").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message()).isEqualTo("None of the 1 known images is beneath it");
                    assertThat(result.triggerId()).isEqualTo("no_ancestors_analyzed");
                    assertThat(result.remedy().verb()).contains("--ancestors");
                });
        assertThat(judge(List.of(known("a/b:1", D, "123")), "no_ancestors_analyzed")
                        .decision())
                .as("the image itself is no ancestor")
                .isEqualTo(Decision.FAIL);
        assertThat(judge(List.of(known("a/b:1", D, "2")), "no_ancestors_analyzed")
                        .decision())
                .as("a layer in the middle")
                .isEqualTo(Decision.FAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "allowed_base_image_digest, base_digest=sha256:1111111111111111111111111111111111111111111111111111111111111111",
        "allowed_base_image_tag, base_tag=debian:12",
        "denylist_ancestor_image_digest, ancestor_digest=sha256:1111111111111111111111111111111111111111111111111111111111111111",
        "denylist_ancestor_image_tag, ancestor_tag=debian:12",
        "no_ancestors_analyzed,",
    })
    void cannotJudgeWithoutKnownImagesOrLayers(String trigger, String parameter) {
        var parameters = parameter == null ? new String[0] : new String[] {parameter};

        assertThat(layered().judge("ancestry", trigger, parameters).unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly("the images that this one may be built on are not known: name them with --ancestors");
        assertThat(judge(image().toldByDocument(), List.of(DEBIAN), trigger, parameters)
                        .unjudged())
                .extracting(Verdict.Unjudged::reason)
                .containsExactly("the image's layers are not known: the document (SPDX 2.3 JSON) does not tell them");
        assertThat(judge(layered().layer(1), List.of(DEBIAN), trigger, parameters)
                        .decision())
                .as("a layer without a digest")
                .isEqualTo(Decision.UNKNOWN);
    }

    /// A label is whatever the author of the image writes.
    @Test
    void takesNoLabelsWord() {
        assertThat(judge(layered().onBase(1), List.of(ALPINE), "no_ancestors_analyzed")
                        .decision())
                .isEqualTo(Decision.FAIL);
    }
}
