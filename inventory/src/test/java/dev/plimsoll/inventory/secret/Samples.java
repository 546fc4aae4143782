package dev.plimsoll.inventory.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;

/// Texts with a secret of a rule, drawn from its expression and made true by its check.
final class Samples {

    /// @param path where the rule counts
    /// @param text that the rule matches
    /// @param secret in it
    record Sample(String path, String text, String secret) {
        Sample with(String other) {
            return new Sample(path, text.replace(secret, other), other);
        }
    }

    private Samples() {}

    /// Draws again where chance wrote a word of examples, or a row of the same digits: those are near misses.
    static Sample of(SecretRule rule, Random random) {
        for (int attempt = 0; attempt < 200; attempt++) {
            var text = Sampler.sample(rule.expression().pattern(), random);
            if (rule.check() == Check.PEM && text.startsWith("-----BEGIN")) {
                var key = pem(kind(text), random);
                return new Sample(path(rule), key, key);
            }
            var matcher = rule.expression().matcher(text);
            if (!matcher.find()) {
                throw new AssertionError(rule.name() + " does not match its own sample " + text);
            }
            int group = 0;
            for (int i = 1; i <= matcher.groupCount() && group == 0; i++) {
                group = matcher.group(i) == null ? 0 : i;
            }
            var secret = madeTrue(rule.check(), matcher.group(group), random);
            var whole = text.substring(0, matcher.start(group)) + secret + text.substring(matcher.end(group));
            if (Entropy.of(secret) >= rule.leastEntropy()
                    && (rule.check().decodes() || !Placeholders.holdsWord(secret))
                    && (rule.check().decodes() || rule.check().holds(secret))) {
                return new Sample(path(rule), whole, secret);
            }
        }
        throw new AssertionError("no sample of " + rule.name());
    }

    private static String kind(String text) {
        return text.substring("-----BEGIN ".length(), text.indexOf("-----", 5));
    }

    private static String path(SecretRule rule) {
        if (rule.files().isEmpty()) {
            return "srv/app/settings.txt";
        }
        var glob = rule.files().getFirst().text().replace("**/", "srv/").replace("*", "x");
        int open = glob.indexOf('{');
        return open < 0
                ? glob
                : glob.substring(0, open)
                        + glob.substring(open + 1, glob.indexOf(',', open))
                        + glob.substring(glob.indexOf('}') + 1);
    }

    private static String madeTrue(Check check, String secret, Random random) {
        return switch (check) {
            case NONE, PASSWORD, MIXED -> secret;
            case BASE62_CRC32 -> {
                var without = secret.substring(0, secret.length() - 6);
                yield without + Check.base62(Check.crc32(without.substring(without.indexOf('_') + 1)));
            }
            case GRAFANA_CRC32 -> {
                var without = secret.substring(0, secret.lastIndexOf('_'));
                yield without + "_"
                        + String.format(Locale.ROOT, "%08x", Integer.reverseBytes((int) Check.crc32(without)));
            }
            case BECH32 -> bech32(secret);
            case JWT ->
                base64Url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                        + base64Url("{\"sub\":\"" + random.nextLong(1L << 40) + "\"}") + "."
                        + secret.substring(secret.lastIndexOf('.') + 1);
            case BASE64_USER_PASSWORD ->
                Base64.getEncoder().encodeToString(("robot:" + word(random, 14)).getBytes(StandardCharsets.US_ASCII));
            case BASE64_32_BYTES -> base64(random, 32);
            case BASE64_64_BYTES ->
                check.holds(secret) && !secret.contains(":")
                        ? secret
                        : secret.substring(0, secret.lastIndexOf(':') + 1) + base64(random, 64);
            case BASE64_PEM ->
                Base64.getEncoder()
                        .encodeToString(pem("RSA PRIVATE KEY", random).getBytes(StandardCharsets.US_ASCII));
            case PYPI_MACAROON ->
                "pypi-" + base64Url("\2\1\u0008pypi.org\2\u0024" + word(random, 36) + "\0\2" + word(random, 40));
            case DISCORD -> {
                var id = base64Url(String.valueOf(200_000_000_000_000_000L + random.nextLong(1L << 50)));
                yield id + secret.substring(secret.indexOf('.'));
            }
            case SENTRY ->
                "sntrys_"
                        + Base64.getEncoder()
                                .encodeToString(("{\"iat\":1700000000.5,\"url\":\"https://sentry.io\",\"org\":\""
                                                + word(random, 6) + "\"}")
                                        .getBytes(StandardCharsets.US_ASCII))
                        + "_" + secret.substring(secret.lastIndexOf('_') + 1);
            case PEM -> pem("PRIVATE KEY", random).replace("\n", "\\n");
        };
    }

    private static String bech32(String secret) {
        var lower = secret.toLowerCase(Locale.ROOT);
        var separator = lower.lastIndexOf("-1");
        var prefix = lower.substring(0, separator + 1);
        var data = lower.substring(separator + 2, lower.length() - 6);
        int remainder = Bech32.remainder(prefix, data + "qqqqqq") ^ 1;
        var checksum = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            checksum.append(Bech32.ALPHABET.charAt(remainder >> 5 * (5 - i) & 31));
        }
        return (prefix + "1" + data + checksum).toUpperCase(Locale.ROOT);
    }

    static String pem(String kind, Random random) {
        var bytes = new byte[300];
        random.nextBytes(bytes);
        bytes[0] = (byte) (kind.startsWith("PGP") ? 0xc5 : 0x30);
        if (kind.startsWith("OPENSSH")) {
            var magic = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(magic, 0, bytes, 0, magic.length);
        }
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind + "-----";
    }

    private static String base64(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String word(Random random, int length) {
        return Sampler.sample("[0-9A-Za-z]{" + length + "}", random);
    }
}
