package dev.plimsoll.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoSymbolsTest {

    private static final Set<String> LINUX = Set.of("linux/amd64");

    @Test
    void holdsWhatWasPutIn() {
        var symbols = GoSymbols.of(LINUX, List.of("http2.Server.Serve", ".Parse"));

        assertThat(symbols.mayHold("http2", "Server.Serve")).isTrue();
        assertThat(symbols.mayHold("", "Parse")).isTrue();
        assertThat(symbols.mayHold("http2", "Parse")).isFalse();
        assertThat(symbols.mayHold("", "Server.Serve")).isFalse();
        assertThat(symbols.size()).isEqualTo(2);
    }

    /// As the definition says it, computed by other means.
    @Test
    void theTextIsTheOneOfItsDefinition() {
        var hash = GoSymbols.hash(".Parse".getBytes(java.nio.charset.StandardCharsets.UTF_8), 6);
        assertThat(hash).isEqualTo(crc32c(".Parse") & 0xffffff);
        assertThat(GoSymbols.of(LINUX, List.of()).text()).isEqualTo("1 linux/amd64 0 ");
        assertThat(GoSymbols.of(Set.of(), List.of()).text()).isEqualTo("1 - 0 ");
        // Rice's code of 5 with 23 lower bits: 0 and 23 bits, the highest first
        assertThat(GoSymbols.parse("1 - 1 AAAF").orElseThrow().text()).isEqualTo("1 - 1 AAAF");
    }

    /// Bit by bit, of the polynomial 0x1EDC6F41 reflected.
    private static int crc32c(String text) {
        var sum = -1;
        for (var b : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            sum ^= b & 0xff;
            for (int i = 0; i < 8; i++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ 0x82f63b78;
            }
        }
        return ~sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 1000, 20_000, 300_000})
    void whatIsWrittenIsRead(int count) {
        var random = new Random(count);
        var hashes = random.ints(count, 0, 1 << 24).toArray();
        var symbols = GoSymbols.of(Set.of("linux/amd64", "darwin/arm64"), hashes);
        var read = GoSymbols.parse(symbols.text()).orElseThrow();

        assertThat(read.text()).isEqualTo(symbols.text()).startsWith("1 darwin/arm64,linux/amd64 ");
        assertThat(read.platforms()).containsExactlyInAnyOrder("linux/amd64", "darwin/arm64");
        assertThat(read.size()).isEqualTo(symbols.size());
    }

    @Test
    void theFirstAndTheLastHashAreRead() {
        var symbols = GoSymbols.of(LINUX, new int[] {0xffffff, 0});
        assertThat(GoSymbols.parse(symbols.text()).orElseThrow().text()).isEqualTo(symbols.text());
    }

    @Test
    void anythingElseIsNotRead() {
        for (var text : List.of(
                "",
                "1",
                "1 - 0",
                "2 - 0 ",
                "1 - 0  x",
                "1 - x AAAF",
                "1 - -1 AAAF",
                "1 - 2 AAAF",
                "1 - 1 A",
                "1 - 1 ÄÄÄÄ",
                "1 - 1 ////////",
                "1 - 1 gAAA",
                "1 - 2147483647 AAAF")) {
            assertThat(GoSymbols.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void togetherTheyHoldWhatEitherHolds() {
        var both = GoSymbols.of(LINUX, List.of(".A", ".B"))
                .with(GoSymbols.of(Set.of("windows/amd64"), List.of(".B", ".C")));

        assertThat(both.size()).isEqualTo(3);
        assertThat(both.mayHold("", "A") && both.mayHold("", "C")).isTrue();
        assertThat(both.platforms()).containsExactlyInAnyOrder("linux/amd64", "windows/amd64");
        assertThat(both.with(GoSymbols.of(Set.of(), List.of())).platforms()).isEmpty();
    }
}
