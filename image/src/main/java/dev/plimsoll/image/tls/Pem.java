package dev.plimsoll.image.tls;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Reads certificates and private keys as openssl writes them.
///
/// Source: RFC 7468; RFC 5208 (PKCS #8), RFC 8017 appendix A.1.2 (PKCS #1).
public final class Pem {

    /// In bytes; a bundle of all public authorities has a quarter of that.
    static final int MAX_FILE = 1 << 20;

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]{1,40})-----\\s*+([A-Za-z0-9+/=\\s]*+)-----END \\1-----", Pattern.DOTALL);
    /// What a PKCS #8 key says in front of an RSA one: version 0, algorithm rsaEncryption without parameters.
    private static final byte[] RSA_FRONT = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private Pem() {}

    /// @throws ImageException when the file holds no certificate
    public static List<X509Certificate> certificates(Path file) throws ImageException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : blocks(file)) {
                if (block.label().equals("CERTIFICATE")) {
                    certificates.add(
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new ImageException(Kind.UNREADABLE, file + ": is no certificate: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new ImageException(Kind.UNREADABLE, file + ": holds no certificate in PEM form");
        }
        return certificates;
    }

    /// @throws ImageException when the file holds no key that can be read without a pass phrase
    public static PrivateKey privateKey(Path file) throws ImageException {
        for (var block : blocks(file)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(file, block.bytes(), "RSA", "EC", "EdDSA");
                }
                case "RSA PRIVATE KEY" -> {
                    return key(file, pkcs8(block.bytes()), "RSA");
                }
                case "EC PRIVATE KEY" -> throw unreadable(file, "is an EC key of the older form");
                case "ENCRYPTED PRIVATE KEY" -> throw unreadable(file, "is locked by a pass phrase");
                default -> {
                    // parameters and certificates may stand beside the key
                }
            }
        }
        throw unreadable(file, "holds no private key in PEM form, or one that is locked by a pass phrase");
    }

    private static PrivateKey key(Path file, byte[] pkcs8, String... algorithms) throws ImageException {
        for (var algorithm : algorithms) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException _) {
                // of another algorithm
            } catch (GeneralSecurityException e) {
                throw new ImageException(Kind.UNREADABLE, file + ": " + e.getMessage(), e);
            }
        }
        throw unreadable(file, "holds a damaged key, or one of an unknown algorithm");
    }

    /// Puts the algorithm in front of a key of PKCS #1, which names none.
    private static byte[] pkcs8(byte[] pkcs1) {
        var octets = der(0x04, pkcs1);
        var body = new ByteArrayOutputStream();
        body.writeBytes(RSA_FRONT);
        body.writeBytes(octets);
        return der(0x30, body.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            var bytes = (32 - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(0x80 | bytes);
            for (var shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
                out.write(content.length >> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static List<Block> blocks(Path file) throws ImageException {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new ImageException(Kind.UNREADABLE, file + ": is longer than " + MAX_FILE + " bytes");
            }
            var matcher = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            List<Block> blocks = new ArrayList<>();
            while (matcher.find()) {
                blocks.add(Block.of(matcher.group(1), matcher.group(2)));
            }
            return blocks;
        } catch (ImageException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ImageException(Kind.UNREADABLE, file + ": cannot be read: " + e, e);
        }
    }

    private static ImageException unreadable(Path file, String reason) {
        return new ImageException(
                Kind.UNREADABLE, file + ": " + reason + "; convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem");
    }

    /// @param text in base 64
    private record Block(String label, String text) {

        /// @throws IllegalArgumentException when the text is no base 64
        static Block of(String label, String text) {
            return new Block(
                    label,
                    Base64.getEncoder().encodeToString(Base64.getMimeDecoder().decode(text)));
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(text);
        }
    }
}
