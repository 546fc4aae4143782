package dev.plimsoll.inventory.rpm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What rpm knows of one package: values by tag. All of rpm's databases hold such headers.
///
/// Source: rpm's manual, "Header format" (the header structure, index entries, data types) and "Tags". In a database
/// the eight bytes of magic that a package file has are absent: number of entries, bytes of data, entries of 16 bytes
/// (tag, type, offset, count), data; big-endian.
final class RpmHeader {

    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int SUMMARY = 1004;
    static final int VENDOR = 1011;
    static final int LICENSE = 1014;
    static final int PACKAGER = 1015;
    static final int URL = 1020;
    static final int ARCH = 1022;
    static final int OLD_FILE_NAMES = 1027;
    static final int FILE_STATES = 1029;
    static final int FILE_MODES = 1030;
    static final int FILE_DIGESTS = 1035;
    static final int FILE_FLAGS = 1037;
    static final int SOURCE_RPM = 1044;
    static final int FILE_VERIFY_FLAGS = 1045;
    static final int PROVIDE_NAMES = 1047;
    static final int REQUIRE_NAMES = 1049;
    static final int DIRECTORY_INDEXES = 1116;
    static final int BASE_NAMES = 1117;
    static final int DIRECTORY_NAMES = 1118;
    static final int FILE_DIGEST_ALGORITHM = 5011;
    static final int MODULARITY_LABEL = 5096;

    private static final int CHARACTER = 1;
    private static final int INT8 = 2;
    private static final int INT16 = 3;
    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRING_ARRAY = 8;
    private static final int INTERNATIONAL_STRING = 9;

    /// In entries, as rpm has it (HEADER_TAGS_MAX).
    static final int MAX_ENTRIES = 65_535;

    /// In bytes; rpm allows 256 MB, the largest packages of distributions need some ten.
    static final int MAX_BYTES = 32 << 20;

    /// In bytes of one text; licence expressions run to some thousand.
    static final int MAX_TEXT = 64 << 10;

    private static final int INTRODUCTION = 8;
    private static final int ENTRY = 16;

    private final ByteBuffer data;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private record Entry(int type, int offset, int count) {}

    private RpmHeader(ByteBuffer data) {
        this.data = data;
    }

    /// @throws DamagedHeaderException when lengths do not fit together or a limit is hit
    static RpmHeader parse(byte[] bytes) throws DamagedHeaderException {
        if (bytes.length < INTRODUCTION) {
            throw new DamagedHeaderException("the header is shorter than " + INTRODUCTION + " bytes");
        }
        if (bytes.length > MAX_BYTES) {
            throw new DamagedHeaderException("the header is over " + MAX_BYTES + " bytes");
        }
        var whole = ByteBuffer.wrap(bytes);
        var count = whole.getInt();
        var length = whole.getInt();
        if (count < 1 || count > MAX_ENTRIES) {
            throw new DamagedHeaderException("the header has " + Integer.toUnsignedString(count) + " entries; 1 to "
                    + MAX_ENTRIES + " are allowed");
        }
        if (INTRODUCTION + (long) ENTRY * count + Integer.toUnsignedLong(length) != bytes.length) {
            throw new DamagedHeaderException("the header says another length than its " + bytes.length + " bytes");
        }
        var header = new RpmHeader(whole.slice(INTRODUCTION + ENTRY * count, length));
        for (int i = 0; i < count; i++) {
            // What was added at installation comes last and replaces what the package file said.
            header.entries.put(whole.getInt(), new Entry(whole.getInt(), whole.getInt(), whole.getInt()));
        }
        return header;
    }

    /// The text of that tag, of several languages the first; empty where the header has none.
    Optional<String> text(int tag) throws DamagedHeaderException {
        var entry = entries.get(tag);
        if (entry == null) {
            return Optional.empty();
        }
        var reader = new TextReader(tag, entry);
        return reader.count == 0 ? Optional.empty() : Optional.of(reader.next());
    }

