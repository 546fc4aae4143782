package dev.plimsoll.inventory.rpm;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.plimsoll.inventory.FactSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.Adler32;

/// Reads the headers of a database of the kind `ndb`, rpm's own: a head of 32 bytes, pages of slots, and blobs. All
/// numbers are little-endian, whatever the machine.
///
/// Source: rpm, `lib/backend/ndb/rpmpkg.c`. The head: `RpmP`, version, generation, number of slot pages, next number.
/// A slot of 16 bytes: `Slot`, number of the header (0 where it is free), first block of 16 bytes, number of blocks. A
/// blob: `BlbS`, number, generation, length, the header, padding; and at its end the Adler-32 of all before it, the
/// length, `BlbE`.
final class NdbFile {

    private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int FILE_MAGIC = magic("RpmP");
    private static final int SLOT_MAGIC = magic("Slot");
    private static final int BLOB_MAGIC = magic("BlbS");
    private static final int BLOB_END_MAGIC = magic("BlbE");

    private static final int HEAD = 32;
    private static final int PAGE = 4096;
    private static final int SLOT = 16;
    private static final int BLOCK = 16;
    private static final int BLOB_HEAD = 16;
    private static final int BLOB_TAIL = 12;
    private static final int VERSION = 0;

    private final MemorySegment bytes;
    private final FactSink facts;
    private long read;

    private NdbFile(MemorySegment bytes, FactSink facts) {
        this.bytes = bytes;
        this.facts = facts;
    }

    /// Hands over every header.
    ///
    /// @param facts what is wrong with single blobs becomes unknowns there
    /// @throws DamagedDatabaseException when the head or the slots cannot be read; headers before that were taken
    static void read(MemorySegment bytes, HeaderTaker taker, FactSink facts) throws DamagedDatabaseException {
        new NdbFile(bytes, facts).read(taker);
    }

    private static int magic(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }

    private void read(HeaderTaker taker) throws DamagedDatabaseException {
        if (bytes.byteSize() < HEAD || number(0) != FILE_MAGIC) {
            throw new DamagedDatabaseException("it does not begin as ndb does");
        }
        if (number(4) != VERSION) {
            throw new DamagedDatabaseException(
                    "it is of version " + Integer.toUnsignedString(number(4)) + " of ndb; 0 is read");
        }
        var slotsEnd = PAGE * Integer.toUnsignedLong(number(12));
        if (slotsEnd == 0 || slotsEnd > bytes.byteSize()) {
            throw new DamagedDatabaseException("its pages of slots lie beyond its end");
        }
        for (long at = HEAD; at < slotsEnd; at += SLOT) {
            if (number(at) != SLOT_MAGIC) {
                throw new DamagedDatabaseException("there is no slot at byte " + at);
            }
            if (number(at + 4) != 0 && !take(at, slotsEnd, taker)) {
                return;
            }
        }
    }

    /// @return whether more can be taken
    private boolean take(long slot, long slotsEnd, HeaderTaker taker) throws DamagedDatabaseException {
        var index = number(slot + 4);
        var place = "header " + Integer.toUnsignedString(index);
        var start = BLOCK * Integer.toUnsignedLong(number(slot + 8));
        var size = BLOCK * Integer.toUnsignedLong(number(slot + 12));
        if (start < slotsEnd || size < BLOB_HEAD + BLOB_TAIL || start + size > bytes.byteSize()) {
            facts.unknown(place, "it lies beyond the end of the database");
            return true;
        }
        read += size;
        if (read > bytes.byteSize()) {
            throw new DamagedDatabaseException("its headers lie upon each other");
        }
        var length = Integer.toUnsignedLong(number(start + 12));
        var tail = start + size - BLOB_TAIL;
        if (number(start) != BLOB_MAGIC
                || number(start + 4) != index
                || number(tail + 4) != (int) length
                || number(tail + 8) != BLOB_END_MAGIC
                || length > size - BLOB_HEAD - BLOB_TAIL) {
            facts.unknown(place, "there is no such header where its slot points");
            return true;
        }
        if (length > RpmHeader.MAX_BYTES) {
            facts.unknown(place, "the header is over " + RpmHeader.MAX_BYTES + " bytes");
            return true;
        }
        if (checksum(start, tail) != number(tail)) {
            facts.unknown(place, "its checksum does not fit");
            return true;
        }
        return taker.accept(place, bytes.asSlice(start + BLOB_HEAD, length).toArray(ValueLayout.JAVA_BYTE));
    }

    private int checksum(long start, long end) {
        var sum = new Adler32();
        sum.update(bytes.asSlice(start, end - start).asByteBuffer());
        return (int) sum.getValue();
    }

    private int number(long at) {
        return bytes.get(INT, at);
    }
}
