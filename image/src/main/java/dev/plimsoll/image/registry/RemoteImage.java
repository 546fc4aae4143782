package dev.plimsoll.image.registry;

import dev.plimsoll.image.Connection;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// An image that was found in a registry or in one of its mirrors: all that belongs to it comes from there. Safe for
/// threads.
public final class RemoteImage {

    private final Reference reference;
    private final Source source;
    private final Session session;
    private final Machine machine;
    private final RemoteManifest root;

    RemoteImage(Reference reference, Source source, Session session, Machine machine, RemoteManifest root) {
        this.reference = reference;
        this.source = source;
        this.session = session;
        this.machine = machine;
        this.root = root;
    }

    /// As the user named it.
    public Reference reference() {
        return reference;
    }

    /// The registry or mirror that gives it, as references name it.
    public String registry() {
        return source.reference().registry();
    }

    /// How it is asked; where that sends us elsewhere for a blob does not count.
    ///
    /// @throws IOException when it does not answer
    public Connection connection() throws IOException {
        return session.connection();
    }

    /// The manifest or index that the reference stands for.
    public RemoteManifest root() {
        return root;
    }

    /// Another manifest of the same repository, verified.
    ///
    /// @param mostBytes a longer one is refused
    /// @return empty where the registry has none of that digest
    /// @throws ImageException when it cannot be had, or has another digest
    public Optional<RemoteManifest> manifest(Digest digest, int mostBytes) throws IOException {
        return digest.equals(root.digest())
                ? Optional.of(root)
                : Manifests.find(session, source.reference().at(digest), reference.toString(), mostBytes);
    }

    /// A blob as a stream: bytes come from the network while they are read, and a broken connection is taken up where
    /// it broke. Neither more nor fewer than `size` bytes come; their digest is not verified here.
    ///
    /// @throws ImageException when it is not there, or has another size
    public InputStream blob(Digest digest, long size) throws IOException {
        return BlobStream.open(session, source.reference().repository(), digest, size, reference.toString(), machine);
    }
}
