package dev.plimsoll.server.objects;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects named by the digest of their contents, `sha256:…`: never changed, so nothing that is there
/// is written again. They lie compressed; that is nobody else's business. Safe for several threads and
/// several services at once.
///
/// Methods throw {@link ObjectStoreException} where the store cannot be reached, is full, or holds
/// something else than its name says.
public interface ObjectStore extends AutoCloseable {

    /// Writes one whole object; when this returns, it lasts. What fails leaves nothing behind that has
    /// a name.
    ///
    /// @return its digest
    String put(Content content) throws IOException;

    /// What an object is made of. May be asked once only.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// The contents, held against the digest while they are read: the end of a wrong one throws.
    ///
    /// @return empty where there is no such object
    Optional<InputStream> read(String digest) throws IOException;

    boolean has(String digest) throws IOException;

    /// The contents as a file, for readers that need one; kept in a cache of this machine, verified.
    /// The cache is bounded: open the file at once, and ask again the next time.
    ///
    /// @throws ObjectStoreException where there is no such object
    Path file(String digest) throws IOException;

    /// Forgets an object; one that is not there is no error.
    void delete(String digest) throws IOException;

    /// When an object was last put, by the clock of the store, whether it was there before or not: one
    /// that nobody names but that was just put may be named soon.
    ///
    /// @return empty where there is no such object, and where the store does not know
    default Optional<Instant> lastPut(String digest) throws IOException {
        return Optional.empty();
    }

    /// The digests of all objects, in no order. Closed by the caller. Where the store fails on the way,
    /// an {@link java.io.UncheckedIOException} carries that out.
    Stream<String> all() throws IOException;

    @Override
    void close() throws IOException;
}
