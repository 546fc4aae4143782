package dev.plimsoll.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/// TLS by two files: a chain of certificates and a private key, both in PEM. When the files change,
/// {@link #reload} takes the new ones for every connection from then on; the server goes on listening.
/// Safe for several threads.
public final class TlsFiles {

    /// In bytes, of each file: a chain has a few KB.
    static final int LARGEST = 1 << 20;

    /// Certificates of a chain.
    static final int LONGEST_CHAIN = 16;

    private final Path certificates;
    private final Path key;
    private final SwappedKeyManager manager = new SwappedKeyManager();
    private final SSLContext context;
    private byte[] lastCertificates;
    private byte[] lastKey;

    private TlsFiles(Path certificates, Path key) {
        this.certificates = certificates;
        this.key = key;
        lastCertificates = read(certificates);
        lastKey = read(key);
        manager.take(load(lastCertificates, lastKey));
        try {
            context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {manager}, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    /// @param certificates the server's first, then those between it and the authority
    /// @param key of the first certificate, without a passphrase
    /// @throws TlsFilesException where they cannot be used
    public static TlsFiles open(Path certificates, Path key) {
        return new TlsFiles(certificates, key);
    }

    /// For the listener. It always has the files' last good state.
    public SSLContext context() {
        return context;
    }

    /// When the server's certificate ends.
    public Instant end() {
        return manager.current().chain().getFirst().getNotAfter().toInstant();
    }

    /// Reads the files again. To be called every few seconds: the files are small. Contents are
    /// compared, not times, which links and copies keep.
    ///
    /// @return whether they had changed
    /// @throws TlsFilesException where they cannot be used: then what was there stays, and the next
    ///     call tries again, for one of the two may have been replaced before the other
    public synchronized boolean reload() {
        var newCertificates = read(certificates);
        var newKey = read(key);
        if (MessageDigest.isEqual(newCertificates, lastCertificates) && MessageDigest.isEqual(newKey, lastKey)) {
            return false;
        }
        manager.take(load(newCertificates, newKey));
        lastCertificates = newCertificates;
        lastKey = newKey;
        return true;
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new TlsFilesException(
                        file + " is larger than " + LARGEST + " bytes: that is no certificate and no key");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new TlsFilesException(file + " is not there; name the file that holds it, in PEM", e);
        } catch (AccessDeniedException e) {
            throw new TlsFilesException(
                    file + " may not be read by the user that the service runs as; change its owner or mode", e);
        } catch (IOException e) {
            throw new TlsFilesException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private SwappedKeyManager.Identity load(byte[] certificateBytes, byte[] keyBytes) {
        var chain = chain(new String(certificateBytes, StandardCharsets.ISO_8859_1));
        var secret = secret(new String(keyBytes, StandardCharsets.ISO_8859_1));
        if (!belong(secret, chain.getFirst().getPublicKey())) {
            for (var other : chain) {
                if (belong(secret, other.getPublicKey())) {
                    throw new TlsFilesException(certificates + " begins with the certificate of "
                            + chain.getFirst().getSubjectX500Principal() + "; the one of the key, "
                            + other.getSubjectX500Principal() + ", must come first");
                }
            }
            throw new TlsFilesException("the key in " + key + " is not that of the certificate in " + certificates
                    + " (" + chain.getFirst().getSubjectX500Principal() + "); give the two that were made together");
        }
        demandOrder(chain);
        return new SwappedKeyManager.Identity(secret, chain);
    }

    private List<X509Certificate> chain(String text) {
        var chain = new ArrayList<X509Certificate>();
        for (var block : Pem.blocks(text)) {
            if (block.label().equals("CERTIFICATE")) {
                if (chain.size() == LONGEST_CHAIN) {
                    throw new TlsFilesException(certificates + " has more than " + LONGEST_CHAIN
                            + " certificates: give the server's and those between it and the authority");
                }
                chain.add(certificate(block));
            }
        }
        if (chain.isEmpty()) {
            throw new TlsFilesException(certificates + " has no certificate (-----BEGIN CERTIFICATE-----)"
                    + (text.contains("PRIVATE KEY-----") ? ": it is the key; were the two files swapped?" : "")
                    + (text.startsWith("0") ? "; openssl x509 -inform der -in FILE turns DER into PEM" : ""));
        }
        return chain;
    }

    private X509Certificate certificate(Pem.Block block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.bytes()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new TlsFilesException(
                    certificates + " has a certificate that cannot be read; export it again in PEM", e);
        }
    }

    private PrivateKey secret(String text) {
        Optional<Pem.Block> curve = Optional.empty();
        for (var block : Pem.blocks(text)) {
            if (block.label().equals("EC PARAMETERS")) {
                curve = Optional.of(block);
            }
            if (!block.label().endsWith("PRIVATE KEY")) {
                continue;
            }
            if (block.isEncrypted()) {
                throw new TlsFilesException(
                        key + " is locked by a passphrase; openssl pkey -in FILE -out OTHER writes it without one");
            }
            return PrivateKeys.read(block, curve)
                    .orElseThrow(() -> new TlsFilesException(key + " has a key ('" + block.label()
                            + "') of a kind that is not known here or that is damaged; RSA, EC and Ed25519 are taken:"
                            + " openssl pkey -in FILE -out OTHER turns a key into PKCS #8"));
        }
        throw new TlsFilesException(key + " has no private key (-----BEGIN PRIVATE KEY-----)"
                + (text.contains("BEGIN CERTIFICATE") ? ": it is the certificate; were the two files swapped?" : ""));
    }

    /// Whoever signs must be believed.
    private static boolean belong(PrivateKey secret, PublicKey known) {
        var algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> secret.getAlgorithm();
        };
        try {
            var message = "plimsoll".getBytes(StandardCharsets.US_ASCII);
            var signer = Signature.getInstance(algorithm);
            signer.initSign(secret);
            signer.update(message);
            var signature = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(known);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            // of another algorithm
            return false;
        }
    }

    private void demandOrder(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            var issuer = chain.get(i - 1).getIssuerX500Principal();
            if (!issuer.equals(chain.get(i).getSubjectX500Principal())) {
                throw new TlsFilesException(certificates + " is out of order: after the certificate number " + i
                        + " comes that of its issuer, " + issuer + ", not "
                        + chain.get(i).getSubjectX500Principal());
            }
        }
    }
}
