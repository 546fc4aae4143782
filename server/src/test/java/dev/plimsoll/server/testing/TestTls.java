package dev.plimsoll.server.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key with a certificate that signs itself, made by the JDK's keytool, and a side that trusts it
/// alone.
public final class TestTls {

    private static final String PASSWORD = "changeit";

    private final Path store;

    private TestTls(Path store) {
        this.store = store;
    }

    /// @param names as keytool writes them: `ip:127.0.0.1`, `dns:localhost`
    public static TestTls make(Path folder, String names) throws IOException, InterruptedException {
        var store = folder.resolve("own" + names.hashCode() + ".p12");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-dname",
                "CN=own",
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        return new TestTls(store);
    }

    public SSLContext server() throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /// Trusts this certificate and no other.
    public SSLContext client() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", keyStore().getCertificate("own"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// Writes the certificate for programs that are not Java.
    public Path certificate(Path file) throws GeneralSecurityException, IOException {
        return pem(file, "CERTIFICATE", keyStore().getCertificate("own").getEncoded());
    }

    /// Writes the key for programs that are not Java.
    public Path key(Path file) throws GeneralSecurityException, IOException {
        return pem(
                file,
                "PRIVATE KEY",
                keyStore().getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private static Path pem(Path file, String label, byte[] bytes) throws IOException {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + encoded + "\n-----END " + label + "-----\n");
    }

    private KeyStore keyStore() throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
