package dev.plimsoll.inventory.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.inventory.ContentFact;
import dev.plimsoll.inventory.secret.Samples.Sample;
import dev.plimsoll.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every rule against secrets that were drawn from its form, and against texts that are nearly one.
final class SecretRulesTest {

    private static final int DRAWN = 12;
    private static final SecretEngine ENGINE = SecretEngine.of(SecretRules.all(), Set.of());

    static Stream<String> names() {
        return SecretRules.all().stream().map(SecretRule::name);
    }

    private static SecretRule rule(String name) {
        return SecretRules.all().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Sample> drawn(SecretRule rule) {
        var random = new Random(rule.name().hashCode());
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < DRAWN; i++) {
            samples.add(Samples.of(rule, random));
        }
        return samples;
    }

    /// With that rule alone: another may be surer of the same place.
    private static List<ContentFact.SecretFound> found(SecretRule rule, String path, String text) {
        return found(SecretEngine.of(List.of(rule), Set.of()), path, text);
    }

    private static List<ContentFact.SecretFound> found(SecretEngine engine, String path, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var scan = new TextScan(engine, path, bytes.length);
        scan.bytes(bytes, 0, bytes.length);
        return scan.end();
    }

    @Test
    void thereAreAtLeastAsManyAsWanted() {
        assertThat(SecretRules.all()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsEverySecretThatIsPlanted(String name) {
        var rule = rule(name);
        for (var sample : drawn(rule)) {
            var text = "first line\n" + sample.text() + "\nlast line\n";

            assertThat(found(rule, sample.path(), text))
                    .as(text)
                    .extracting(ContentFact.SecretFound::rule)
                    .containsExactly(name);
            assertThat(found(ENGINE, sample.path(), text))
                    .as("by all rules together, some rule: " + text)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void keepsNothingOfASecretButItsFirstCharacters(String name) {
        var rule = rule(name);
        for (var sample : drawn(rule)) {
            var secret = found(rule, sample.path(), "\n" + sample.text() + "\n").getFirst();

            assertThat(secret.digest()).hasSize(64);
            assertThat(secret.redacted().length()).isLessThanOrEqualTo(5);
            assertThat(secret.redacted()).endsWith("\u2026");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsNoTextThatIsNearlyOne(String name) {
        var rule = rule(name);
        for (var sample : drawn(rule)) {
            for (var miss : nearMisses(rule, sample)) {
                assertThat(found(rule, sample.path(), "first line\n" + miss + "\nlast line\n"))
                        .as("near miss: " + miss)
                        .isEmpty();
            }
        }
    }

    private static List<String> nearMisses(SecretRule rule, Sample sample) {
        var misses = new ArrayList<String>();
        var secret = sample.secret();
        if (!rule.inside() && rule.before() == 0) {
            misses.add("Zz" + sample.text());
        }
        // what stands in manuals and templates
        var middle = secret.length() / 2;
        if (secret.length() >= 16 && !rule.check().decodes()) {
            misses.add(sample.with(secret.substring(0, middle - 3) + "EXAMPLE" + secret.substring(middle + 4))
                    .text());
            misses.add(sample.with(secret.substring(0, middle - 3) + "xxxxxxx" + secret.substring(middle + 4))
                    .text());
        }
        misses.add(sample.with("${SECRET}").text());
        misses.add(sample.with("<secret>").text());
        misses.add(sample.with("***").text());
        // all digits the same
        var keyword = rule.inside()
                ? 0
                : rule.keywords().stream().mapToInt(String::length).max().orElse(0);
        if (secret.length() > 2 * keyword && rule.leastEntropy() > 1.6 && !secret.startsWith("-----BEGIN")) {
            misses.add(sample.with(secret.substring(0, keyword)
                            + secret.substring(keyword)
                                    .replaceAll("[A-Z]", "A")
                                    .replaceAll("[a-z]", "a")
                                    .replaceAll("[0-9]", "0"))
                    .text());
        }
        if (rule.check().decodes() && rule.check() != Check.BASE64_32_BYTES && rule.check() != Check.BASE64_64_BYTES) {
            misses.add(sample.with(brokenFor(rule.check(), secret)).text());
        }
        return misses;
    }

    /// A secret of the same form whose check does not hold.
    private static String brokenFor(Check check, String secret) {
        return switch (check) {
            case BASE62_CRC32, GRAFANA_CRC32 -> {
                var last = secret.charAt(secret.length() - 1);
                yield secret.substring(0, secret.length() - 1) + (last == '1' ? '2' : '1');
            }
            case BECH32 -> {
                var last = secret.charAt(secret.length() - 1);
                yield secret.substring(0, secret.length() - 1) + (last == 'Q' ? 'P' : 'Q');
            }
            case JWT -> "eyJ" + "0".repeat(12) + secret.substring(secret.indexOf('.'));
            case PEM -> secret.replaceAll("(?s)KEY( BLOCK)?-----.*?-----END", "KEY$1-----\nMIIE...\n-----END");
            case DISCORD -> "MAAAAAAAAAAAAAAAAAAAAAAA" + secret.substring(secret.indexOf('.'));
            case SENTRY -> "sntrys_eyJ" + "A".repeat(61) + secret.substring(secret.lastIndexOf('_'));
            case PYPI_MACAROON -> "pypi-AgEA" + secret.substring(9);
            case BASE64_USER_PASSWORD -> "QUJDREVGR0hJSktMTU5PUA==";
            case BASE64_PEM -> "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=";
            case BASE64_32_BYTES, BASE64_64_BYTES, NONE, PASSWORD, MIXED -> throw new IllegalArgumentException();
        };
    }

    @Test
    void namesAreWellFormedAndSourcesThere() {
        var names = new HashSet<String>();
        for (var rule : SecretRules.all()) {
            assertThat(rule.name()).matches("[a-z0-9-]+");
            assertThat(names.add(rule.name())).isTrue();
            assertThat(rule.source()).as(rule.name()).isNotBlank();
        }
    }

    /// The checksum of a token that GitHub's announcement lets anybody compute.
    @Test
    void knowsTheChecksumOfGitHubsTokens() {
        assertThat(Check.base62(Check.crc32("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"))).isEqualTo("0mLq17");
    }

    /// The test vectors of BIP 173.
    @Test
    void knowsTheChecksumOfBech32() {
        assertThat(Bech32.holds("A12UEL5L")).isTrue();
        assertThat(Bech32.holds("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"))
                .isTrue();
        assertThat(Bech32.holds("A1G7SGD8")).isFalse();
    }

    @Test
    void theExampleOfJwtIoIsNone() {
        var example = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0Ijo"
                + "xNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";

        assertThat(found(ENGINE, "a.txt", example)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
                "http://john:S3nsit1ve@my.example.com",
                "password: changeme",
                "\"pattern\":\"arn:([a-z\\\\d-]+):.*:secret:AmazonLookoutMetrics-.+\"",
                "https://user%3An%40me:p%40ss%3Aword@x.com/",
                "PASSWORD=${DB_PASSWORD}",
                "password = getpass.getpass()",
                "password: \"{{ vault.password }}\"",
                "postgres://user:password@localhost/db",
                "https://user:pass@example.com/",
                "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
                "Authorization: Bearer <token>",
                "secret_key = your-secret-key-goes-here",
            })
    void examplesAreNone(String text) {
        assertThat(found(ENGINE, "etc/app.conf", text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "- {name: a, source: s, expression: 'x'}",
                "- {name: a, keywords: [k], expression: 'x'}",
                "- {name: a, source: s, keywords: [k], expression: 'x', check: guess}",
                "- {name: a, source: s, keywords: [k], expression: 'x', beyond: 1}",
                "- {name: a, source: s, keywords: [k], expression: 'x', after: 100000}",
                "- {name: a, source: s, keywords: [k], expression: 'x'}\n- {name: a, source: s, keywords: [k], expression: 'x'}",
                "- 1",
            })
    void refusesRulesThatAreNone(String text) {
        assertThatThrownBy(() -> SecretRules.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(JsonException.class);
    }

    /// Expressions are made ready late, so a broken one would be found by a user.
    @Test
    void everyExpressionOfTheTableIsOne() throws JsonException {
        assertThat(SecretRules.all())
                .allSatisfy(rule -> assertThat(rule.expression().matcher("")).isNotNull());

        var broken = SecretRules.read(
                "- {name: a, source: s, keywords: [k], expression: '('}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> broken.getFirst().expression().matcher(""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no expression: (");
    }
}
