package dev.plimsoll.image.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key with a certificate that signs itself, made by the JDK's keytool.
final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path store;

    private TestCertificates(Path store) {
        this.store = store;
    }

    /// @param names as keytool writes them: `ip:127.0.0.1`, `dns:localhost`
    static TestCertificates make(Path folder, String alias, String names, String... more) throws Exception {
        var store = folder.resolve(alias + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + names,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        return new TestCertificates(store);
    }

    private KeyStore keyStore() throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /// For a server that has this certificate, and trusts clients with that of `clients`.
    SSLContext server(TestCertificates clients) throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "client",
                clients.keyStore().getCertificate(clients.keyStore().aliases().nextElement()));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    SSLContext server() throws Exception {
        return server(this);
    }

    Path store() {
        return store;
    }

    java.security.PrivateKey privateKey() throws Exception {
        var keys = keyStore();
        return (java.security.PrivateKey) keys.getKey(keys.aliases().nextElement(), PASSWORD.toCharArray());
    }

    Path certificate(Path file) throws Exception {
        var keys = keyStore();
        return pem(
                file,
                "CERTIFICATE",
                keys.getCertificate(keys.aliases().nextElement()).getEncoded());
    }

    Path key(Path file) throws Exception {
        return pem(file, "PRIVATE KEY", privateKey().getEncoded());
    }

    private static Path pem(Path file, String label, byte[] bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                        + "-----\n");
    }
}
