package dev.plimsoll.inventory.models;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The texts among the key-value pairs at the beginning of a file of GGUF; all numbers are little-endian.
///
/// Source: ggml, "GGUF", "File Structure".
///
/// @param texts by key
/// @param problem why the reading ended early, empty where it did not
record GgufMetadata(Map<String, String> texts, String problem) {

    /// In bytes; the lists of a tokenizer take some ten megabytes.
    static final long MAX_METADATA = 128L << 20;

    /// In pairs; models have some fifty.
    static final int MAX_PAIRS = 10_000;

    /// In bytes, of a key or of a text that is kept.
    private static final int MAX_TEXT = 64 << 10;

    private static final int MAGIC = 0x46554747; // "GGUF"
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /// Bytes of a value by its type; 0 for those that tell their length.
    private static final List<Integer> LENGTHS = List.of(1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8);

    static GgufMetadata read(InputStream in) throws IOException {
        var reader = new Reader(new BufferedInputStream(in, 1 << 16));
        Map<String, String> texts = new HashMap<>();
        try {
            if (reader.number(4) != MAGIC) {
                return new GgufMetadata(texts, "it does not begin as GGUF does");
            }
            var version = reader.number(4);
            if (version < 2 || version > 3) {
                return new GgufMetadata(texts, "GGUF of version " + version + " is not read");
            }
            reader.number(8); // tensors
            var pairs = reader.number(8);
            if (pairs < 0 || pairs > MAX_PAIRS) {
                return new GgufMetadata(texts, "over " + MAX_PAIRS + " pairs of metadata");
            }
            for (long i = 0; i < pairs; i++) {
                var key = reader.text();
                var type = (int) reader.number(4);
                if (type == STRING) {
                    texts.putIfAbsent(key, reader.text());
                } else {
                    reader.skip(type);
                }
            }
            return new GgufMetadata(texts, "");
        } catch (EOFException e) {
            return new GgufMetadata(texts, "the metadata is cut off or broken: " + e.getMessage());
        }
    }

    /// Ends in an `EOFException` where the content is broken too: either way no more can be read.
    private static final class Reader {

        private final InputStream in;
        private long left = MAX_METADATA;

        Reader(InputStream in) {
            this.in = in;
        }

        long number(int bytes) throws IOException {
            spend(bytes);
            var read = in.readNBytes(bytes);
            if (read.length < bytes) {
                throw new EOFException("it ends within a number");
            }
            long value = 0;
            for (int i = bytes - 1; i >= 0; i--) {
                value = value << 8 | (read[i] & 0xff);
            }
            return value;
        }

        /// A text that is too long is passed over, and empty.
        String text() throws IOException {
            var length = number(8);
            if (length < 0 || length > MAX_TEXT) {
                pass(length);
                return "";
            }
            spend(length);
            var read = in.readNBytes((int) length);
            if (read.length < length) {
                throw new EOFException("it ends within a text");
            }
            return new String(read, StandardCharsets.UTF_8);
        }

        void skip(int type) throws IOException {
            if (type == STRING) {
                pass(number(8));
            } else if (type == ARRAY) {
                array();
            } else {
                pass(length(type));
            }
        }

        private void array() throws IOException {
            var type = (int) number(4);
            var count = number(8);
            if (type == ARRAY) {
                throw new EOFException("lists within lists are not read");
            }
            if (type != STRING) {
                if (count < 0 || count > MAX_METADATA) {
                    throw new EOFException("a list of " + count + " values");
                }
                pass(count * length(type));
                return;
            }
            for (long i = 0; i < count; i++) {
                pass(number(8));
            }
        }

        private static int length(int type) throws EOFException {
            if (type < 0 || type >= LENGTHS.size() || LENGTHS.get(type) == 0) {
                throw new EOFException("there is no type " + type);
            }
            return LENGTHS.get(type);
        }

        private void pass(long length) throws IOException {
            spend(length);
            try {
                in.skipNBytes(length);
            } catch (EOFException e) {
                throw new EOFException("it ends within a value");
            }
        }

        private void spend(long bytes) throws EOFException {
            left -= Math.max(bytes, 0);
            if (bytes < 0 || left < 0) {
                throw new EOFException("metadata over " + MAX_METADATA + " bytes");
            }
        }
    }
}
