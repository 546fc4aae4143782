package dev.plimsoll.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReaderFuzzTest {

    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 50, 1 << 16, 10_000, true);

    @MethodSource("seeds")
    @FuzzTest
    void anyTextIsAValueOrARefusalOfOneLine(byte[] text) {
        try {
            JsonReader.read(text, LIMITS);
        } catch (JsonException e) {
            assertThat(e).message().isNotEmpty().doesNotContain("\n");
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void anyTextIsAnObjectOrARefusalOfOneLine(byte[] text) throws IOException {
        try {
            JsonReader.readObject(new ByteArrayInputStream(text), LIMITS, Set.of("a"), Map.of("b", (_, _) -> {}), 1000);
        } catch (JsonException e) {
            assertThat(e).message().isNotEmpty().doesNotContain("\n");
        }
    }

    /// A text with everything in it, whole and cut everywhere, and some that cannot be.
    static Stream<byte[]> seeds() {
        var whole = "{\"a\":[1,-2.5e3,true,false,null,\"\\u00e9\\n\"],\"b\":[{},[]],\"c\":{\"d\":\"\ud83d\ude00\"}}";
        var bad = Stream.of(
                "",
                "{",
                "nul",
                "[1,]",
                "{\"a\":1,\"a\":2}",
                "\"\\ud800\"",
                "1e999999999",
                "[".repeat(1000),
                "\u0000",
                "9".repeat(2000));
        return Stream.concat(
                        bad,
                        Stream.iterate(0, at -> at <= whole.length(), at -> at + 1)
                                .map(at -> whole.substring(0, at)))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
