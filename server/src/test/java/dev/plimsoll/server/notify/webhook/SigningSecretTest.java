package dev.plimsoll.server.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures against a vector, and against Python.
final class SigningSecretTest {

    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final String ORACLE = """
            import base64, hashlib, hmac, sys
            secret, id, time, signature = sys.argv[1:]
            body = sys.stdin.buffer.read()
            key = base64.b64decode(secret[len("whsec_"):])
            made = hmac.new(key, id.encode() + b"." + time.encode() + b"." + body, hashlib.sha256).digest()
            print("same" if "v1," + base64.b64encode(made).decode() == signature else "different")
            """;

    @Test
    void theVector() {
        assertThat(SigningSecret.of(SECRET)
                        .sign(
                                "evt_01TEST",
                                1_700_000_000L,
                                "{\"type\":\"test.ping\",\"data\":{\"n\":1}}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,Cf+5vf3FLViS0V41uSAKD+1oVtyMBSkbB/EJM5FOjE4=");
    }

    @Test
    void pythonMakesTheSame() throws Exception {
        Assumptions.assumeTrue(hasPython(), "there is no python3 here: signatures were not compared with its");
        var random = new Random(11);
        for (int i = 0; i < 5; i++) {
            var body = new byte[random.nextInt(2000)];
            random.nextBytes(body);
            var secret = SigningSecret.make();
            var signature = SigningSecret.of(secret).sign("id-" + i, 1_700_000_000L + i, body);
            assertThat(ask(List.of(secret, "id-" + i, Long.toString(1_700_000_000L + i), signature), body))
                    .endsWith("same\n");
            assertThat(ask(List.of(secret, "id-" + i, "1", signature), body)).endsWith("different\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "whsec_",
                "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=",
                "whsec_*****",
                "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
            })
    void whatIsNoSecretIsRefusedWithoutBeingTold(String text) {
        assertThatThrownBy(() -> SigningSecret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be whsec_ and a key of 24 to 64 bytes in base64;");
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String ask(List<String> arguments, byte[] body) throws IOException {
        var command = new ArrayList<>(List.of("python3", "-c", ORACLE));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(body);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
