package dev.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SwappedKeyManagerTest {

    private static PrivateKey key(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    }

    /// A connection chooses first and asks for the key later: the swap may come in between.
    @Test
    void servesWhoChoseTheFormerWithTheFormer() throws Exception {
        var manager = new SwappedKeyManager();
        assertThat(manager.chooseServerAlias("EC", null, null)).isNull();
        var first = key("EC");
        manager.take(new SwappedKeyManager.Identity(first, List.of()));
        var chosen = Objects.requireNonNull(manager.chooseEngineServerAlias("EC", null, null));
        manager.take(new SwappedKeyManager.Identity(key("Ed25519"), List.of()));
        assertThat(manager.getPrivateKey(chosen)).isSameAs(first);
        assertThat(manager.getCertificateChain(chosen)).isEmpty();
        assertThat(manager.chooseEngineServerAlias("EC", null, null)).isNull();
        assertThat(manager.getServerAliases("EdDSA", null)).hasSize(1).doesNotContain(chosen);
        manager.take(new SwappedKeyManager.Identity(key("EC"), List.of()));
        assertThat(manager.getPrivateKey(chosen)).isNull();
    }
}
