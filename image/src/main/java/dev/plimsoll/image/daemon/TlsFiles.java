package dev.plimsoll.image.daemon;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.ImageException.Kind;
import dev.plimsoll.image.tls.Pem;
import dev.plimsoll.image.tls.TlsContexts;
import dev.plimsoll.image.tls.TlsContexts.ClientKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// What a TLS connection to a daemon rests on: a folder with `ca.pem`, `cert.pem` and `key.pem`, each of which
/// may be missing.
///
/// Source: Docker documentation, "Protect the Docker daemon socket".
///
/// @param folder holds them
/// @param verify whether the daemon must show a certificate of its name that the authority signed
public record TlsFiles(Path folder, boolean verify) {

    /// @throws ImageException when a file cannot be read as what it should be
    SSLContext context() throws ImageException {
        var key = clientKey();
        try {
            if (!verify) {
                // DOCKER_TLS without DOCKER_TLS_VERIFY, or a context with SkipTLSVerify
                return TlsContexts.trustingAnybody(key);
            }
            var authority = folder.resolve("ca.pem");
            return Files.exists(authority)
                    ? TlsContexts.trustingOnly(Pem.certificates(authority), key)
                    : TlsContexts.trusting(List.of(), key);
        } catch (GeneralSecurityException e) {
            throw new ImageException(
                    Kind.UNREADABLE, folder + ": ca.pem, cert.pem and key.pem do not fit: " + e.getMessage(), e);
        }
    }

    private Optional<ClientKey> clientKey() throws ImageException {
        var certificate = folder.resolve("cert.pem");
        var key = folder.resolve("key.pem");
        return Files.exists(certificate) || Files.exists(key)
                ? Optional.of(new ClientKey(Pem.privateKey(key), Pem.certificates(certificate)))
                : Optional.empty();
    }
}
