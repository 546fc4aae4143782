package dev.plimsoll.image.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    @Test
    void aBodyOfAToldLengthEndsThere() throws Exception {
        var answer = read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\ncontent-TYPE: Application/JSON; x=y\r\n\r\nabcdef");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/json");
        assertThat(answer.body().readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
    }

    @Test
    void chunksAreJoinedAndTrailersPassedOver() throws Exception {
        var answer = read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n0A;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nrest");

        assertThat(answer.body().readAllBytes()).isEqualTo("abc0123456789".getBytes(UTF_8));
        assertThat(answer.body().read()).isEqualTo(-1);
    }

    @Test
    void headersAtTheirLimitAreReadAndOneByteMoreAreNot() throws Exception {
        var text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

        assertThat(HttpAnswer.read(stream(text), text.length()).status()).isEqualTo(200);
        assertThatThrownBy(() -> HttpAnswer.read(stream(text), text.length() - 1))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("headers of more than " + (text.length() - 1) + " bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <html>hello</html>                                        | does not answer in HTTP/1.1
                    HTTP/2 200~~                                              | does not answer in HTTP/1.1
                    HTTP/1.1 200 OK~no colon~~                                | a header that is none
                    HTTP/1.1 200 OK~ folded: x~~                              | a header that is none
                    HTTP/1.1 200 OK~: empty~~                                 | a header that is none
                    HTTP/1.1 200 OK~~body                                     | does not tell the length
                    HTTP/1.1 200 OK~Content-Length: -1~~                      | does not tell the length
                    HTTP/1.1 200 OK~Content-Length: 3, 3~~abc                 | does not tell the length
                    HTTP/1.1 200 OK~Content-Length: 9999999999999999999~~     | does not tell the length
                    HTTP/1.1 200 OK~Content-Length: 3~Transfer-Encoding: chunked~~ | two lengths
                    HTTP/1.1 200 OK~Transfer-Encoding: gzip, chunked~~        | another coding
                    HTTP/1.1 200 OK~Content-Encoding: gzip~Content-Length: 0~~ | packs its answer
                    HTTP/1.1 101 Upgraded~~                                   | that nobody asked for
                    HTTP/1.1 200 OK~Content-Length: 4~~abc                    | 1 bytes before the end
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~x~            | a chunk without a length
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~-1~a          | a chunk without a length
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~ffffffffffffffff~a | a chunk without a length
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~abc~0~~     | longer than it says
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~abc         | within a chunk
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~abc~        | closed the connection
                    HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~            | closed the connection
                    HTTP/1.1 200 OK                                           | closed the connection
                    """)
    void whatIsNotStrictlyAnAnswerIsRefused(String text, String reason) {
        // an HTML page of one line needs its end to be seen as one
        var lines = text.startsWith("<") ? text + "~" : text;
        assertThatThrownBy(() -> read(lines.replace("~", "\r\n")).body().readAllBytes())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\nContent-Length: 0\n\n", "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n"})
    void linesEndWithBothCharacters(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aHundredTrailersAreEnough() {
        var text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + "A: b\r\n".repeat(101) + "\r\n";

        assertThatThrownBy(() -> read(text).body().readAllBytes())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("more than 100 trailers");
    }

    private static HttpAnswer read(String text) throws IOException {
        return HttpAnswer.read(stream(text), 1000);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
