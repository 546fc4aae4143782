package dev.plimsoll.image.registry;

import dev.plimsoll.image.Digest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Asks for manifests and indexes.
///
/// Source: Distribution Specification 1.1, "Pulling manifests".
final class Manifests {

    private static final String ACCEPT = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");
    private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";

    private Manifests() {}

    /// @param where names the image in messages
    /// @return empty where the registry has none
    static Optional<RemoteManifest> find(Session session, Reference reference, String where, int mostBytes)
            throws IOException {
        var path = "/v2/" + reference.repository() + "/manifests/" + reference.manifest();
        try (var answer = session.get(
                reference.repository(),
                path,
                Map.of("Accept", ACCEPT),
                RegistryClient.pullScope(reference.repository()))) {
            if (answer.status() == 404) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw RegistryClient.failed(session, answer, reference.repository(), where);
            }
            if (answer.mediaType().startsWith(SCHEMA_1)) {
                throw Failure.unreadable(where + ": the registry has it as schema 1, a form that was given up in 2017;"
                        + " push it again with a current tool");
            }
            return Optional.of(read(answer, reference, where, mostBytes));
        } catch (IOException e) {
            throw Failure.at(where, e);
        }
    }

    private static RemoteManifest read(Answer answer, Reference reference, String where, int mostBytes)
            throws IOException {
        var what = where + ": manifest " + reference.manifest();
        var bytes = answer.bytes(mostBytes)
                .orElseThrow(() -> Failure.unreadable(
                        what + " has more bytes than the limit of " + mostBytes + " (--max-manifest-bytes)"));
        var stated = answer.header("Docker-Content-Digest").flatMap(Digest::parse);
        var digest = digest(bytes, reference.digest().map(Digest::algorithm).orElse("sha256"));
        if (reference.digest().isPresent() && !reference.digest().get().equals(digest)) {
            throw Failure.unreadable(what + " has digest " + digest + " where "
                    + reference.digest().get() + " is expected");
        }
        if (stated.isPresent()
                && !stated.get().equals(digest(bytes, stated.get().algorithm()))) {
            throw Failure.unreadable(what + " has digest " + digest + " where the registry states " + stated.get());
        }
        return new RemoteManifest(bytes, answer.mediaType(), digest);
    }

    private static Digest digest(byte[] bytes, String algorithm) {
        try {
            var hash = MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
            return new Digest(algorithm, HexFormat.of().formatHex(hash.digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256 and SHA-512", e);
        }
    }
}
