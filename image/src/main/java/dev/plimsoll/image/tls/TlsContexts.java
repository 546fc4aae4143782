package dev.plimsoll.image.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Makes the contexts of TLS connections.
public final class TlsContexts {

    /// A password that hides nothing: the store lives in memory.
    private static final char[] NO_PASSWORD = new char[0];

    private TlsContexts() {}

    /// What a client proves itself with.
    ///
    /// @param chain its own certificate first
    public record ClientKey(PrivateKey key, List<X509Certificate> chain) {

        public ClientKey {
            chain = List.copyOf(chain);
        }
    }

    /// Trusts what Java trusts, and these authorities beside.
    ///
    /// @throws GeneralSecurityException when key and certificate do not fit
    public static SSLContext trusting(List<X509Certificate> authorities, Optional<ClientKey> clientKey)
            throws GeneralSecurityException {
        return context(keys(clientKey), authorities.isEmpty() ? null : trust(authorities));
    }

    /// Trusts these authorities and no others.
    ///
    /// @throws GeneralSecurityException when key and certificate do not fit
    public static SSLContext trustingOnly(List<X509Certificate> authorities, Optional<ClientKey> clientKey)
            throws GeneralSecurityException {
        var store = emptyStore();
        var number = 0;
        for (var certificate : authorities) {
            store.setCertificateEntry("given" + number++, certificate);
        }
        return context(keys(clientKey), managers(store));
    }

    /// Trusts any certificate of any name.
    public static SSLContext trustingAnybody(Optional<ClientKey> clientKey) throws GeneralSecurityException {
        return context(keys(clientKey), new TrustManager[] {new Anybody()});
    }

    /// For connections without TLS, where a client wants a context all the same: to read Java's own authorities takes
    /// a tenth of a second.
    public static SSLContext trustingNobody() throws GeneralSecurityException {
        return context(new KeyManager[0], new TrustManager[0]);
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static KeyManager @Nullable [] keys(Optional<ClientKey> clientKey) throws GeneralSecurityException {
        if (clientKey.isEmpty()) {
            return null;
        }
        var store = emptyStore();
        var chain = clientKey.get().chain().toArray(X509Certificate[]::new);
        store.setKeyEntry("client", clientKey.get().key(), NO_PASSWORD, chain);
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(List<X509Certificate> authorities) throws GeneralSecurityException {
        var store = emptyStore();
        var number = 0;
        for (var certificate : authorities) {
            store.setCertificateEntry("given" + number++, certificate);
        }
        var java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);
        for (var manager : java.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                for (var certificate : known.getAcceptedIssuers()) {
                    store.setCertificateEntry("java" + number++, certificate);
                }
            }
        }
        return managers(store);
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
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

    /// Of the extended kind, for Java looks at the name behind the back of the simple one.
    private static final class Anybody extends X509ExtendedTrustManager {

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
