package dev.plimsoll.inventory.xz;

/// Bits as LZMA's range coder has them, each by a probability that adapts.
///
/// Source: LZMA SDK, "LZMA specification", "Range Decoder". Not safe for several threads.
final class RangeDecoder {

    private static final int PROBABILITY_BITS = 11;
    private static final int ADAPTION = 5;
    private static final int TOP = 0xff000000;

    /// As likely as not.
    static final short EVEN = 1 << (PROBABILITY_BITS - 1);

    private final byte[] bytes;
    private final int end;
    private int at;
    private int range = -1;
    private int code;

    /// @param end behind the chunk's last byte
    RangeDecoder(byte[] bytes, int from, int end) throws XzException {
        this.bytes = bytes;
        this.end = end;
        this.at = from;
        if (end - from < 5 || bytes[from] != 0) {
            throw new XzException("a chunk does not begin as LZMA does");
        }
        at++;
        for (int i = 0; i < 4; i++) {
            code = code << 8 | (bytes[at++] & 0xff);
        }
    }

    int bit(short[] probabilities, int index) throws XzException {
        normalize();
        var probability = probabilities[index];
        var bound = (range >>> PROBABILITY_BITS) * probability;
        if (Integer.compareUnsigned(code, bound) < 0) {
            range = bound;
            probabilities[index] += (short) (((1 << PROBABILITY_BITS) - probability) >>> ADAPTION);
            return 0;
        }
        range -= bound;
        code -= bound;
        probabilities[index] -= (short) (probability >>> ADAPTION);
        return 1;
    }

    /// A number of that many bits, the highest first.
    ///
    /// @param from where the tree of probabilities begins
    int tree(short[] probabilities, int from, int bits) throws XzException {
        var symbol = 1;
        for (int i = 0; i < bits; i++) {
            symbol = symbol << 1 | bit(probabilities, from + symbol);
        }
        return symbol - (1 << bits);
    }

    /// A number of that many bits, the lowest first.
    int reverseTree(short[] probabilities, int from, int bits) throws XzException {
        var symbol = 1;
        var value = 0;
        for (int i = 0; i < bits; i++) {
            var bit = bit(probabilities, from + symbol);
            symbol = symbol << 1 | bit;
            value |= bit << i;
        }
        return value;
    }

    /// A number of that many bits that are as likely as not.
    int direct(int bits) throws XzException {
        var value = 0;
        for (int i = 0; i < bits; i++) {
            normalize();
            range >>>= 1;
            var isOne = Integer.compareUnsigned(code, range) >= 0;
            code -= isOne ? range : 0;
            value = value << 1 | (isOne ? 1 : 0);
        }
        return value;
    }

    private void normalize() throws XzException {
        if ((range & TOP) == 0) {
            if (at >= end) {
                throw new XzException("a chunk ends early");
            }
            range <<= 8;
            code = code << 8 | (bytes[at++] & 0xff);
        }
    }
}