    /// The texts of that tag; none where the header has none.
    ///
    /// @param most more are refused
    List<String> texts(int tag, int most) throws DamagedHeaderException {
        var entry = entries.get(tag);
        if (entry == null) {
            return List.of();
        }
        var reader = new TextReader(tag, entry);
        if (reader.count > most) {
            throw new DamagedHeaderException("tag " + tag + " has over " + most + " values");
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < reader.count; i++) {
            texts.add(reader.next());
        }
        return texts;
    }

    /// The first number of that tag, unsigned; empty where the header has none.
    OptionalLong number(int tag) throws DamagedHeaderException {
        var numbers = numbers(tag);
        return numbers.length == 0 ? OptionalLong.empty() : OptionalLong.of(Integer.toUnsignedLong(numbers[0]));
    }

    /// The 32-bit numbers of that tag; none where the header has none.
    int[] numbers(int tag) throws DamagedHeaderException {
        var entry = entries.get(tag);
        if (entry == null) {
            return new int[0];
        }
        if (entry.type != INT32) {
            throw new DamagedHeaderException("tag " + tag + " is of type " + entry.type + ", not a number");
        }
        if (entry.offset < 0 || entry.count < 0 || entry.offset + 4L * entry.count > data.limit()) {
            throw new DamagedHeaderException("tag " + tag + " lies beyond the end of the header");
        }
        var numbers = new int[entry.count];
        data.slice(entry.offset, 4 * entry.count).asIntBuffer().get(numbers);
        return numbers;
    }

    /// The numbers of that tag of 8 or 16 bits, unsigned; none where the header has none.
    int[] smallNumbers(int tag) throws DamagedHeaderException {
        var entry = entries.get(tag);
        if (entry == null) {
            return new int[0];
        }
        var width = switch (entry.type) {
            case CHARACTER, INT8 -> 1;
            case INT16 -> 2;
            default -> throw new DamagedHeaderException("tag " + tag + " is of type " + entry.type + ", not a number");
        };
        if (entry.offset < 0 || entry.count < 0 || entry.offset + (long) width * entry.count > data.limit()) {
            throw new DamagedHeaderException("tag " + tag + " lies beyond the end of the header");
        }
        var numbers = new int[entry.count];
        for (int i = 0; i < numbers.length; i++) {
            var at = entry.offset + width * i;
            numbers[i] = width == 1 ? Byte.toUnsignedInt(data.get(at)) : Short.toUnsignedInt(data.getShort(at));
        }
        return numbers;
    }

    /// Reads texts that lie one behind the other, each ended by a zero byte.
    private final class TextReader {

        private final int tag;
        private final int count;
        private int at;

        TextReader(int tag, Entry entry) throws DamagedHeaderException {
            if (entry.type != STRING && entry.type != STRING_ARRAY && entry.type != INTERNATIONAL_STRING) {
                throw new DamagedHeaderException("tag " + tag + " is of type " + entry.type + ", not a text");
            }
            // Every text takes a byte at least: a count beyond that is a lie.
            if (entry.offset < 0 || entry.count < 0 || (long) entry.offset + entry.count > data.limit()) {
                throw new DamagedHeaderException("tag " + tag + " lies beyond the end of the header");
            }
            this.tag = tag;
            this.count = entry.count;
            this.at = entry.offset;
        }

        String next() throws DamagedHeaderException {
            var end = at;
            while (end < data.limit() && data.get(end) != 0) {
                if (++end - at > MAX_TEXT) {
                    throw new DamagedHeaderException("a text of tag " + tag + " is over " + MAX_TEXT + " bytes");
                }
            }
            if (end >= data.limit()) {
                throw new DamagedHeaderException("tag " + tag + " lies beyond the end of the header");
            }
            var text = new String(data.array(), data.arrayOffset() + at, end - at, StandardCharsets.UTF_8);
            at = end + 1;
            return text;
        }
    }
}
