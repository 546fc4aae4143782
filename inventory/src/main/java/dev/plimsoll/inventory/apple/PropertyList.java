package dev.plimsoll.inventory.apple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The texts of the dictionary that a property list is, in XML or binary.
///
/// Source: Apple, "Property List Programming Guide", and the document type PropertyList-1.0; CoreFoundation,
/// `CFBinaryPList.c`, which describes the binary form. Nothing is resolved or fetched.
final class PropertyList {

    private static final byte[] BINARY = "bplist00".getBytes(StandardCharsets.US_ASCII);
    private static final int TRAILER = 32;

    /// In pairs of the dictionary.
    static final int MAX_PAIRS = 10_000;

    private static final Pattern TAG = Pattern.compile("<(/?)(dict|array|key|string)(/?)>([^<]*)");

    private PropertyList() {}

    /// Empty where the bytes are no property list with a dictionary.
    static Optional<Map<String, String>> read(byte[] bytes) {
        return bytes.length > BINARY.length + TRAILER
                        && Arrays.equals(bytes, 0, BINARY.length, BINARY, 0, BINARY.length)
                ? binary(ByteBuffer.wrap(bytes))
                : xml(new String(bytes, StandardCharsets.UTF_8));
    }

    private static Optional<Map<String, String>> xml(String text) {
        if (!text.contains("<plist")) {
            return Optional.empty();
        }
        Map<String, String> texts = new HashMap<>();
        var depth = 0;
        var key = "";
        var seen = false;
        var tags = TAG.matcher(text);
        while (tags.find() && texts.size() < MAX_PAIRS) {
            var opens = tags.group(1).isEmpty() && tags.group(3).isEmpty();
            switch (tags.group(2)) {
                case "key" -> key = opens && depth == 1 ? plain(tags.group(4)) : key;
                case "string" -> {
                    if (opens && depth == 1 && !key.isEmpty()) {
                        texts.putIfAbsent(key, plain(tags.group(4)));
                        key = "";
                    }
                }
                default -> {
                    seen = true;
                    depth += opens ? 1 : tags.group(3).isEmpty() ? -1 : 0;
                    key = "";
                }
            }
        }
        return seen ? Optional.of(texts) : Optional.empty();
    }

    private static String plain(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&")
                .strip();
    }

    private static Optional<Map<String, String>> binary(ByteBuffer bytes) {
        try {
            var trailer = bytes.limit() - TRAILER;
            var objects = new Objects(
                    bytes,
                    bytes.get(trailer + 6),
                    bytes.get(trailer + 7),
                    bytes.getLong(trailer + 8),
                    bytes.getLong(trailer + 24));
            return objects.dictionary(bytes.getLong(trailer + 16));
        } catch (IndexOutOfBoundsException e) {
            return Optional.empty(); // lengths that lie
        }
    }

    /// @param offsetLength bytes of an offset in the table
    /// @param referenceLength bytes of a reference to an object
    private record Objects(ByteBuffer bytes, int offsetLength, int referenceLength, long count, long table) {

        Optional<Map<String, String>> dictionary(long object) {
            var at = position(object);
            if ((bytes.get(at) & 0xf0) != 0xd0) {
                return Optional.empty();
            }
            var pairs = length(at);
            if (pairs > MAX_PAIRS) {
                return Optional.empty();
            }
            var first = start(at);
            Map<String, String> texts = new HashMap<>();
            for (int i = 0; i < pairs; i++) {
                var key = text(number(first + i * referenceLength, referenceLength));
                var value = text(number(first + (pairs + i) * referenceLength, referenceLength));
                if (key.isPresent() && value.isPresent()) {
                    texts.putIfAbsent(key.get(), value.get().strip());
                }
            }
            return Optional.of(texts);
        }

        private Optional<String> text(long object) {
            var at = position(object);
            var length = length(at);
            return switch (bytes.get(at) & 0xf0) {
                case 0x50 -> Optional.of(decoded(start(at), length, StandardCharsets.US_ASCII));
                case 0x60 -> Optional.of(decoded(start(at), (int) checked(2L * length), StandardCharsets.UTF_16BE));
                default -> Optional.empty();
            };
        }

        private String decoded(int at, int length, java.nio.charset.Charset charset) {
            var content = new byte[(int) checked(length)];
            bytes.get(at, content);
            return new String(content, charset);
        }

        private int position(long object) {
            if (object < 0 || object >= count) {
                throw new IndexOutOfBoundsException("there is no object " + object);
            }
            return Math.toIntExact(
                    checked(number(Math.toIntExact(checked(table + object * offsetLength)), offsetLength)));
        }

        /// The number in the low half of the mark, or, where that is 15, in the number behind it.
        private int length(int at) {
            var low = bytes.get(at) & 0x0f;
            return low < 15 ? low : Math.toIntExact(checked(number(at + 2, 1 << (bytes.get(at + 1) & 0x03))));
        }

        private int start(int at) {
            return (bytes.get(at) & 0x0f) < 15 ? at + 1 : at + 2 + (1 << (bytes.get(at + 1) & 0x03));
        }

        private long number(int at, int length) {
            long value = 0;
            for (int i = 0; i < length; i++) {
                value = value << 8 | (bytes.get(at + i) & 0xff);
            }
            return value;
        }

        /// No offset or length in the file is beyond its end.
        private long checked(long value) {
            return java.util.Objects.checkIndex(value, (long) bytes.limit());
        }
    }
}
