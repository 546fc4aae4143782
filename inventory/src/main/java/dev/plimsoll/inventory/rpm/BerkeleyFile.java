package dev.plimsoll.inventory.rpm;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.plimsoll.inventory.FactSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Reads the headers of a database of the kind Berkeley DB with the access method hash, in the byte order of whichever
/// machine wrote it. All pages are gone through; the hash table itself is of no use for that.
///
/// Source: Berkeley DB 5.3, `src/dbinc/db_page.h`. The first page: magic 0x061561 at 12, version at 16, size of a
/// page at 20, encryption at 24, type 8 at 25, flags at 26, last page at 32. Every page: next page at 16, number of
/// entries at
/// 20, bytes in use at 22, type at 25, at 26 the offsets of its entries, which fill it from its end; keys and values
/// take turns. An entry's first byte is its kind: the data itself, or for large ones the first overflow page at 4 and
/// the length at 8. rpm keeps headers under their number of 4 bytes in the machine's order, and under 0 the highest.
final class BerkeleyFile {

    private static final int MAGIC = 0x061561;

    /// Of the hash access method since Berkeley DB 3.0; older ones have other pages.
    private static final int LEAST_VERSION = 7;

    private static final int MOST_VERSION = 10;

    private static final int META_PAGE = 512;
    private static final int PAGE_HEAD = 26;
    private static final int LEAST_PAGE = 512;
    private static final int MOST_PAGE = 64 << 10;
    private static final int CHECKSUM_FLAG = 1;

    private static final int TYPE_HASH_UNSORTED = 2;
    private static final int TYPE_OVERFLOW = 7;
    private static final int TYPE_HASH_META = 8;
    private static final int TYPE_HASH = 13;

    private static final int KIND_DATA = 1;
    private static final int KIND_OVERFLOW = 3;
    private static final int OVERFLOW_ENTRY = 12;
    private static final int KEY = 4;

    private final MemorySegment bytes;
    private final FactSink facts;
    private final ValueLayout.OfInt integers;
    private final ValueLayout.OfShort shorts;
    private final int pageSize;
    private final long pages;
    private long copied;

    /// Hands over every header.
    ///
    /// @param facts what is wrong with single pages and headers becomes unknowns there
    /// @throws DamagedDatabaseException when the first page cannot be read, or pages are shared;
    ///     headers before that were taken
    static void read(MemorySegment bytes, HeaderTaker taker, FactSink facts) throws DamagedDatabaseException {
        if (bytes.byteSize() < META_PAGE) {
            throw new DamagedDatabaseException("it is shorter than the first page of a Berkeley DB");
        }
        for (var order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            if (bytes.get(JAVA_INT_UNALIGNED.withOrder(order), 12) == MAGIC) {
                new BerkeleyFile(bytes, order, facts).read(taker);
                return;
            }
        }
        throw new DamagedDatabaseException("it does not begin as a hash of Berkeley DB does");
    }

    private BerkeleyFile(MemorySegment bytes, ByteOrder order, FactSink facts) throws DamagedDatabaseException {
        this.bytes = bytes;
        this.facts = facts;
        this.integers = JAVA_INT_UNALIGNED.withOrder(order);
        this.shorts = JAVA_SHORT_UNALIGNED.withOrder(order);
        var version = integer(16);
        if (version < LEAST_VERSION || version > MOST_VERSION) {
            throw new DamagedDatabaseException("it is of version " + Integer.toUnsignedString(version) + "; "
                    + LEAST_VERSION + " to " + MOST_VERSION + " are read");
        }
        this.pageSize = integer(20);
        if (pageSize < LEAST_PAGE || pageSize > MOST_PAGE || Integer.bitCount(pageSize) != 1) {
            throw new DamagedDatabaseException("pages of " + Integer.toUnsignedString(pageSize) + " bytes");
        }
        if (octet(24) != 0 || octet(25) != TYPE_HASH_META || (octet(26) & CHECKSUM_FLAG) != 0) {
            throw new DamagedDatabaseException("it is encrypted, has checksums or is no hash, as rpm writes none");
        }
        this.pages = Integer.toUnsignedLong(integer(32)) + 1;
    }

