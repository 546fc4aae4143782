package dev.plimsoll.image.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class StoreFuzzTest {

    @MethodSource("splits")
    @FuzzTest
    void anyBytesGivePiecesOrAClearError(byte[] bytes) {
        var split = new TarSplit(new ByteArrayInputStream(bytes));
        try {
            for (var piece = split.next(); piece != null; piece = split.next()) {
                if (piece instanceof TarSplit.Piece.Content content) {
                    assertThat(content.size()).isNotNegative();
                }
            }
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("line ");
        }
    }

    /// The short way must mean the same as the long one.
    @MethodSource("splits")
    @FuzzTest
    void aPlainLineIsWhatTheJsonReaderReads(byte[] bytes) throws IOException {
        var line = new String(bytes, ISO_8859_1).lines().findFirst().orElse("").getBytes(ISO_8859_1);
        var plain = PlainLine.read(line, line.length, 0);
        // a space is nothing to JSON, and makes the line another form
        var spaced = new ByteArrayInputStream((" " + new String(line, ISO_8859_1) + "\n").getBytes(ISO_8859_1));
        if (plain != null) {
            assertThat(new TarSplit(spaced).next()).usingRecursiveComparison().isEqualTo(plain);
        }
    }

    @MethodSource("lists")
    @FuzzTest
    void anyBytesGiveElementsOrAClearError(byte[] bytes) throws IOException {
        try {
            StoreLists.images(StoreLists.elements(new ByteArrayInputStream(bytes)), Path.of("images.json"));
            StoreLists.layers(StoreLists.elements(new ByteArrayInputStream(bytes)), Path.of("layers.json"));
        } catch (JsonException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (ImageException e) {
            assertThat(e.getMessage()).contains(".json: ");
        }
    }

    @MethodSource("configurations")
    @FuzzTest
    void anyTextIsAConfiguration(byte[] bytes) {
        var file = StorageFile.parse(Path.of("storage.conf"), new String(bytes, ISO_8859_1));
        assertThat(file.values()).doesNotContainKey("");
    }

    static Stream<byte[]> splits() {
        return Stream.concat(
                changed("{\"type\":1,\"name\":\"a/b c\",\"size\":30,\"payload\":\"AAAA\",\"position\":0}\n"),
                changed("{\"type\":2,\"payload\":\"YWJj\",\"position\":0}\n"
                        + "{\"type\":1,\"name\":\"a\\u00e9\",\"size\":3,\"payload\":\"AAAA\",\"position\":1}\n"
                        + "{\"type\":1,\"name_raw\":\"/w==\",\"payload\":null,\"position\":2}\n"));
    }

    static Stream<byte[]> lists() {
        var id = "a".repeat(64);
        return changed("[{\"id\":\"" + id + "\",\"digest\":\"sha256:x\",\"names\":[\"n:1\"],\"layer\":\"" + id
                + "\",\"parent\":\"" + id
                + "\",\"diff-digest\":\"d\",\"diff-size\":1e3,\"big-data-names\":[\"manifest-x\"]}]");
    }

    static Stream<byte[]> configurations() {
        return changed("[a.b]\nc = \"d\" # e\nf = [\n'g', \"h\",\n]\n");
    }

    /// The text, cut and changed at each place.
    private static Stream<byte[]> changed(String text) {
        var whole = text.getBytes(UTF_8);
        return Stream.concat(
                IntStream.rangeClosed(0, whole.length).mapToObj(length -> Arrays.copyOf(whole, length)),
                IntStream.range(0, whole.length).mapToObj(at -> {
                    var other = whole.clone();
                    other[at] ^= 3;
                    return other;
                }));
    }
}
