package dev.plimsoll.image.daemon;

import dev.plimsoll.image.BulkInputStream;
import dev.plimsoll.image.daemon.HttpAnswer.HttpLines;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Pattern;

/// A body that comes in chunks. It ends with the chunk of length 0 only: a connection that closes before breaks
/// it.
///
/// Source: RFC 9112, section 7.1.
final class ChunkedBody extends BulkInputStream {

    /// In bytes, of a chunk's length with its extensions, and of a trailer.
    static final int MAX_LINE = 4096;
    /// A server that sends more of them hides something.
    static final int MAX_TRAILERS = 100;

    private static final Pattern LENGTH = Pattern.compile("([0-9A-Fa-f]{1,15})[ \\t]*(?:;.*)?");

    private final InputStream input;
    private final HttpLines lines;
    private long left;
    private boolean inside;
    private boolean ended;

    ChunkedBody(InputStream input, HttpLines lines) {
        this.input = input;
        this.lines = lines;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        var count = input.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new ProtocolException("closed the connection within a chunk of its answer");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (ended) {
            return;
        }
        if (inside && !lines.nextOfChunk().isEmpty()) {
            throw new ProtocolException("answers with a chunk that is longer than it says");
        }
        var matcher = LENGTH.matcher(lines.nextOfChunk());
        if (!matcher.matches()) {
            throw new ProtocolException("answers with a chunk without a length");
        }
        left = Long.parseLong(matcher.group(1), 16);
        inside = true;
        if (left == 0) {
            skipTrailers();
            ended = true;
        }
    }

    private void skipTrailers() throws IOException {
        for (var count = 0; !lines.nextOfChunk().isEmpty(); count++) {
            if (count == MAX_TRAILERS) {
                throw new ProtocolException("answers with more than " + MAX_TRAILERS + " trailers");
            }
        }
    }
}