    private void read(HeaderTaker taker) throws DamagedDatabaseException {
        var there = Math.min(pages, bytes.byteSize() / pageSize);
        for (long page = 1; page < there; page++) {
            var type = octet(page * pageSize + 25);
            if ((type == TYPE_HASH || type == TYPE_HASH_UNSORTED) && !readPage(page, taker)) {
                return;
            }
        }
        if (there < pages) {
            throw new DamagedDatabaseException("it ends at page " + there + " of " + pages);
        }
    }

    /// @return whether more can be taken
    private boolean readPage(long page, HeaderTaker taker) throws DamagedDatabaseException {
        var entries = half(page * pageSize + 20);
        if (PAGE_HEAD + 2 * entries > pageSize) {
            facts.unknown("page " + page, "it says " + entries + " entries, which cannot be on it");
            return true;
        }
        for (int entry = 0; entry + 1 < entries; entry += 2) {
            var key = entry(page, entry);
            var value = entry(page, entry + 1);
            if (key == null
                    || value == null
                    || key.byteSize() != 1 + KEY
                    || key.get(ValueLayout.JAVA_BYTE, 0) != KIND_DATA) {
                facts.unknown("page " + page, "its entries from " + entry + " on are damaged");
                return true;
            }
            var number = key.get(integers, 1);
            if (number != 0 && !take("header " + Integer.toUnsignedString(number), value, taker)) {
                return false;
            }
        }
        return true;
    }

    /// With the byte of its kind; null where it does not fit on the page.
    private @org.jspecify.annotations.Nullable MemorySegment entry(long page, int entry) {
        var end = entry == 0 ? pageSize : half(page * pageSize + PAGE_HEAD + 2L * (entry - 1));
        var start = half(page * pageSize + PAGE_HEAD + 2L * entry);
        return start < PAGE_HEAD || start >= end || end > pageSize
                ? null
                : bytes.asSlice(page * pageSize + start, end - start);
    }

    private boolean take(String place, MemorySegment value, HeaderTaker taker) throws DamagedDatabaseException {
        var kind = value.get(ValueLayout.JAVA_BYTE, 0);
        if (kind == KIND_DATA) {
            return taker.accept(place, value.asSlice(1).toArray(ValueLayout.JAVA_BYTE));
        }
        if (kind != KIND_OVERFLOW || value.byteSize() != OVERFLOW_ENTRY) {
            facts.unknown(place, "its entry is of kind " + kind + ", which rpm does not write");
            return true;
        }
        var length = Integer.toUnsignedLong(value.get(integers, 8));
        if (length > RpmHeader.MAX_BYTES) {
            facts.unknown(place, "the header is over " + RpmHeader.MAX_BYTES + " bytes");
            return true;
        }
        if (length > bytes.byteSize()) {
            facts.unknown(place, "it says more bytes than the database has");
            return true;
        }
        copied += length;
        if (copied > bytes.byteSize()) {
            throw new DamagedDatabaseException("its headers lie upon each other");
        }
        var header = overflow(Integer.toUnsignedLong(value.get(integers, 4)), (int) length);
        if (header.length != length) {
            facts.unknown(place, "its pages end before it does");
            return true;
        }
        return taker.accept(place, header);
    }

    /// What lies on a chain of pages; shorter than it should be where the chain is broken.
    private byte[] overflow(long first, int length) {
        var header = new byte[length];
        var filled = 0;
        var page = first;
        while (filled < length) {
            var start = page * pageSize;
            if (page == 0 || start + pageSize > bytes.byteSize() || octet(start + 25) != TYPE_OVERFLOW) {
                break;
            }
            var count = half(start + 22);
            if (count == 0 || count > pageSize - PAGE_HEAD || count > length - filled) {
                break;
            }
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, start + PAGE_HEAD, header, filled, count);
            filled += count;
            page = Integer.toUnsignedLong(integer(start + 16));
        }
        return filled == length ? header : java.util.Arrays.copyOf(header, filled);
    }

    private int integer(long at) {
        return bytes.get(integers, at);
    }

    private int half(long at) {
        return Short.toUnsignedInt(bytes.get(shorts, at));
    }

    private int octet(long at) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at));
    }
}
