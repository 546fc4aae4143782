package dev.plimsoll.image.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// An answer of HTTP/1.1 as engines give it. Stricter than the specification allows a client to be: a body must
/// tell its length or come in chunks, so that a broken connection is never taken for its end.
///
/// Source: RFC 9112, sections 4 to 7.
///
/// @param headers by their name in lower case; of several with one name the values are joined with commas
/// @param body ends where the answer ends
record HttpAnswer(int status, Map<String, String> headers, InputStream body) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /// Reads the head of an answer.
    ///
    /// @param input from which single bytes are cheap to read
    /// @param headerBytes most bytes of all lines that are not body
    /// @throws ProtocolException when it is none, or over the limit
    static HttpAnswer read(InputStream input, int headerBytes) throws IOException {
        var lines = new HttpLines(input, headerBytes);
        var matcher = STATUS.matcher(lines.next());
        if (!matcher.matches()) {
            throw new ProtocolException("does not answer in HTTP/1.1");
        }
        var status = Integer.parseInt(matcher.group(1));
        Map<String, String> headers = new HashMap<>();
        for (var line = lines.next(); !line.isEmpty(); line = lines.next()) {
            var colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw new ProtocolException("answers with a header that is none");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return new HttpAnswer(status, headers, body(status, headers, input, lines));
    }

    private static InputStream body(int status, Map<String, String> headers, InputStream input, HttpLines lines)
            throws ProtocolException {
        if (status < 200) {
            throw new ProtocolException("answers with the status " + status + " that nobody asked for");
        }
        var encoding = headers.getOrDefault("content-encoding", "identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new ProtocolException("packs its answer, which nobody asked for");
        }
        var length = headers.get("content-length");
        var transfer = headers.get("transfer-encoding");
        if (transfer != null && length == null && transfer.equalsIgnoreCase("chunked")) {
            return new ChunkedBody(input, lines);
        }
        if (transfer != null) {
            throw new ProtocolException("answers in another coding than chunks, or tells two lengths");
        }
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (length == null || !LENGTH.matcher(length).matches()) {
            throw new ProtocolException("does not tell the length of its answer");
        }
        return new LengthBody(input, Long.parseLong(length));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Without parameters, in lower case; empty where there is none.
    String mediaType() {
        var type = headers.getOrDefault("content-type", "");
        var semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /// Lines that end with CR LF, within one limit for all of them.
    static final class HttpLines {

        private final InputStream input;
        private final int limit;
        private int left;

        HttpLines(InputStream input, int limit) {
            this.input = input;
            this.limit = limit;
            this.left = limit;
        }

        /// The next line without its end; bytes above 127 are ISO 8859-1.
        String next() throws IOException {
            var line = new StringBuilder();
            while (true) {
                var b = input.read();
                if (b < 0) {
                    throw new ProtocolException("closed the connection within its answer");
                }
                if (left-- == 0) {
                    throw new ProtocolException("answers with headers of more than " + limit + " bytes");
                }
                if (b == '\n') {
                    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                        throw new ProtocolException("answers with a line that ends without a carriage return");
                    }
                    line.setLength(line.length() - 1);
                    if (line.indexOf("\r") >= 0 || line.indexOf("\0") >= 0) {
                        throw new ProtocolException("answers with a control character in a header");
                    }
                    return line.toString();
                }
                line.append((char) b);
            }
        }

        /// The lines of chunks are many in a long body: each has the limit for itself.
        String nextOfChunk() throws IOException {
            left = Math.min(limit, ChunkedBody.MAX_LINE);
            return next();
        }
    }

    /// What is shown of a foreign text.
    static String shown(byte[] text) {
        var shown = new String(text, StandardCharsets.UTF_8).strip();
        return shown.length() > 300 ? shown.substring(0, 300) + "…" : shown;
    }
}
