package dev.plimsoll.inventory.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.lines.LineReader.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineReaderTest {

    @Test
    void readsLinesOfBothEndings() throws IOException {
        assertThat(read("a\nb\r\n\nc", 10)).containsExactly("1 a", "2 b", "3 ", "4 c");
    }

    @Test
    void aFinalNewlineBeginsNoLine() throws IOException {
        assertThat(read("a\n", 10)).containsExactly("1 a");
        assertThat(read("", 10)).isEmpty();
        assertThat(read("\n", 10)).containsExactly("1 ");
    }

    @Test
    void takesALineAtTheLimitAndPassesOverALongerOne() throws IOException {
        assertThat(read("12345\n123456\nafter", 5)).containsExactly("1 12345", "2 too long", "3 after");
    }

    @Test
    void aLongLastLineIsSaidToo() throws IOException {
        assertThat(read("a\n123456", 5)).containsExactly("1 a", "2 too long");
    }

    @Test
    void readsLinesThatAreLongerThanItsBuffer() throws IOException {
        var text = "é".repeat(20_000);

        assertThat(read(text + "\nb", 40_000)).containsExactly("1 " + text, "2 b");
        assertThat(read(text + "\nb", 39_999)).containsExactly("1 too long", "2 b");
    }

    @Test
    void readsFromAStreamThatGivesOneByteAtATime() throws IOException {
        var bytes = "ab\r\nc\n".getBytes(StandardCharsets.UTF_8);

        assertThat(read(
                        new ByteArrayInputStream(bytes) {
                            @Override
                            public int read(byte[] target, int offset, int length) {
                                return super.read(target, offset, Math.min(1, length));
                            }
                        },
                        10))
                .containsExactly("1 ab", "2 c");
    }

    private static List<String> read(String text, int most) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), most);
    }

    private static List<String> read(InputStream in, int most) throws IOException {
        var lines = new LineReader(in, most);
        var read = new ArrayList<String>();
        while (true) {
            switch (lines.next()) {
                case Line.Text(var number, var text) -> read.add(number + " " + text);
                case Line.TooLong(var number) -> read.add(number + " too long");
                case Line.End() -> {
                    return read;
                }
            }
        }
    }
}
