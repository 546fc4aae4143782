package dev.plimsoll.image.registry;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The bytes of a blob, as many as its manifest says. Where the connection breaks, the rest is asked for; the digest is
/// computed by who reads, over all bytes. Used by one thread.
///
/// Source: Distribution Specification 1.1, "Pulling blobs"; RFC 9110, section 14 (ranges).
final class BlobStream extends BulkInputStream {

    /// Of one blob; a source that breaks more often is not to be relied on.
    static final int MAX_RESUMES = 30;
    /// In a row without a byte between them.
    static final int MAX_FRUITLESS = 3;

    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    private final Session session;
    private final String repository;
    private final Digest digest;
    private final long size;
    private final String where;
    private final Machine machine;
    private @Nullable Answer answer;
    private long position;
    private long resumedAt = -1;
    private int resumes;
    private int fruitless;
    private boolean wasSlow;

    private BlobStream(Session session, String repository, Digest digest, long size, String where, Machine machine) {
        this.session = session;
        this.repository = repository;
        this.digest = digest;
        this.size = size;
        this.where = where;
        this.machine = machine;
    }

    /// Asks for the blob; its bytes come when they are read.
    ///
    /// @param where names the image in messages
    static BlobStream open(Session session, String repository, Digest digest, long size, String where, Machine machine)
            throws IOException {
        var stream = new BlobStream(session, repository, digest, size, where, machine);
        stream.answer = stream.ask(0);
        return stream;
    }

    private Answer ask(long from) throws IOException {
        var headers = from == 0 ? Map.<String, String>of() : Map.of("Range", "bytes=" + from + "-");
        Answer got;
        try {
            got = session.get(
                    repository,
                    "/v2/" + repository + "/blobs/" + digest,
                    headers,
                    RegistryClient.pullScope(repository));
        } catch (IOException e) {
            throw Failure.at(where + ": blob " + digest, e);
        }
        var complaint = from == 0 ? complaintOfAll(got) : complaintOfRest(got, from);
        if (complaint != null) {
            got.close();
            throw failed(complaint);
        }
        return got;
    }

    private @Nullable String complaintOfAll(Answer got) {
        if (got.status() != 200) {
            var host = Endpoint.of(got.uri()).authority();
            return switch (got.status()) {
                case 404 -> "is not in the registry" + ErrorBody.of(got).inBrackets();
                case 401, 403 -> host + " does not give it (status " + got.status() + ")";
                default ->
                    host + " answers with status " + got.status()
                            + ErrorBody.of(got).inBrackets();
            };
        }
        var length = got.headers().firstValueAsLong("Content-Length");
        if (length.isPresent() && length.getAsLong() != size) {
            return "has " + length.getAsLong() + " bytes where its manifest says " + size;
        }
        return got.header("Content-Encoding")
                        .filter(coding -> !coding.equals("identity"))
                        .isPresent()
                ? "comes in another coding (Content-Encoding), though none was asked for"
                : null;
    }

    private @Nullable String complaintOfRest(Answer got, long from) {
        if (got.status() != 206) {
            return "broke off after " + from + " of " + size + " bytes, and the rest is not to be had (status "
                    + got.status() + " where 206 is expected)";
        }
        var range = RANGE.matcher(got.header("Content-Range").orElse(""));
        var fits = range.matches()
                && Long.parseLong(range.group(1)) == from
                && (range.group(3).equals("*") || Long.parseLong(range.group(3)) == size);
        return fits
                ? null
                : "broke off after " + from + " of " + size + " bytes, and another part came than was asked for";
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (answer != null) {
            IOException broken = null;
            try {
                var count = answer.body().read(target, offset, length);
                if (count > 0) {
                    position += count;
                    if (position > size) {
                        throw failed("is longer than the " + size + " bytes that its manifest says");
                    }
                    return count;
                }
            } catch (ImageException e) {
                throw Failure.at(where + ": blob " + digest, e);
            } catch (IOException e) {
                broken = e;
            }
            end(answer);
            if (position < size) {
                resume(broken);
            }
        }
        return -1;
    }

    private void end(Answer ended) {
        ended.close();
        answer = null;
    }

    private void resume(@Nullable IOException broken) throws IOException {
        if (broken instanceof BodyStream.TooSlowException slow) {
            if (wasSlow) {
                throw failed("comes too slowly, for the second time: " + slow.getMessage());
            }
            wasSlow = true;
        }
        fruitless = position == resumedAt ? fruitless + 1 : 0;
        resumedAt = position;
        if (++resumes > MAX_RESUMES || fruitless >= MAX_FRUITLESS) {
            throw failed("broke off " + resumes + " times, at last after " + position + " of " + size + " bytes");
        }
        if (fruitless > 0) {
            Requests.pause(machine, Backoff.after(fruitless));
        }
        // what broke off at the first byte can be asked for as if nothing had been
        answer = ask(position);
    }

    private ImageException failed(String words) {
        return Failure.unreadable(where + ": blob " + digest + ": " + words);
    }

    @Override
    public void close() {
        if (answer != null) {
            end(answer);
        }
    }
}
