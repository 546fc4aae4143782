package dev.plimsoll.inventory.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.ContentFact;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TextScanTest {

    private static final String TOKEN = "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";
    private static final SecretEngine ENGINE = SecretEngine.of(SecretRules.all(), Set.of());

    private static List<ContentFact.SecretFound> found(byte[] text, int part) {
        var scan = new TextScan(ENGINE, "etc/app.conf", text.length);
        for (int at = 0; at < text.length; at += part) {
            scan.bytes(text, at, Math.min(part, text.length - at));
        }
        return scan.end();
    }

    /// Lines of 64 bytes with a token in one of them.
    private static byte[] lines(int length, int tokenLine) {
        var text = new StringBuilder();
        for (int line = 1; text.length() < length; line++) {
            var words = line == tokenLine ? "t " + TOKEN : "nothing to see in this line";
            text.append(words).append(" ".repeat(63 - words.length())).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void findsTokensWhereverBuffersEnd() {
        for (int part : new int[] {1_000, 8_192, 65_536, 1 << 20}) {
            for (int line : new int[] {1, 2, 3_839, 3_840, 3_841, 4_095, 4_096, 4_097, 7_000, 15_999}) {
                assertThat(found(lines(64 * 16_000, line), part))
                        .as("line " + line + " in parts of " + part)
                        .extracting(ContentFact.SecretFound::line)
                        .containsExactly(line);
            }
        }
    }

    @Test
    void findsALongKeyAcrossTheWindow() {
        var key = Samples.pem("RSA PRIVATE KEY", new Random(1));
        for (int lead = TextScan.WINDOW - 700; lead < TextScan.WINDOW + 50; lead += 37) {
            var text =
                    ("\n".repeat(lead) + key + "\n" + "\n".repeat(TextScan.WINDOW)).getBytes(StandardCharsets.US_ASCII);
            assertThat(found(text, 65_536))
                    .extracting(ContentFact.SecretFound::line)
                    .containsExactly(lead + 1);
        }
    }

    @Test
    void passesOverWhatIsNoText() {
        var text = ("\0" + TOKEN).getBytes(StandardCharsets.US_ASCII);
        assertThat(found(text, 100)).isEmpty();

        var late = ("x".repeat(TextScan.LOOKED_AT) + "\0 " + TOKEN).getBytes(StandardCharsets.US_ASCII);
        assertThat(found(late, 100)).hasSize(1);
    }

    @Test
    void theAutomatonFindsWhatALookAtEveryPlaceFinds() {
        var random = new Random(7);
        var keywords = List.of("ab", "b", "bab", "AbA", "cab", "aabb", "ccc");
        var automaton = new KeywordAutomaton(keywords);
        for (int round = 0; round < 200; round++) {
            var text = Sampler.sample("[abcABC]{60}", random);
            var expected = new ArrayList<String>();
            for (int end = 1; end <= text.length(); end++) {
                for (int keyword = 0; keyword < keywords.size(); keyword++) {
                    if (text.substring(0, end)
                            .toLowerCase(java.util.Locale.ROOT)
                            .endsWith(keywords.get(keyword).toLowerCase(java.util.Locale.ROOT))) {
                        expected.add(end + " " + keyword);
                    }
                }
            }
            var hits = new ArrayList<String>();
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            int state = automaton.scan(bytes, 0, 23, 0, (keyword, end) -> hits.add(end + " " + keyword));
            automaton.scan(bytes, 23, bytes.length, state, (keyword, end) -> hits.add(end + " " + keyword));
            assertThat(hits).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @FuzzTest
    void whateverTheTextItEndsAndTheSameInParts(byte[] text) {
        assertThat(found(text, 7)).isEqualTo(found(text, 1 << 20));
    }
}
