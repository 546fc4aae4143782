package dev.plimsoll.server.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names credentials in memory without keeping them: HMAC-SHA-256 with a key that this process alone
/// has. A fast hash without a key would let whoever reads the memory guess passwords.
final class CredentialMark {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    CredentialMark() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    String of(String kind, String credential) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((kind + '\0' + credential).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
