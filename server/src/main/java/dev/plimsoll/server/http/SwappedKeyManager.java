package dev.plimsoll.server.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Gives one certificate with its key, which may be swapped while connections are made: one that chose
/// the former is served with the former to its end.
final class SwappedKeyManager extends X509ExtendedKeyManager {

    private final AtomicLong count = new AtomicLong();
    private volatile @Nullable Named current;
    private volatile @Nullable Named former;

    /// @param chain the certificate of the key first
    record Identity(PrivateKey key, List<X509Certificate> chain) {
        Identity {
            chain = List.copyOf(chain);
        }

        @Override
        public String toString() {
            return chain.getFirst().getSubjectX500Principal().toString();
        }
    }

    private record Named(String alias, Identity identity) {}

    void take(Identity identity) {
        former = current;
        current = new Named("identity" + count.incrementAndGet(), identity);
    }

    Identity current() {
        return Objects.requireNonNull(current).identity;
    }

    private @Nullable String choose(String keyType) {
        var now = current;
        return now != null && now.identity.key.getAlgorithm().equals(keyType) ? now.alias : null;
    }

    private @Nullable Identity named(String alias) {
        var now = current;
        if (now != null && now.alias.equals(alias)) {
            return now.identity;
        }
        var before = former;
        return before != null && before.alias.equals(alias) ? before.identity : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        var alias = choose(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var identity = named(alias);
        return identity == null ? null : identity.chain.toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var identity = named(alias);
        return identity == null ? null : identity.key;
    }

    /// It is never a client.
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
