package dev.plimsoll.sqlite;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The columns of one record, read where they lie. Valid only during the call that hands it out.
///
/// Source: sqlite.org, "Database File Format", section 2.1, "Record Format".
public final class Row {

    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /// More columns than SQLite allows by default are a sign of damage.
    static final int MAX_COLUMNS = 2000;

    private final long page;
    private final MemorySegment payload;
    private final long rowid;
    private final int rowidColumn;
    private final long[] types;
    private final long[] offsets;
    private final int stored;

    /// @param rowidColumn the column that stands for the row id, -1 where there is none
    Row(long page, MemorySegment payload, long rowid, int rowidColumn) {
        this.page = page;
        this.payload = payload;
        this.rowid = rowid;
        this.rowidColumn = rowidColumn;
        var header = new Varint(page, payload, 0);
        var headerSize = header.value();
        if (headerSize > payload.byteSize() || headerSize < header.length()) {
            throw new SqliteException("page " + page + ": a record's header is longer than the record");
        }
        var most = (int) Math.min(headerSize, MAX_COLUMNS);
        var foundTypes = new long[most];
        var foundOffsets = new long[most];
        var count = 0;
        var content = headerSize;
        for (long at = header.length(); at < headerSize; ) {
            if (count == most) {
                throw new SqliteException("page " + page + ": a record has over " + MAX_COLUMNS + " columns");
            }
            var type = new Varint(page, payload, at);
            at += type.length();
            foundTypes[count] = type.value();
            foundOffsets[count] = content;
            content += size(type.value());
            if (content > payload.byteSize() || content < 0) {
                throw new SqliteException("page " + page + ": a column lies beyond the end of its record");
            }
            count++;
        }
        this.types = foundTypes;
        this.offsets = foundOffsets;
        this.stored = count;
    }

    /// The row's id, 0 in a table without row ids.
    public long rowid() {
        return rowid;
    }

    /// The id of the row that an index's record points at: its last column.
    long pointedRowid() {
        if (stored == 0 || kind(stored - 1) != Kind.INTEGER) {
            throw new SqliteException("page " + page + ": an entry of an index names no row");
        }
        return integer(stored - 1);
    }

    /// What is stored. A whole number in a column of type REAL is stored as {@link Kind#INTEGER}, to save room;
    /// {@link #real} reads both.
    public Kind kind(int column) {
        if (column == rowidColumn) {
            return Kind.INTEGER;
        }
        if (isNull(column)) {
            return Kind.NULL;
        }
        var type = types[column];
        if (type < 12) {
            return type == 7 ? Kind.REAL : Kind.INTEGER;
        }
        return type % 2 == 1 ? Kind.TEXT : Kind.BLOB;
    }

    /// Whether it is null; also where the record is older than the column, whatever default the column has.
    public boolean isNull(int column) {
        return column != rowidColumn && (column >= stored || types[column] == 0);
    }

    /// The column as a whole number; null is 0, text and blobs are refused.
    public long integer(int column) {
        if (column == rowidColumn) {
            return rowid;
        }
        if (isNull(column)) {
            return 0;
        }
        var type = types[column];
        if (type == 7) {
            return (long) real(column);
        }
        if (type > 9) {
            throw new SqliteException("page " + page + ": column " + column + " is no number");
        }
        if (type >= 8) {
            return type - 8;
        }
        var size = (int) size(type);
        long value = payload.get(ValueLayout.JAVA_BYTE, offsets[column]);
        for (int i = 1; i < size; i++) {
            value = value << 8 | Byte.toUnsignedLong(payload.get(ValueLayout.JAVA_BYTE, offsets[column] + i));
        }
        return value;
    }

    /// The column as a floating-point number; null is 0.
    public double real(int column) {
        if (column != rowidColumn && !isNull(column) && types[column] == 7) {
            return payload.get(DOUBLE, offsets[column]);
        }
        return integer(column);
    }

    /// The column as text, null where it is null; numbers are refused.
    public @Nullable String text(int column) {
        if (isNull(column)) {
            return null;
        }
        var bytes = blob(column);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /// The bytes of a text or blob, null where it is null.
    public byte @Nullable [] blob(int column) {
        if (isNull(column)) {
            return null;
        }
        if (column == rowidColumn || types[column] < 12) {
            throw new SqliteException("page " + page + ": column " + column + " is a number, not text");
        }
        return payload.asSlice(offsets[column], size(types[column])).toArray(ValueLayout.JAVA_BYTE);
    }

    /// Orders a column against a key as the collation BINARY does: null, numbers, text, blobs.
    int compare(int column, Object key) {
        var ranks = Integer.compare(rank(column), key instanceof Long ? 1 : 2);
        if (ranks != 0) {
            return ranks;
        }
        if (key instanceof Long number) {
            return types[column] == 7 ? compare(real(column), number) : Long.compare(integer(column), number);
        }
        var wanted = (MemorySegment) key;
        var length = size(types[column]);
        var shorter = Math.min(length, wanted.byteSize());
        var at = MemorySegment.mismatch(payload, offsets[column], offsets[column] + shorter, wanted, 0, shorter);
        return at < 0
                ? Long.compare(length, wanted.byteSize())
                : Integer.compare(
                        Byte.toUnsignedInt(payload.get(ValueLayout.JAVA_BYTE, offsets[column] + at)),
                        Byte.toUnsignedInt(wanted.get(ValueLayout.JAVA_BYTE, at)));
    }

    /// Exact also where a double cannot hold the number.
    private static int compare(double real, long number) {
        if (real >= 0x1p63 || real < -0x1p63) {
            return real < 0 ? -1 : 1;
        }
        var whole = (long) real;
        return whole != number ? Long.compare(whole, number) : real > whole ? 1 : real < whole ? -1 : 0;
    }

    private int rank(int column) {
        return switch (kind(column)) {
            case NULL -> 0;
            case INTEGER, REAL -> 1;
            case TEXT -> 2;
            case BLOB -> 3;
        };
    }

    private long size(long type) {
        if (type < 0 || type == 10 || type == 11) {
            throw new SqliteException("page " + page + ": a column has the reserved type " + type);
        }
        if (type >= 12) {
            return (type - 12) / 2;
        }
        return switch ((int) type) {
            case 1 -> 1;
            case 2 -> 2;
            case 3 -> 3;
            case 4 -> 4;
            case 5 -> 6;
            case 6, 7 -> 8;
            default -> 0;
        };
    }

    /// SQLite's storage classes.
    public enum Kind {
        NULL,
        INTEGER,
        REAL,
        TEXT,
        BLOB
    }
}
