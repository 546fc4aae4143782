package dev.plimsoll.image.storage;

import dev.plimsoll.image.storage.TarSplit.Piece;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Reads a line of tar-split in the one form in which nearly all of them are written, without a JSON reader: a large
/// image has half a million lines, and most of the time went into them. What has any other form is left to that
/// reader.
final class PlainLine {

    private static final byte[] SEGMENT = bytes("{\"type\":2,\"payload\":\"");
    private static final byte[] FILE = bytes("{\"type\":1,\"name\":\"");
    private static final byte[] SIZE = bytes(",\"size\":");
    private static final byte[] CHECK_SUM = bytes(",\"payload\":\"");
    private static final byte[] NO_CHECK_SUM = bytes(",\"payload\":null");
    private static final byte[] POSITION = bytes(",\"position\":");
    /// In digits; more could overflow.
    private static final int MAX_DIGITS = 18;

    private final byte[] line;
    private final int length;
    private int at;

    private PlainLine(byte[] line, int length) {
        this.line = line;
        this.length = length;
    }

    /// @param position that the line must state
    /// @return null for another form, or another position
    static @Nullable Piece read(byte[] line, int length, long position) {
        return new PlainLine(line, length).piece(position);
    }

    private @Nullable Piece piece(long position) {
        if (skip(SEGMENT)) {
            var payload = text();
            return payload != null && end(position) ? segment(payload) : null;
        }
        if (!skip(FILE)) {
            return null;
        }
        var name = text();
        var size = skip(SIZE) ? number() : 0;
        var checked = skip(CHECK_SUM) ? text() != null : skip(NO_CHECK_SUM);
        return name != null && size >= 0 && checked && end(position) ? new Piece.Content(name, size) : null;
    }

    private static @Nullable Piece segment(byte[] payload) {
        try {
            return new Piece.Segment(Base64.getDecoder().decode(payload));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private boolean skip(byte[] expected) {
        if (length - at < expected.length
                || !Arrays.equals(line, at, at + expected.length, expected, 0, expected.length)) {
            return false;
        }
        at += expected.length;
        return true;
    }

    /// Printable ASCII without escapes, up to the quote.
    private byte @Nullable [] text() {
        var start = at;
        while (at < length && line[at] >= ' ' && line[at] < 0x7f && line[at] != '"' && line[at] != '\\') {
            at++;
        }
        if (at == length || line[at] != '"') {
            return null;
        }
        return Arrays.copyOfRange(line, start, at++);
    }

    /// A number without sign, fraction and leading zeros; -1 where there is none.
    private long number() {
        var start = at;
        long number = 0;
        while (at < length && line[at] >= '0' && line[at] <= '9' && at - start < MAX_DIGITS) {
            number = number * 10 + (line[at++] - '0');
        }
        return at == start || (line[start] == '0' && at - start > 1) ? -1 : number;
    }

    private boolean end(long position) {
        return skip(POSITION) && number() == position && at == length - 1 && line[at] == '}';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
