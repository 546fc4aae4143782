package dev.plimsoll.sqlite;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// The committed frames of a write-ahead log. Frames after the last commit, and all after the first that does not
/// check, do not count.
///
/// Source: sqlite.org, "Database File Format", section 4, "The Write-Ahead Log".
///
/// @param pageSize in bytes, 0 where nothing is committed
/// @param pages the newest committed image of each page
/// @param databasePages size of the database after the last commit, 0 where nothing is committed
record WriteAheadLog(int pageSize, Map<Integer, MemorySegment> pages, long databasePages) {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final long MAGIC = 0x377f0682L;
    private static final ValueLayout.OfInt BIG = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt LITTLE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static final WriteAheadLog NONE = new WriteAheadLog(0, Map.of(), 0);

    static WriteAheadLog read(MemorySegment log) {
        if (log.byteSize() < HEADER) {
            return NONE;
        }
        var magic = Integer.toUnsignedLong(log.get(BIG, 0));
        if ((magic & ~1L) != MAGIC) {
            return NONE;
        }
        var order = (magic & 1) == 1 ? BIG : LITTLE;
        var pageSize = log.get(BIG, 8);
        if (pageSize < 512 || pageSize > 65_536 || Integer.bitCount(pageSize) != 1) {
            return NONE;
        }
        var sums = new int[2];
        checksum(log, 0, 24, order, sums);
        if (sums[0] != log.get(BIG, 24) || sums[1] != log.get(BIG, 28)) {
            return NONE;
        }
        Map<Integer, MemorySegment> committed = new HashMap<>();
        Map<Integer, MemorySegment> open = new HashMap<>();
        var databasePages = 0L;
        for (long at = HEADER; at + FRAME_HEADER + pageSize <= log.byteSize(); at += FRAME_HEADER + pageSize) {
            if (log.get(BIG, at + 8) != log.get(BIG, 16) || log.get(BIG, at + 12) != log.get(BIG, 20)) {
                break;
            }
            checksum(log, at, 8, order, sums);
            checksum(log, at + FRAME_HEADER, pageSize, order, sums);
            if (sums[0] != log.get(BIG, at + 16) || sums[1] != log.get(BIG, at + 20)) {
                break;
            }
            open.put(log.get(BIG, at), log.asSlice(at + FRAME_HEADER, pageSize));
            var size = Integer.toUnsignedLong(log.get(BIG, at + 4));
            if (size > 0) {
                committed.putAll(open);
                open.clear();
                databasePages = size;
            }
        }
        return databasePages == 0 ? NONE : new WriteAheadLog(pageSize, Map.copyOf(committed), databasePages);
    }

    private static void checksum(MemorySegment log, long from, int length, ValueLayout.OfInt order, int[] sums) {
        for (long at = from; at < from + length; at += 8) {
            sums[0] += log.get(order, at) + sums[1];
            sums[1] += log.get(order, at + 4) + sums[0];
        }
    }
}
