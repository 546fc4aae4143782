package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// What a TLS connection to a daemon rests on: a folder with `ca.pem`, `cert.pem` and `key.pem`, each of which
/// may be missing.
///
/// Source: Docker documentation, "Protect the Docker daemon socket".
///
/// @param folder holds them
/// @param verify whether the daemon must show a certificate of its name that the authority signed
public record TlsFiles(Path folder, boolean verify) {

    /// A password that hides nothing: the store lives in memory.
    private static final char[] NO_PASSWORD = new char[0];

    /// @throws ImageException when a file cannot be read as what it should be
    SSLContext context() throws ImageException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ImageException(
                    Kind.UNREADABLE, folder + ": ca.pem, cert.pem and key.pem do not fit: " + e.getMessage(), e);
        }
    }

    private KeyManager @Nullable [] keys() throws ImageException, GeneralSecurityException {
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        if (!Files.exists(certificate) && !Files.exists(key)) {
            return null;
        }
        var store = emptyStore();
        store.setKeyEntry(
                "client",
                Pem.privateKey(key),
                NO_PASSWORD,
                Pem.certificates(certificate).toArray(X509Certificate[]::new));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trust() throws ImageException, GeneralSecurityException {
        if (!verify) {
            return new TrustManager[] {new TrustsAnybody()};
        }
        var authority = folder.resolve("ca.pem");
        if (!Files.exists(authority)) {
            return null;
        }
        var store = emptyStore();
        var number = 0;
        for (var certificate : Pem.certificates(authority)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
    }

    /// For who asked docker not to verify: DOCKER_TLS without DOCKER_TLS_VERIFY, or a context with SkipTLSVerify.
    private static final class TrustsAnybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
