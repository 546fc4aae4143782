package dev.plimsoll.inventory.secret;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// What must be true of a secret beyond its form: a checksum, or what it says when it is decoded.
public enum Check {
    NONE("none") {
        @Override
        boolean holds(String secret) {
            return true;
        }
    },

    /// The last 6 characters are the CRC-32 of the 30 before, in base62. Source: GitHub blog, "Behind GitHub's new
    /// authentication token formats"; the digits are 0-9, A-Z, a-z.
    BASE62_CRC32("base62-crc32") {
        @Override
        boolean holds(String secret) {
            var payload = secret.substring(secret.indexOf('_') + 1, secret.length() - CHECKSUM);
            return base62(crc32(payload)).equals(secret.substring(secret.length() - CHECKSUM));
        }
    },

    /// The last 8 hexadecimal digits are the CRC-32 of what stands before the last underscore, low byte first. Source:
    /// Grafana, pkg/components/satokengen.
    GRAFANA_CRC32("grafana-crc32") {
        @Override
        boolean holds(String secret) {
            var end = secret.lastIndexOf('_');
            var checksum = Integer.reverseBytes((int) crc32(secret.substring(0, end)));
            return String.format("%08x", checksum).equals(secret.substring(end + 1));
        }
    },

    /// Bech32's checksum. Source: BIP 173.
    BECH32("bech32") {
        @Override
        boolean holds(String secret) {
            return Bech32.holds(secret);
        }
    },

    /// Header and claims are objects, the header names an algorithm, and it is not the example of jwt.io. Source: RFC
    /// 7519, section 7.2.
    JWT("jwt") {
        @Override
        boolean holds(String secret) {
            var first = secret.indexOf('.');
            var second = secret.indexOf('.', first + 1);
            var claims = object(secret.substring(first + 1, second));
            return object(secret.substring(0, first))
                            .flatMap(header -> header.string("alg"))
                            .isPresent()
                    && claims.isPresent()
                    && !claims.get().string("sub").orElse("").equals("1234567890")
                    && !claims.get().string("name").orElse("").equals("John Doe");
        }
    },

    /// Base64 of `user:password`. Source: RFC 7617, section 2.
    BASE64_USER_PASSWORD("base64-user-password") {
        @Override
        boolean holds(String secret) {
            var text = decoded(secret)
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .orElse("");
            var colon = text.indexOf(':');
            return colon > 0
                    && text.chars().allMatch(c -> c >= ' ' && c < 0x7f)
                    && Placeholders.isLikelyPassword(text.substring(colon + 1));
        }
    },

    BASE64_32_BYTES("base64-32-bytes") {
        @Override
        boolean holds(String secret) {
            return decoded(secret).filter(bytes -> bytes.length == 32).isPresent();
        }
    },

    BASE64_64_BYTES("base64-64-bytes") {
        @Override
        boolean holds(String secret) {
            return decoded(secret.substring(secret.lastIndexOf(':') + 1))
                    .filter(bytes -> bytes.length == 64)
                    .isPresent();
        }
    },

    /// Base64 of a private key in PEM.
    BASE64_PEM("base64-pem") {
        @Override
        boolean holds(String secret) {
            return decoded(secret)
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .filter(text -> text.startsWith("-----BEGIN ") && text.contains("PRIVATE KEY-----"))
                    .isPresent();
        }
    },

    /// A macaroon for PyPI: version 2, a location of 8 or 13 characters. Source: PyPI help, API tokens; libmacaroons,
    /// format version 2.
    PYPI_MACAROON("pypi-macaroon") {
        @Override
        boolean holds(String secret) {
            return decoded(secret.substring("pypi-".length()))
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .filter(text -> text.startsWith("\2\1\u0008pypi.org") || text.startsWith("\2\1\rtest.pypi.org"))
                    .isPresent();
        }
    },

    /// The first part is a user's id in base64. Source: Discord developer documentation, reference, snowflakes.
    DISCORD("discord") {
        @Override
        boolean holds(String secret) {
            return decoded(secret.substring(0, secret.indexOf('.')))
                    .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                    .filter(text -> SNOWFLAKE.matcher(text).matches())
                    .isPresent();
        }
    },

    /// Base64 of an object that names a region or an address. Source: Sentry RFC 0091.
    SENTRY("sentry") {
        @Override
        boolean holds(String secret) {
            return object(secret.substring("sntrys_".length(), secret.lastIndexOf('_')))
                    .filter(claims -> claims.string("url").isPresent())
                    .isPresent();
        }
    },

    /// The text between the lines decodes to a key. Source: RFC 7468 and RFC 1421, section 4.6; OpenSSH, PROTOCOL.key;
    /// RFC 9580, section 4.2.
    PEM("pem") {
        @Override
        boolean holds(String secret) {
            return PemText.holdsKey(secret);
        }
    },

    /// No word of examples, no variable.
    PASSWORD("password") {
        @Override
        boolean holds(String secret) {
            return Placeholders.isLikelyPassword(secret);
        }
    },

    /// The same, with letters and digits both: names of things behind a common word, as in the ARN
    /// `…:secret:NAME`, have none.
    MIXED("mixed") {
        @Override
        boolean holds(String secret) {
            return Placeholders.isLikelyPassword(secret)
                    && secret.chars().anyMatch(Character::isDigit)
                    && secret.chars().anyMatch(Character::isLetter);
        }
    };

    private static final int CHECKSUM = 6;
    private static final Pattern SNOWFLAKE = Pattern.compile("[0-9]{17,20}");
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final JsonLimits LIMITS = JsonLimits.FOREIGN;

    private final String word;

    Check(String word) {
        this.word = word;
    }

    /// @param secret that the rule's expression matched
    abstract boolean holds(String secret);

    /// Whether it decodes the secret, so that words of examples in it mean nothing.
    boolean decodes() {
        return this != NONE && this != PASSWORD && this != MIXED;
    }

    static Check of(String word) {
        return Arrays.stream(values())
                .filter(check -> check.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no check"));
    }

    static long crc32(String text) {
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.ISO_8859_1));
        return checksum.getValue();
    }

    static String base62(long value) {
        var digits = new StringBuilder();
        for (long left = value; digits.length() < CHECKSUM; left /= BASE62.length()) {
            digits.append(BASE62.charAt((int) (left % BASE62.length())));
        }
        return digits.reverse().toString();
    }

    /// Both alphabets, with or without padding.
    static Optional<byte[]> decoded(String text) {
        var plain = text.replace('-', '+').replace('_', '/');
        var end = plain.length();
        while (end > 0 && plain.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Optional.of(Base64.getDecoder().decode(plain.substring(0, end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> object(String base64) {
        return decoded(base64).flatMap(bytes -> {
            try {
                return JsonReader.read(new String(bytes, StandardCharsets.UTF_8), LIMITS) instanceof JsonObject object
                        ? Optional.of(object)
                        : Optional.empty();
            } catch (JsonException e) {
                return Optional.empty();
            }
        });
    }
}
