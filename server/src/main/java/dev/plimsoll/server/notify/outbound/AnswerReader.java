package dev.plimsoll.server.notify.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the answer to one request, of which nothing is believed: every part has a limit.
///
/// Source: RFC 9112, sections 4 (status line), 5 (fields), 6.3 (length of the body), 7.1 (chunks).
final class AnswerReader {

    /// Of the status line and the fields together, in bytes.
    static final int MOST_HEAD = 32 << 10;
    /// Of answers that only announce another one (100, 103).
    private static final int MOST_INTERIM = 5;
    /// Of a line that gives the length of a chunk, in bytes.
    private static final int MOST_CHUNK_LINE = 256;

    private final InputStream in;
    private final int mostBody;
    private int headLeft;

    /// @param mostBody in bytes; what is longer is cut there
    AnswerReader(InputStream in, int mostBody) {
        this.in = in;
        this.mostBody = mostBody;
    }

    /// An answer as it came.
    ///
    /// @param headers by names in lower case; of several of a name the first
    /// @param cut whether the body went on
    record Read(int status, Map<String, String> headers, String body, boolean cut) {}

    /// @throws IOException where it is no HTTP, or ends before its end
    Read read() throws IOException {
        for (int i = 0; i <= MOST_INTERIM; i++) {
            headLeft = MOST_HEAD;
            int status = status(line());
            var headers = headers();
            if (status >= 200) {
                return body(status, headers);
            }
            if (status == 101) {
                throw new IOException("the answer changes the protocol, which nobody asked for");
            }
        }
        throw new IOException("the answer announces others without end");
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
            throw new IOException("the answer is no HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    /// One line of the head, without its end.
    private String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException(
                        headLeft == MOST_HEAD && bytes.size() == 0
                                ? "the connection was closed without an answer"
                                : "the answer ended in its head");
            }
            bytes.write(read);
            if (bytes.size() >= headLeft) {
                throw new IOException("the answer's head is over " + MOST_HEAD + " bytes");
            }
        }
        headLeft -= bytes.size() + 1;
        var text = bytes.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private Read body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new Read(status, headers, "", false);
        }
        var body = new ByteArrayOutputStream();
        boolean whole;
        var coding = headers.get("transfer-encoding");
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new IOException("the answer has a coding that was not asked for");
            }
            whole = chunks(body);
        } else {
            whole = plain(body, length(headers.get("content-length")));
        }
        return new Read(status, headers, body.toString(StandardCharsets.UTF_8), !whole);
    }

    /// @return -1: up to the end of the connection
    private static long length(@Nullable String text) throws IOException {
        if (text == null) {
            return -1;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new IOException("the length of the answer is no number");
        }
        return Long.parseLong(text);
    }

    private boolean plain(ByteArrayOutputStream body, long length) throws IOException {
        long wanted = length < 0 ? mostBody + 1L : Math.min(length, mostBody);
        var bytes = in.readNBytes((int) wanted);
        if (length >= 0 && bytes.length < wanted) {
            throw new IOException("the answer ended in its body");
        }
        body.write(bytes, 0, Math.min(bytes.length, mostBody));
        return length < 0 ? bytes.length <= mostBody : length <= mostBody;
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            headLeft = MOST_CHUNK_LINE;
            var line = line();
            int end = line.indexOf(';');
            var digits = (end < 0 ? line : line.substring(0, end)).strip();
            if (!digits.matches("[0-9a-fA-F]{1,15}")) {
                throw new IOException("a chunk of the answer has no length");
            }
            long length = Long.parseLong(digits, 16);
            if (length == 0) {
                return true; // the trailer is of no interest, and the connection ends with the answer
            }
            int room = mostBody - body.size();
            var bytes = in.readNBytes((int) Math.min(length, room));
            body.write(bytes, 0, bytes.length);
            if (length > room) {
                return false;
            }
            if (bytes.length < length) {
                throw new IOException("the answer ended in its body");
            }
            headLeft = MOST_CHUNK_LINE;
            if (!line().isEmpty()) {
                throw new IOException("a chunk of the answer is longer than its length");
            }
        }
    }
}
