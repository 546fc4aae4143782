package dev.plimsoll.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class EntryPathFuzzTest {

    @MethodSource("names")
    @FuzzTest
    void anyNameBecomesAPathWithinTheImageOrIsRefused(byte[] name) {
        switch (EntryPath.of(name, 4096)) {
            case EntryPath.Normal(var path, var _) -> {
                assertThat(path).doesNotStartWith("/").doesNotEndWith("/").doesNotContain("\0");
                assertThat(path.isEmpty() ? List.of() : List.of(path.split("/", -1)))
                        .doesNotContain("", ".", "..");
            }
            case EntryPath.Refused(var shown, var reason) -> {
                assertThat(shown).hasSizeLessThan(1000);
                assertThat(reason).isNotEmpty();
            }
        }
    }

    static Stream<byte[]> names() {
        return Stream.of(
                        "",
                        "/",
                        ".",
                        "..",
                        "a/../..",
                        "../../a",
                        "/./a//b/",
                        "a/..",
                        "..a/b..",
                        "a\0b",
                        "\u00e9",
                        "...",
                        "a/./../b",
                        "x".repeat(5000))
                .flatMap(name ->
                        Stream.of(name.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_16)));
    }
}
