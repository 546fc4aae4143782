package dev.plimsoll.server.objects;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;

/// Objects in a bucket of S3, or of what speaks like it: `PREFIXsha256/ab/ab12….zst`. Safe for several
/// threads.
public final class S3Objects implements ObjectStore {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final int BUFFER = 1 << 16;
    /// In bytes: more than that S3 does not take at once.
    private static final long LARGEST = 5L << 30;
    /// After which an object that is put again is written again, so that its age begins anew.
    private static final Duration FRESH = Duration.ofHours(12);

    private final S3Settings settings;
    private final S3Client client;
    private final Path unfinished;
    private final FileCache cache;
    private final int pageSize;

    private S3Objects(S3Settings settings, S3Client client, Path scratch, int pageSize) throws IOException {
        this.settings = settings;
        this.client = client;
        this.pageSize = pageSize;
        this.unfinished = scratch.resolve("unfinished");
        Files.createDirectories(unfinished);
        Spool.clean(unfinished);
        this.cache = new FileCache(scratch.resolve("cache"), FileCache.MOST);
    }

    /// Opens a bucket and asks for its list once, so that what is wrong with it is said at the start.
    ///
    /// @param scratch a folder of this machine alone, for what is on its way and for files that readers
    ///     need
    /// @throws ObjectStoreException where it cannot be reached or does not let us in
    public static S3Objects open(S3Settings settings, Path scratch, InstantSource clock) throws IOException {
        return open(settings, scratch, clock, FIRST_PAUSE, 1000);
    }

    static S3Objects open(S3Settings settings, Path scratch, InstantSource clock, Duration firstPause, int pageSize)
            throws IOException {
        var client = new S3Client(settings, clock, firstPause);
        try {
            client.list(settings.prefix(), 1, "");
            return new S3Objects(settings, client, scratch, pageSize);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public String put(Content content) throws IOException {
        try (var spool = Spool.write(content, unfinished)) {
            var size = Files.size(spool.file());
            if (size > LARGEST) {
                throw new ObjectStoreException(
                        "an object of " + size + " bytes is too large for " + settings + ", which takes " + LARGEST);
            }
            var key = Digests.place(spool.digest());
            if (!isFresh(client.head(key), size)) {
                client.put(key, spool.file(), spool.packedDigest());
            }
            return spool.digest();
        }
    }

    private static boolean isFresh(Optional<HttpHeaders> headers, long size) {
        var written = headers.flatMap(there -> time(there, "last-modified"));
        var now = headers.flatMap(there -> time(there, "date"));
        return written.isPresent()
                && now.isPresent()
                && headers.orElseThrow().firstValueAsLong("content-length").orElse(-1) == size
                && written.get().isAfter(now.get().minus(FRESH));
    }

    private static Optional<Instant> time(HttpHeaders headers, String name) {
        try {
            return headers.firstValue(name).map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<InputStream> read(String digest) throws IOException {
        return client.get(Digests.place(digest))
                .map(packed -> new VerifiedStream(unpack(packed), digest, settings.toString()));
    }

    private static InputStream unpack(InputStream packed) {
        try {
            return new ZstdInputStream(new BufferedInputStream(packed, BUFFER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean has(String digest) throws IOException {
        return client.head(Digests.place(digest)).isPresent();
    }

    @Override
    public Path file(String digest) throws IOException {
        return cache.file(digest, this);
    }

    @Override
    public void delete(String digest) throws IOException {
        client.delete(Digests.place(digest));
        cache.forget(digest);
    }

    @Override
    public Optional<Instant> lastPut(String digest) throws IOException {
        return client.head(Digests.place(digest)).flatMap(headers -> time(headers, "last-modified"));
    }

    @Override
    public Stream<String> all() throws IOException {
        // the first page at once: what is wrong is said here
        var first = Optional.of(page(""));
        return Stream.iterate(first, Optional::isPresent, page -> next(page.orElseThrow()))
                .flatMap(page -> page.orElseThrow().keys().stream())
                .flatMap(key -> Digests.ofFile(key.substring(key.lastIndexOf('/') + 1)).stream());
    }

    private S3Page page(String token) throws IOException {
        return client.list(settings.prefix() + "sha256/", pageSize, token);
    }

    private Optional<S3Page> next(S3Page page) {
        try {
            return page.next().isEmpty() ? Optional.empty() : Optional.of(page(page.next()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
