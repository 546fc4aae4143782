package dev.plimsoll.inventory.xz;

import java.util.Arrays;
import java.util.List;

/// Unpacks what xz packed, within a limit. Blocks with filters beside LZMA2 are refused; the checks at the end of
/// blocks
/// are not compared. Stateless.
///
/// Source: Tukaani, "The .xz File Format" 1.1.0; LZMA2 as XZ Embedded describes it.
public final class XzDecoder {

    private static final byte[] MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int STREAM_HEADER = 12;
    private static final int LZMA2 = 0x21;
    private static final int HAS_PACKED_SIZE = 0x40;
    private static final int HAS_UNPACKED_SIZE = 0x80;
    private static final List<Integer> CHECKS = List.of(0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64);

    private final byte[] bytes;
    private final UnpackedBytes unpacked;
    private int at;

    private XzDecoder(byte[] bytes, int most) {
        this.bytes = bytes;
        this.unpacked = new UnpackedBytes(most);
    }

    /// The first stream's content.
    ///
    /// @param most bytes that it may unpack to
    /// @throws XzException when it is none, is damaged, or exceeds the limit
    public static byte[] unpack(byte[] bytes, int most) throws XzException {
        return new XzDecoder(bytes, most).stream();
    }

    private byte[] stream() throws XzException {
        if (bytes.length < STREAM_HEADER || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new XzException("it does not begin as xz does");
        }
        var check = CHECKS.get(bytes[MAGIC.length + 1] & 0x0f);
        at = STREAM_HEADER;
        while (next() != 0) {
            at--;
            blockHeader();
            chunks();
            at = at + 3 & ~3;
            at += check;
        }
        return unpacked.toBytes();
    }

    private void blockHeader() throws XzException {
        var start = at;
        var end = start + (next() + 1) * 4;
        var flags = next();
        if ((flags & 3) != 0) {
            throw new XzException("a block has filters that are not read");
        }
        if ((flags & HAS_PACKED_SIZE) != 0) {
            number();
        }
        if ((flags & HAS_UNPACKED_SIZE) != 0) {
            number();
        }
        if (number() != LZMA2) {
            throw new XzException("a block has filters that are not read");
        }
        at = end;
    }

    private void chunks() throws XzException {
        var lzma = new LzmaDecoder(unpacked);
        for (var control = next(); control != 0; control = next()) {
            if (control >= 0xe0 || control == 1) {
                unpacked.resetDictionary();
            }
            if (control >= 0x80) {
                var size = ((control & 0x1f) << 16) + (next() << 8) + next() + 1;
                var packed = (next() << 8) + next() + 1;
                if (control >= 0xc0) {
                    lzma.properties(next());
                }
                if (control >= 0xa0) {
                    lzma.reset();
                }
                if (!lzma.isReady()) {
                    throw new XzException("a chunk lacks its properties");
                }
                lzma.chunk(new RangeDecoder(bytes, at, take(packed)), size);
            } else if (control <= 2) {
                var size = (next() << 8) + next() + 1;
                var from = at;
                take(size);
                unpacked.add(bytes, from, size);
            } else {
                throw new XzException("a chunk of a kind that does not exist");
            }
        }
    }

    /// Passes over bytes.
    ///
    /// @return where they end
    private int take(int count) throws XzException {
        if (count > bytes.length - at) {
            throw new XzException("it ends early");
        }
        at += count;
        return at;
    }

    private int next() throws XzException {
        if (at >= bytes.length) {
            throw new XzException("it ends early");
        }
        return bytes[at++] & 0xff;
    }

    private long number() throws XzException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            var next = next();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new XzException("a number is too long");
    }
}
