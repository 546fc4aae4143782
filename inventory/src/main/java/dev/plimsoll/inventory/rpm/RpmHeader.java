package dev.plimsoll.inventory.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One package's header as the database keeps it: a count of index entries, the length of the data, the entries, the data.
///
/// Source: rpm, "Header format" and "Tag information" of its manual.
final class RpmHeader {

    static final int NAME = 1000;
    static final int VERSION = 1001;
    static final int RELEASE = 1002;
    static final int EPOCH = 1003;
    static final int LICENSE = 1014;
    static final int ARCHITECTURE = 1022;
    static final int SOURCE_RPM = 1044;
    static final int DIRECTORY_INDEXES = 1116;
    static final int BASE_NAMES = 1117;
    static final int DIRECTORY_NAMES = 1118;
    static final int MODULARITY_LABEL = 5096;

    /// In index entries; rpm itself refuses more than 65,535.
    static final int MAX_ENTRIES = 65_535;

    /// In bytes; rpm itself refuses more than 256 MiB.
    static final int MAX_DATA = 256 << 20;

    /// In elements of one tag.
    static final int MAX_COUNT = 2_000_000;

    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRING_ARRAY = 8;
    private static final int I18N_STRING = 9;
    private static final int ENTRY = 16;

    private final ByteBuffer data;
    private final Map<Integer, Entry> entries = new HashMap<>();

    private record Entry(int type, int offset, int count) {}

    private RpmHeader(ByteBuffer data) {
        this.data = data;
    }

    /// @return empty where the bytes are no header; the reason is one of damage, which the caller says
    static Optional<RpmHeader> read(byte[] blob) {
        if (blob.length < 8) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(blob).order(ByteOrder.BIG_ENDIAN);
        var count = buffer.getInt();
        var length = buffer.getInt();
        if (count < 1 || count > MAX_ENTRIES || length < 0 || length > MAX_DATA || blob.length < 8L + (long) ENTRY * count + length) {
            return Optional.empty();
        }
        var header = new RpmHeader(buffer.slice(8 + ENTRY * count, length).order(ByteOrder.BIG_ENDIAN));
        for (int i = 0; i < count; i++) {
            var tag = buffer.getInt();
            var type = buffer.getInt();
            var offset = buffer.getInt();
            var elements = buffer.getInt();
            if (offset >= 0 && offset < length && elements >= 0 && elements <= MAX_COUNT) {
                header.entries.putIfAbsent(tag, new Entry(type, offset, elements));
            }
        }
        return Optional.of(header);
    }

    /// The text of a tag; of an array or a translated text the first.
    Optional<String> text(int tag) {
        var entry = entries.get(tag);
        if (entry == null || (entry.type != STRING && entry.type != STRING_ARRAY && entry.type != I18N_STRING)) {
            return Optional.empty();
        }
        return texts(entry, 1).stream().findFirst();
    }

    List<String> texts(int tag) {
        var entry = entries.get(tag);
        return entry == null || entry.type != STRING_ARRAY ? List.of() : texts(entry, entry.count);
    }

    /// Whether a tag is there matters for the epoch: none is not the same as 0.
    Optional<Long> number(int tag) {
        var entry = entries.get(tag);
        return entry == null || entry.type != INT32 || entry.count < 1 || entry.offset + 4 > data.limit()
                ? Optional.empty()
                : Optional.of(Integer.toUnsignedLong(data.getInt(entry.offset)));
    }

    int[] numbers(int tag) {
        var entry = entries.get(tag);
        if (entry == null || entry.type != INT32 || entry.offset + 4L * entry.count > data.limit()) {
            return new int[0];
        }
        var numbers = new int[entry.count];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = data.getInt(entry.offset + 4 * i);
        }
        return numbers;
    }

    private List<String> texts(Entry entry, int count) {
        var texts = new ArrayList<String>();
        var at = entry.offset;
        for (int i = 0; i < count && at < data.limit(); i++) {
            var end = at;
            while (end < data.limit() && data.get(end) != 0) {
                end++;
            }
            if (end == data.limit()) {
                break; // a text without its end
            }
            texts.add(new String(data.array(), data.arrayOffset() + at, end - at, StandardCharsets.UTF_8));
            at = end + 1;
        }
        return texts;
    }
}
