package dev.plimsoll.image.registry;

import dev.plimsoll.image.tls.Pem;
import dev.plimsoll.image.tls.TlsContexts;
import dev.plimsoll.image.tls.TlsContexts.ClientKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Whom connections to registries trust: Java's authorities, those of `--registry-ca` and SSL_CERT_FILE, and those of
/// the folder of the registry's name, `HOST:PORT` or `HOST`, beneath `~/.config/containers/certs.d`,
/// `/etc/containers/certs.d` or `/etc/docker/certs.d`. The first of these folders that exists counts alone: `*.crt` are
/// authorities; `NAME.cert` and `NAME.key` are what the client proves itself with.
///
/// Source: containers-certs.d(5); Docker documentation, "Verify repository client with certificates".
///
/// @param registry the one that the user named: its authorities are trusted for the stores that it redirects to as well
record Certificates(RegistryOptions options, Machine machine, String registry) {

    /// Of files in one folder.
    static final int MAX_FILES = 100;

    /// @param authority of the target, `host` or `host:port`
    /// @param verified whether the target must have a certificate of its name
    SSLContext context(String authority, boolean verified) throws IOException {
        List<X509Certificate> authorities = new ArrayList<>();
        if (verified) {
            if (options.certificateAuthorities().isPresent()) {
                authorities.addAll(
                        Pem.certificates(options.certificateAuthorities().get()));
            }
            var bundle = options.variable("SSL_CERT_FILE").map(Path::of).filter(Files::isReadable);
            if (bundle.isPresent()) {
                authorities.addAll(Pem.certificates(bundle.get()));
            }
            for (var name : isOwn(authority) ? List.of(registry) : List.of(registry, authority)) {
                for (var file : files(name, ".crt")) {
                    authorities.addAll(Pem.certificates(file));
                }
            }
        }
        var clientKey = clientKey(isOwn(authority) ? registry : authority);
        try {
            return verified ? TlsContexts.trusting(authorities, clientKey) : TlsContexts.trustingAnybody(clientKey);
        } catch (GeneralSecurityException e) {
            throw Failure.unreadable(
                    authority + ": its certificates cannot be used: " + e.getMessage(), new IOException(e));
        }
    }

    /// Docker Hub goes by another name than its host's.
    private boolean isOwn(String authority) {
        return authority.equals(Endpoint.of("https", registry).authority());
    }

    /// Whether somebody made a folder of certificates for the registry, and so expects TLS of it.
    boolean areGiven() {
        return folder(registry).isPresent();
    }

    private Optional<ClientKey> clientKey(String authority) throws IOException {
        for (var certificate : files(authority, ".cert")) {
            var name = certificate.getFileName().toString();
            var key = certificate.resolveSibling(name.substring(0, name.length() - ".cert".length()) + ".key");
            if (!Files.isRegularFile(key)) {
                throw Failure.unreadable(certificate + ": beside it there is no " + key.getFileName());
            }
            return Optional.of(new ClientKey(Pem.privateKey(key), Pem.certificates(certificate)));
        }
        return Optional.empty();
    }

    private Optional<Path> folder(String authority) {
        for (var name : List.of(authority, Endpoint.host(authority))) {
            for (var above : List.of(
                    options.containersConfiguration().resolve("certs.d"),
                    machine.etc().resolve("containers/certs.d"),
                    machine.etc().resolve("docker/certs.d"))) {
                var folder = above.resolve(name);
                if (Files.isDirectory(folder)) {
                    return Optional.of(folder);
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> files(String authority, String ending) throws IOException {
        var folder = folder(authority);
        if (folder.isEmpty()) {
            return List.of();
        }
        try (var files = Files.list(folder.get())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .limit(MAX_FILES)
                    .toList();
        }
    }
}
