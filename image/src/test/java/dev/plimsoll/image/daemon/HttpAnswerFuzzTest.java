package dev.plimsoll.image.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class HttpAnswerFuzzTest {

    @MethodSource("seeds")
    @FuzzTest
    void anyBytesGiveAnAnswerOrAClearError(byte[] bytes) throws IOException {
        try {
            var answer = HttpAnswer.read(new ByteArrayInputStream(bytes), 4096);
            assertThat(answer.status()).isBetween(200, 999);
            assertThat(answer.body().readAllBytes().length).isLessThan(bytes.length);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /// Answers of both kinds, cut and changed at each place.
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\n{\r\n1\r\n}\r\n0\r\nA: b\r\n\r\n")
                .map(text -> text.getBytes(UTF_8))
                .flatMap(whole -> Stream.concat(
                        IntStream.rangeClosed(0, whole.length)
                                .mapToObj(length -> java.util.Arrays.copyOf(whole, length)),
                        IntStream.range(0, whole.length).mapToObj(at -> {
                            var other = whole.clone();
                            other[at] ^= 1;
                            return other;
                        })));
    }
}
