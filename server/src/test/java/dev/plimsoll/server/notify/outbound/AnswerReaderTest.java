package dev.plimsoll.server.notify.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final int MOST = 20;

    @Test
    void aBodyOfAGivenLengthIsReadAndCutAtTheLimit() throws IOException {
        assertThat(body("content-length: 20\r\n\r\n" + "a".repeat(20))).isEqualTo("a".repeat(20) + " whole");
        assertThat(body("content-length: 21\r\n\r\n" + "a".repeat(21))).isEqualTo("a".repeat(20) + " cut");
        assertThat(body("content-length: 99999999999\r\n\r\n" + "a".repeat(21))).isEqualTo("a".repeat(20) + " cut");
    }

    @Test
    void aBodyUpToTheEndOfTheConnectionTheSame() throws IOException {
        assertThat(body("\r\n" + "a".repeat(20))).isEqualTo("a".repeat(20) + " whole");
        assertThat(body("\r\n" + "a".repeat(21))).isEqualTo("a".repeat(20) + " cut");
    }

    @Test
    void chunksTheSame() throws IOException {
        assertThat(body("transfer-encoding: chunked\r\n\r\n5;x=y\r\nabcde\r\n0F\r\n" + "b".repeat(15)
                        + "\r\n0\r\n\r\n"))
                .isEqualTo("abcde" + "b".repeat(15) + " whole");
        assertThat(body("transfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n10\r\n" + "b".repeat(16) + "\r\n0\r\n\r\n"))
                .isEqualTo("abcde" + "b".repeat(15) + " cut");
    }

    @Test
    void announcementsArePassedOver() throws IOException {
        var read = new AnswerReader(
                        stream(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nlink: x\r\n\r\nHTTP/1.1 204 None\r\n\r\n"),
                        MOST)
                .read();
        assertThat(read.status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/2 200\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 1x\r\n\r\na",
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-1\r\n",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc",
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n"
            })
    void whatIsNoAnswerIsAnError(String text) {
        assertThatThrownBy(() -> new AnswerReader(stream(text), MOST).read()).isInstanceOf(IOException.class);
    }

    @Test
    void aHeadHasALimit() throws IOException {
        var start = "HTTP/1.1 200 OK\r\n";
        var fits = "a: " + "x".repeat(AnswerReader.MOST_HEAD - start.length() - 7) + "\r\n";
        assertThat(new AnswerReader(stream(start + fits + "\r\n"), MOST).read().status())
                .isEqualTo(200);
        assertThatThrownBy(() -> new AnswerReader(stream(start + "x" + fits + "\r\n"), MOST).read())
                .hasMessageContaining("head is over 32768 bytes");
        assertThatThrownBy(() -> new AnswerReader(stream("HTTP/1.1 100 Continue\r\n\r\n".repeat(100)), MOST).read())
                .hasMessageContaining("announces others without end");
    }

    @Test
    void anyBytesAreAnAnswerOrAnIoException() {
        var random = new Random(7);
        var parts = new String[] {
            "HTTP/1.1 ",
            "200",
            "100",
            " OK",
            "\r\n",
            "\r\n\r\n",
            "content-length: ",
            "transfer-encoding: chunked",
            "5",
            "ffff",
            "abc",
            ":",
            " ",
            "\0",
            "é",
            "0\r\n\r\n"
        };
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "HTTP/1.1 200 OK\r\n" : "");
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                var read = new AnswerReader(stream(text.toString()), MOST).read();
                assertThat(read.body().length()).isLessThanOrEqualTo(MOST);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static String body(String rest) throws IOException {
        var read = new AnswerReader(stream("HTTP/1.1 200 OK\r\n" + rest), MOST).read();
        return read.body() + (read.cut() ? " cut" : " whole");
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1));
    }
}
