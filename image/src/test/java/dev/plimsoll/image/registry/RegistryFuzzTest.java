package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.ImageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in place of a reference or of a challenge: a value or a clear word.
class RegistryFuzzTest {

    @MethodSource("references")
    @FuzzTest
    void anyReferenceIsReadOrRefused(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            var reference = Reference.parse(text);
            assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
            assertThat(Endpoint.of("https", reference.registry()).host()).isNotEmpty();
        } catch (ImageException e) {
            assertThat(e).hasMessageContaining("is no image reference");
        }
    }

    @MethodSource("challenges")
    @FuzzTest
    void anyChallengeIsReadOrPassedOver(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        for (var challenge : Challenge.parse(List.of(text))) {
            assertThat(challenge.scheme()).isNotEmpty();
        }
    }

    static Stream<byte[]> references() {
        return cutAndChanged(
                "debian",
                "registry.example:5000/a/b-c__d:1.2@sha256:" + "0f".repeat(32),
                "[::1]:5000/a",
                "[1:2/a",
                "1.2.3.4.5:1/a",
                "a.:1/b",
                "localhost/" + "a/".repeat(130) + "b");
    }

    static Stream<byte[]> challenges() {
        return cutAndChanged(
                "Bearer realm=\"https://auth.example/token\",service=\"registry.example\",scope=\"repository:a/b:pull\"",
                "Basic realm=\"a \\\" b\", Bearer realm=x , service = y",
                ",,,=\"\"\\");
    }

    private static Stream<byte[]> cutAndChanged(String... texts) {
        return Stream.of(texts).flatMap(text -> {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            return Stream.iterate(0, at -> at < bytes.length, at -> at + 1).flatMap(at -> {
                var cut = java.util.Arrays.copyOf(bytes, at);
                var changed = bytes.clone();
                changed[at] ^= (byte) (1 << (at % 8));
                return Stream.of(cut, changed);
            });
        });
    }
}
