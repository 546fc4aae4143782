package dev.plimsoll.inventory.java;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of a zip archive as they pass by. Knows whether the stream beneath failed, which is not the archive's
/// fault, computes the archive's digest, and remembers the archive's end, so that
/// what was read can be held against the archive's own directory. Not safe for several threads.
///
/// Source: PKWARE, "APPNOTE.TXT", sections 4.3.7 (local file header) and 4.3.16 (end of central directory record).
final class ArchiveStream extends FilterInputStream {

    /// In bytes; programs that start themselves have a script before the archive.
    static final int MAX_PREFIX = 1 << 18;

    /// In bytes, of the end that is remembered: the last record, and a comment of usual length.
    static final int TAIL = 1 << 12;

    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int END_ENTRIES = 10;
    private static final int SIXTY_FOUR_BIT = 0xffff;

    private final byte[] buffer = new byte[1 << 15];
    private int position;
    private int filled;
    private byte[] tail = new byte[0];
    private long count;
    private boolean failed;
    private boolean ended;
    private final MessageDigest digest = sha1();

    ArchiveStream(InputStream in) {
        super(in);
    }

    boolean failed() {
        return failed;
    }

    /// Bytes taken from the stream beneath.
    long count() {
        return count;
    }

    /// The archive's SHA-1, by which Maven's repositories are asked for it, as `sha1:` and hexadecimal digits; empty
    /// where it was not read to its end.
    String digest() {
        return ended ? "sha1:" + HexFormat.of().formatHex(digest.digest()) : "";
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// Goes to the first entry, over a script that may stand before it. An archive without entries has none to go to,
    /// and is one all the same.
    ///
    /// @return whether this is a zip archive
    boolean skipToFirstEntry() throws IOException {
        var skipped = 0;
        while (has(4)) {
            var mark = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).getInt(position);
            if (mark == LOCAL_HEADER || (mark == END_OF_DIRECTORY && skipped == 0)) {
                return true;
            }
            position++;
            if (++skipped > MAX_PREFIX) {
                return false;
            }
        }
        return false;
    }

    /// Reads on to the end, behind which nothing follows, and says where the directory does not fit what was read.
    ///
    /// @param entries how many were read
    /// @return empty where it fits
    String problemOfDirectory(int entries) throws IOException {
        do {
            position = filled;
        } while (fill());
        for (int at = tail.length - END_LENGTH; at >= 0; at--) {
            var record = ByteBuffer.wrap(tail, at, END_LENGTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN);
            if (record.getInt(0) == END_OF_DIRECTORY) {
                var listed = record.getShort(END_ENTRIES) & 0xffff;
                return listed == SIXTY_FOUR_BIT || listed == (entries & 0xffff)
                        ? ""
                        : "the archive's directory lists " + listed + " entries, but " + entries + " could be read";
            }
        }
        return "the archive ends without its directory";
    }

    private boolean has(int bytes) throws IOException {
        if (filled - position < bytes) {
            System.arraycopy(buffer, position, buffer, 0, filled - position);
            filled -= position;
            position = 0;
            while (filled < bytes) {
                var read = take(filled);
                if (read < 0) {
                    return false;
                }
                filled += read;
            }
        }
        return true;
    }

    private boolean fill() throws IOException {
        var read = take(0);
        position = 0;
        filled = Math.max(0, read);
        return read > 0;
    }

    private int take(int at) throws IOException {
        int read;
        try {
            read = in.read(buffer, at, buffer.length - at);
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
        ended |= read < 0;
        if (read > 0) {
            count += read;
            digest.update(buffer, at, read);
            remember(at, read);
        }
        return read;
    }

    private void remember(int at, int read) {
        var kept = Math.clamp((long) TAIL - read, 0, tail.length);
        var fresh = Math.min(read, TAIL);
        var next = Arrays.copyOfRange(tail, tail.length - kept, tail.length - kept + kept + fresh);
        System.arraycopy(buffer, at + read - fresh, next, kept, fresh);
        tail = next;
    }

    @Override
    public int read() throws IOException {
        return position < filled || fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == filled && !fill()) {
            return -1;
        }
        var copied = Math.min(length, filled - position);
        System.arraycopy(buffer, position, bytes, offset, copied);
        position += copied;
        return copied;
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = 0L;
        while (skipped < bytes && (position < filled || fill())) {
            var step = (int) Math.min(bytes - skipped, filled - position);
            position += step;
            skipped += step;
        }
        return skipped;
    }

    @Override
    public int available() {
        return filled - position;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // the stream beneath goes on
    }
}
