package dev.plimsoll.sqlite;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The pages of a database: those of the main file, and over them those that a write-ahead log has committed. Safe
/// for several threads.
///
/// Source: sqlite.org, "Database File Format", sections 1.2 and 1.3.
final class Pages {

    static final int FILE_HEADER = 100;
    private static final String MAGIC = "SQLite format 3\0";
    private static final int LEAST_PAGE = 512;
    private static final int MOST_PAGE = 65_536;
    private static final int UTF_8 = 1;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment file;
    private final WriteAheadLog log;
    private final int pageSize;
    private final int usable;
    private final long count;
    private final long last;

    Pages(MemorySegment file, WriteAheadLog log) {
        this.file = file;
        this.log = log;
        var header = log.pages().getOrDefault(1, file);
        if (header.byteSize() < FILE_HEADER) {
            throw new SqliteException("shorter than the header of a SQLite file");
        }
        for (int i = 0; i < MAGIC.length(); i++) {
            if (header.get(BYTE, i) != (byte) MAGIC.charAt(i)) {
                throw new SqliteException(
                        "not a SQLite file: it does not begin with '" + MAGIC.substring(0, MAGIC.length() - 1) + "'");
            }
        }
        var size = Short.toUnsignedInt(header.get(SHORT, 16));
        this.pageSize = size == 1 ? MOST_PAGE : size;
        if (pageSize < LEAST_PAGE || Integer.bitCount(pageSize) != 1) {
            throw new SqliteException("page size " + pageSize + " is none that SQLite uses");
        }
        this.usable = pageSize - Byte.toUnsignedInt(header.get(BYTE, 20));
        if (usable < 480) {
            throw new SqliteException("usable page size " + usable + " is too small");
        }
        var readVersion = header.get(BYTE, 19);
        if (readVersion != 1 && readVersion != 2) {
            throw new SqliteException("its format (read version " + readVersion + ") is newer than what is read here");
        }
        if (log.pageSize() != 0 && log.pageSize() != pageSize) {
            throw new SqliteException(
                    "its pages have " + pageSize + " bytes, those of its write-ahead log " + log.pageSize());
        }
        var encoding = header.get(INT, 56);
        if (encoding != UTF_8 && encoding != 0) {
            throw new SqliteException("its text is UTF-16 (encoding " + encoding + "); only UTF-8 is read here");
        }
        // What the log says may be a lie; no more pages than these can be read.
        var held = file.byteSize() / pageSize + log.pages().size();
        this.count = held;
        this.last = log.databasePages() > 0 ? log.databasePages() : held;
    }

    /// In bytes, of all pages.
    long size() {
        return count * pageSize;
    }

    /// In bytes of one page.
    int usable() {
        return usable;
    }

    /// How many pages are there at most.
    long count() {
        return count;
    }

    /// The page of that number, which begins at 1.
    MemorySegment page(long number) {
        if (number < 1 || number > last || number > Integer.MAX_VALUE) {
            throw new SqliteException("page " + number + " does not exist; there are " + last);
        }
        var over = log.pages().get((int) number);
        if (over != null) {
            return over;
        }
        var from = (number - 1) * pageSize;
        if (from + pageSize > file.byteSize()) {
            throw new SqliteException("page " + number + " lies beyond the end of the file");
        }
        return file.asSlice(from, pageSize);
    }

    static int unsignedByte(MemorySegment page, long at) {
        return Byte.toUnsignedInt(page.get(BYTE, at));
    }

    static int unsignedShort(MemorySegment page, long at) {
        return Short.toUnsignedInt(page.get(SHORT, at));
    }

    static long unsignedInt(MemorySegment page, long at) {
        return Integer.toUnsignedLong(page.get(INT, at));
    }
}
