package dev.plimsoll.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Reads private keys in their three forms. The older two are put into the envelope of the first, the
/// one that the JDK reads.
///
/// Sources: RFC 5958, 2 (PKCS #8); RFC 8017, A.1.2 (PKCS #1); RFC 5915, 3 (SEC 1); X.690 for DER.
final class PrivateKeys {

    private static final byte SEQUENCE = 0x30;
    private static final byte OCTETS = 0x04;
    private static final byte OBJECT_IDENTIFIER = 0x06;
    private static final byte PARAMETERS = (byte) 0xa0;

    /// `INTEGER 0`, the version of the envelope.
    private static final byte[] VERSION = {2, 1, 0};

    /// `rsaEncryption`, 1.2.840.113549.1.1.1, and its absent parameters.
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

    /// `id-ecPublicKey`, 1.2.840.10045.2.1.
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private PrivateKeys() {}

    /// @param curve the block `EC PARAMETERS` before it, where there is one
    /// @return empty where it is no key of a kind that is known
    static Optional<PrivateKey> read(Pem.Block block, Optional<Pem.Block> curve) {
        try {
            var bytes = block.bytes();
            return switch (block.label()) {
                case "PRIVATE KEY" -> key(bytes);
                case "RSA PRIVATE KEY" -> key(envelope(RSA, bytes));
                case "EC PRIVATE KEY" -> {
                    var parameters = curve.isPresent() ? Optional.of(curve.get().bytes()) : curve(bytes);
                    yield parameters.flatMap(named -> key(envelope(join(EC, named), bytes)));
                }
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<PrivateKey> key(byte[] pkcs8) {
        for (var algorithm : ALGORITHMS) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException _) {
                // of another algorithm
            }
        }
        return Optional.empty();
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /// The curve's name, still DER. Of `SEQUENCE { version, privateKey, parameters [0] OPTIONAL, … }`.
    private static Optional<byte[]> curve(byte[] sec1) {
        var outer = ByteBuffer.wrap(sec1);
        if (tag(outer) != SEQUENCE) {
            return Optional.empty();
        }
        var inner = value(outer);
        while (inner.hasRemaining()) {
            byte tag = tag(inner);
            var value = value(inner);
            if (tag == PARAMETERS) {
                var bytes = new byte[value.remaining()];
                value.get(bytes);
                return bytes.length > 0 && bytes[0] == OBJECT_IDENTIFIER ? Optional.of(bytes) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static byte tag(ByteBuffer der) {
        if (!der.hasRemaining()) {
            throw new IllegalArgumentException("the key ends in the middle");
        }
        return der.get();
    }

    /// The value of the element whose tag was read; the buffer stands behind it.
    private static ByteBuffer value(ByteBuffer der) {
        int length = tag(der) & 0xff;
        if (length >= 0x80) {
            int octets = length & 0x7f;
            length = 0;
            if (octets > 3) {
                throw new IllegalArgumentException("the key has an element of more than 16 MiB");
            }
            for (int i = 0; i < octets; i++) {
                length = (length << 8) | (tag(der) & 0xff);
            }
        }
        if (length > der.remaining()) {
            throw new IllegalArgumentException("the key ends in the middle");
        }
        var value = der.slice(der.position(), length);
        der.position(der.position() + length);
        return value;
    }

    private static byte[] element(byte tag, byte[] value) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length < 0x80) {
            out.write(value.length);
        } else {
            var length = ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array();
            int first = 0;
            while (length[first] == 0) {
                first++;
            }
            out.write(0x80 | (Integer.BYTES - first));
            out.writeBytes(Arrays.copyOfRange(length, first, Integer.BYTES));
        }
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
