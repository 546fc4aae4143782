package dev.plimsoll.inventory.lines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads lines of UTF-8 text that end with `\n` or `\r\n`. A line over the limit is passed over and said; the next one
/// follows. Not safe for several threads.
public final class LineReader {

    /// In bytes, of one text; a database of packages has a few megabytes. A sparse file of any size takes a few hundred
    /// bytes of a layer.
    public static final long MAX_TEXT = 256L << 20;

    private final InputStream in;
    private final int mostBytes;
    private final byte[] buffer = new byte[1 << 13];
    private int position;
    private int filled;
    private byte[] line = new byte[256];
    private int length;
    private int number;
    private long read;

    /// @param mostBytes the longest line
    public LineReader(InputStream in, int mostBytes) {
        this.in = in;
        this.mostBytes = mostBytes;
    }

    /// What comes next.
    public sealed interface Line {
        /// A line without its end.
        ///
        /// @param number counted from 1
        record Text(int number, String text) implements Line {}

        /// A line that is longer than the limit.
        record TooLong(int number) implements Line {}

        /// There are no more.
        record End() implements Line {}
    }

    /// @throws IOException when the stream fails, or the text is over {@link #MAX_TEXT}
    public Line next() throws IOException {
        length = 0;
        number++;
        var tooLong = false;
        while (true) {
            if (position == filled) {
                filled = in.read(buffer, 0, buffer.length);
                position = 0;
                read += Math.max(filled, 0);
                if (read > MAX_TEXT) {
                    throw new IOException(
                            "the text is over the limit of " + MAX_TEXT + " bytes; the rest was not read");
                }
                if (filled <= 0) {
                    filled = 0;
                    if (tooLong) {
                        return new Line.TooLong(number);
                    }
                    return length == 0 ? new Line.End() : text();
                }
            }
            var end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            if (length + end - position > mostBytes) {
                tooLong = true;
            }
            if (!tooLong) {
                append(end);
            }
            position = end;
            if (end < filled) {
                position++;
                return tooLong ? new Line.TooLong(number) : text();
            }
        }
    }

    private void append(int end) {
        var count = end - position;
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(buffer, position, line, length, count);
        length += count;
    }

    private Line text() {
        var count = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new Line.Text(number, new String(line, 0, count, StandardCharsets.UTF_8));
    }
}
