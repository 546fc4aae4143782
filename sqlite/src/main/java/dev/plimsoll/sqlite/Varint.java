package dev.plimsoll.sqlite;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A number of one to nine bytes.
///
/// Source: sqlite.org, "Database File Format", section 1.6, "a variable-length integer or varint".
///
/// @param length bytes that it takes
record Varint(long value, int length) {

    Varint(long page, MemorySegment bytes, long at) {
        this(decoded(page, bytes, at));
    }

    private Varint(Varint other) {
        this(other.value, other.length);
    }

    private static Varint decoded(long page, MemorySegment bytes, long at) {
        long value = 0;
        for (int i = 0; i < 9; i++) {
            if (at + i >= bytes.byteSize()) {
                throw new SqliteException("page " + page + ": a number runs over the end");
            }
            var b = bytes.get(ValueLayout.JAVA_BYTE, at + i);
            if (i == 8) {
                return new Varint(value << 8 | Byte.toUnsignedLong(b), 9);
            }
            value = value << 7 | (b & 0x7f);
            if (b >= 0) {
                return new Varint(value, i + 1);
            }
        }
        throw new AssertionError("unreachable: the ninth byte ends it");
    }
}
