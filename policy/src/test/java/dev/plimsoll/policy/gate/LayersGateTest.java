package dev.plimsoll.policy.gate;

import static dev.plimsoll.policy.Collected.nothing;
import static dev.plimsoll.policy.Collected.secret;
import static dev.plimsoll.policy.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.inventory.content.DeletedFile;
import dev.plimsoll.policy.BundleText;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.RuleResult;
import dev.plimsoll.policy.Verdict;
import dev.plimsoll.policy.Verdict.Decision;
import dev.plimsoll.policy.Verdict.Unjudged;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gates `layers` and `unknowns`.
final class LayersGateTest {

    private static Verdict deleted(String... parameters) {
        return image().with(nothing()
                        .deleted(
                                new DeletedFile("var/cache/big.bin", 1, 20 << 20),
                                new DeletedFile("root/key.pem", 0, 10)))
                .judge("layers", "deleted_file", parameters);
    }

    private static List<String> keys(Verdict verdict) {
        return verdict.results().stream()
                .map(RuleResult::stableId)
                .map(id -> id.substring(id.indexOf(':', id.indexOf(':') + 1) + 1))
                .toList();
    }

    @Test
    void secretsInDeletedFilesFire() {
        var results = image().with(nothing()
                        .secrets(
                                secret("npm-token", "a/.npmrc", 1, "aa", true),
                                secret("npm-token", "b/.npmrc", 1, "bb", false)))
                .judge("layers", "secret_in_deleted_file")
                .results();

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.triggerId()).isEqualTo("secret_in_deleted_file:npm-token:/a/.npmrc:aa0000000000");
            assertThat(result.otherIds()).containsExactly("layers:secret_in_deleted_file:npm-token:/a/.npmrc");
            assertThat(result.message()).contains("layer 1 still holds it");
            assertThat(result.remedy().instruction(List.of(result.remedy().subject())))
                    .startsWith("Keep /a/.npmrc out of the layer that brings it");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min_size=0 | /root/key.pem /var/cache/big.bin",
                "min_size=11 | /var/cache/big.bin",
                "min_size=20mb | /var/cache/big.bin",
                "paths=**/*.pem | /root/key.pem",
                "paths=/var/**,/root/* | /root/key.pem /var/cache/big.bin",
            })
    void deletedFilesFireByPathAndSize(String parameter, String keys) {
        assertThat(keys(deleted(parameter))).containsExactlyInAnyOrder(keys.split(" ", -1));
    }

    @Test
    void aDeletedFileSaysWhereItIs() {
        var result = deleted("min_size=1mb").results().getFirst();

        assertThat(result.message())
                .isEqualTo("Layer 2 brings /var/cache/big.bin (20971520 bytes), which a later layer deletes: the image"
                        + " still holds it");
        assertThat(result.remedy().instruction(List.of(result.remedy().subject())))
                .isEqualTo("Delete /var/cache/big.bin in the step that brings it, or keep it out of the image");
        assertThat(deleted("min_size=1gb").decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void whatNobodyLookedForIsUnknownAndARunLooksForIt() {
        assertThat(image().judge("layers", "deleted_file").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("which files later layers delete is not known: the image was looked into without"
                        + " --deleted-files");
        assertThat(image().judge("layers", "secret_in_deleted_file").unjudged())
                .extracting(Unjudged::reason)
                .containsExactly("nobody looked for secrets: the image was looked into without --secrets");
        var needs = BundleText.of()
                .rule("STOP", "layers", "deleted_file")
                .rule("STOP", "layers", "secret_in_deleted_file")
                .bundle(false)
                .needs();
        assertThat(needs.deletedFiles()).isTrue();
        assertThat(needs.secrets()).isTrue();
        assertThat(image().with(nothing().deleted())
                        .unread("", "deleted files", "over 20000 files are deleted by later layers")
                        .judge("layers", "deleted_file")
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "max_count, max_layers=2, PASS",
        "max_count, max_layers=1, FAIL",
        "max_layer_size, max_size=3kb, PASS",
        "max_layer_size, max_size=3071, FAIL",
        "max_total_size, max_size=4kb, PASS",
        "max_total_size, max_size=3kb, FAIL",
    })
    void layersAreCountedAndMeasured(String trigger, String parameter, Decision decision) {
        assertThat(image().layer(1024)
                        .layer(3072)
                        .judge("layers", trigger, parameter)
                        .decision())
                .isEqualTo(decision);
        assertThat(image().ofWhichNothingIsKnown()
                        .judge("layers", trigger, parameter)
                        .decision())
                .isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void saysWhichLayerIsTooLargeAndWhatToDo() {
        var image = image().layer(1024).layer(3072);

        assertThat(image.judge("layers", "max_layer_size", "max_size=2kb").results())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.message()).isEqualTo("Layer 2 has 3072 bytes unpacked, over 2048");
                    assertThat(result.remedy()
                                    .instruction(List.of(result.remedy().subject())))
                            .isEqualTo("Bring layer 2 down to 2048 bytes");
                    assertThat(result.triggerId()).isEqualTo("max_layer_size:sha256:" + "c".repeat(64));
                });
        assertThat(image.judge("layers", "max_count", "max_layers=1").results())
                .extracting(RuleResult::message, result -> result.remedy().verb())
                .containsExactly(tuple("The image has 2 layers, over 1", "Bring the image down to 1 layer"));
        assertThat(image.judge("layers", "max_total_size", "max_size=1kb").results())
                .extracting(RuleResult::message, result -> result.remedy().verb())
                .containsExactly(tuple(
                        "The image's layers have 4096 bytes unpacked, over 1024",
                        "Bring the image's layers down to 1024 bytes"));
    }

    private static Fixture unread() {
        return image().unread("usr/lib/a.jar", "entry 3", "over the limit of 10 bytes (--max)")
                .unread("srv/b", "", "is no zip")
                .unread("", "", "over 20000 secrets; the others are not listed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path=/usr/.* | /usr/lib/a.jar:entry 3:over the limit of 10 bytes (--max)",
                "reason=.*limit | /usr/lib/a.jar:entry 3:over the limit of 10 bytes (--max)",
                "reason=limit | ''",
                "path=/$ | /:over 20000 secrets; the others are not listed",
                "layer=2 | ''",
            })
    void whatCouldNotBeReadFires(String parameter, String key) {
        assertThat(String.join(" ", keys(unread().judge("unknowns", "unread", parameter))))
                .isEqualTo(key);
    }

    @Test
    void everyPlaceThatCouldNotBeReadFires() {
        assertThat(unread().judge("unknowns", "unread").results())
                .extracting(RuleResult::message)
                .containsExactlyInAnyOrder(
                        "/usr/lib/a.jar, entry 3 is not fully known: over the limit of 10 bytes (--max)",
                        "/srv/b is not fully known: is no zip",
                        "the document is not fully known: over 20000 secrets; the others are not listed");
        assertThat(keys(unread().judge("unknowns", "unread", "layer=1"))).hasSize(3);
        assertThat(image().judge("unknowns", "unread").decision()).isEqualTo(Decision.PASS);
    }

    @Test
    void aPlaceThatCouldNotBeReadSaysWhatToDo() {
        assertThat(unread().judge("unknowns", "unread", "path=/srv").results())
                .extracting(result ->
                        result.remedy().instruction(List.of(result.remedy().subject())))
                .containsExactly("Repair or remove /srv/b");
    }
}
