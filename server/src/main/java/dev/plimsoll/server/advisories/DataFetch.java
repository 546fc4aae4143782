package dev.plimsoll.server.advisories;

import dev.plimsoll.server.http.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// Fetches advisory files from addresses, files and folders, where they are newer than the last one.
final class DataFetch implements AutoCloseable {

    /// Redirections, one after the other.
    private static final int MAX_REDIRECTS = 5;

    private static final Duration CONNECTING = Duration.ofSeconds(30);

    /// Until the answer begins.
    private static final Duration ANSWERING = Duration.ofMinutes(2);

    /// For a whole file: a connection that was lost unseen gives nothing for ever, and all other places
    /// wait.
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final long limit;
    private final Duration longest;

    /// @param limit in bytes, of one file
    DataFetch(long limit) {
        this(limit, LONGEST);
    }

    /// @param longest for a whole file of an address
    DataFetch(long limit, Duration longest) {
        this.limit = limit;
        this.longest = longest;
    }

    /// A file that is newer than the last one. Closed by whoever asked for it.
    ///
    /// @param validator by which it is known next time; empty where the place tells none
    record Fetched(InputStream content, Optional<String> validator) {}

    /// @return empty where there is nothing newer
    /// @throws IOException with a sentence that names the place and what to do
    Optional<Fetched> fetch(DataSource source) throws IOException {
        return source.isAddress()
                ? fetch(source.address(), source.validator())
                : fetch(source.path(), source.validator());
    }

    private Optional<Fetched> fetch(Path place, Optional<String> validator) throws IOException {
        var file = Files.isDirectory(place) ? newest(place) : place;
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file + " with advisory data; put one there");
        }
        var now = "file " + file.getFileName() + " " + Files.size(file) + " "
                + Files.getLastModifiedTime(file).toInstant();
        return validator.equals(Optional.of(now))
                ? Optional.empty()
                : Optional.of(new Fetched(new Limited(Files.newInputStream(file)), Optional.of(now)));
    }

    private static Path newest(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".db"))
                    .filter(Files::isRegularFile)
                    .max(Comparator.<Path, java.nio.file.attribute.FileTime>comparing(file -> {
                                try {
                                    return Files.getLastModifiedTime(file);
                                } catch (IOException e) {
                                    return java.nio.file.attribute.FileTime.fromMillis(0);
                                }
                            })
                            .thenComparing(Comparator.naturalOrder()))
                    .orElseThrow(() -> new IOException("the folder " + folder + " holds no file *.db"));
        }
    }

    private Optional<Fetched> fetch(URI address, Optional<String> validator) throws IOException {
        var at = address;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            var request =
                    HttpRequest.newBuilder(at).timeout(ANSWERING).header("accept", "application/octet-stream, */*");
            validator
                    .filter(text -> text.startsWith("etag "))
                    .ifPresent(text -> request.header("if-none-match", text.substring("etag ".length())));
            validator
                    .filter(text -> text.startsWith("date "))
                    .ifPresent(text -> request.header("if-modified-since", text.substring("date ".length())));
            var answer = send(request.build());
            int status = answer.statusCode();
            if (status == 200) {
                return Optional.of(new Fetched(new Limited(Timed.of(answer.body(), at, longest)), validator(answer)));
            }
            answer.body().close();
            if (status == 304) {
                return Optional.empty();
            }
            if (status < 300 || status > 399) {
                throw new IOException(at + " answers " + status + "; check the address and what it allows");
            }
            at = redirected(at, answer);
        }
        throw new IOException(
                address + " leads through more than " + MAX_REDIRECTS + " redirections; name the last one");
    }

    private static URI redirected(URI from, HttpResponse<InputStream> answer) throws IOException {
        var location = answer.headers().firstValue("location");
        try {
            var to = from.resolve(location.orElse(""));
            if (location.isPresent()
                    && (to.getScheme().equals("https")
                            || (to.getScheme().equals("http")
                                    && from.getScheme().equals("http")))) {
                return to;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new IOException(from + " leads to '" + location.orElse("") + "', where nothing is fetched from");
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException(request.uri() + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("fetching " + request.uri() + " was interrupted", e);
        }
    }

    private static Optional<String> validator(HttpResponse<InputStream> answer) {
        return answer.headers()
                .firstValue("etag")
                .map(text -> "etag " + text)
                .or(() -> answer.headers().firstValue("last-modified").map(text -> "date " + text));
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// An answer that must come to its end in time.
    private static final class Timed extends FilterInputStream {
        private final Thread watch;
        private final String reason;
        private volatile boolean late;

        private Timed(InputStream in, URI address, Duration longest) {
            super(in);
            this.reason = address + " did not give all of its file within " + longest.toSeconds()
                    + " seconds; it is asked again later";
            this.watch = Thread.ofVirtual().name("data-fetch").unstarted(() -> end(longest));
        }

        static Timed of(InputStream in, URI address, Duration longest) {
            var timed = new Timed(in, address, longest);
            timed.watch.start();
            return timed;
        }

        private void end(Duration longest) {
            try {
                Thread.sleep(longest);
                late = true;
                in.close();
            } catch (InterruptedException | IOException _) {
                // it came to its end in time, or has come to it now
            }
        }

        @Override
        public int read() throws IOException {
            return told(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return told(() -> in.read(bytes, offset, length));
        }

        private interface Reading {
            int read() throws IOException;
        }

        private int told(Reading reading) throws IOException {
            int read;
            try {
                read = reading.read();
            } catch (IOException e) {
                throw late ? new IOException(reason, e) : e;
            }
            if (late) {
                throw new IOException(reason);
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            watch.interrupt();
            super.close();
        }
    }

    /// A file that may not be longer than the limit.
    private final class Limited extends FilterInputStream {
        private long left = limit;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw ProblemException.tooLarge(limit);
            }
        }
    }
}
