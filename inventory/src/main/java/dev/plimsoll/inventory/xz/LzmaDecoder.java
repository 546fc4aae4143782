package dev.plimsoll.inventory.xz;

import java.util.Arrays;

/// LZMA's own state across the chunks of LZMA2.
///
/// Source: LZMA SDK, "LZMA specification". Not safe for several threads.
final class LzmaDecoder {

    private static final int STATES = 12;
    private static final int POSITIONS = 16;
    private static final int FIRST_MATCH_STATE = 7;
    private static final int LITERAL_CODER = 0x300;
    private static final int SLOT_BITS = 6;
    private static final int ALIGN_BITS = 4;
    private static final int FIRST_MODEL_SLOT = 4;
    private static final int LAST_MODEL_SLOT = 14;
    private static final int LENGTH_CLASSES = 4;
    private static final int SHORTEST_MATCH = 2;

    private final UnpackedBytes unpacked;
    private final int[] recent = new int[4];
    private int state;
    private int literalContextBits;
    private int literalPositionMask;
    private int positionMask;
    private short[] literals = {};
    private short[] isMatch = {};
    private short[] isRecent = {};
    private short[] isNotFirst = {};
    private short[] isNotSecond = {};
    private short[] isNotThird = {};
    private short[] isLong = {};
    private short[] slots = {};
    private short[] special = {};
    private short[] align = {};
    private LengthDecoder matchLength = new LengthDecoder();
    private LengthDecoder recentLength = new LengthDecoder();

    LzmaDecoder(UnpackedBytes unpacked) {
        this.unpacked = unpacked;
    }

    private static short[] even(int count) {
        var probabilities = new short[count];
        Arrays.fill(probabilities, RangeDecoder.EVEN);
        return probabilities;
    }

    /// @param packed lc, lp and pb as `(pb * 5 + lp) * 9 + lc`
    void properties(int packed) throws XzException {
        var contextBits = packed % 9;
        var positionBits = packed / 9 % 5;
        if (packed >= 9 * 5 * 5 || contextBits + positionBits > 4) {
            throw new XzException("a chunk has properties that do not exist");
        }
        literalContextBits = contextBits;
        literalPositionMask = (1 << positionBits) - 1;
        positionMask = (1 << (packed / 45)) - 1;
        literals = even(LITERAL_CODER << (contextBits + positionBits));
    }

    void reset() {
        state = 0;
        Arrays.fill(recent, 0);
        Arrays.fill(literals, RangeDecoder.EVEN);
        isMatch = even(STATES * POSITIONS);
        isRecent = even(STATES);
        isNotFirst = even(STATES);
        isNotSecond = even(STATES);
        isNotThird = even(STATES);
        isLong = even(STATES * POSITIONS);
        slots = even(LENGTH_CLASSES << SLOT_BITS);
        special = even(1 << 7);
        align = even(1 << ALIGN_BITS);
        matchLength = new LengthDecoder();
        recentLength = new LengthDecoder();
    }

    boolean isReady() {
        return isMatch.length > 0 && literals.length > 0;
    }

    /// Unpacks one chunk of that many bytes.
    void chunk(RangeDecoder bits, int size) throws XzException {
        var end = (long) unpacked.length() + size;
        while (unpacked.length() < end) {
            var position = unpacked.position() & positionMask;
            if (bits.bit(isMatch, state * POSITIONS + position) == 0) {
                literal(bits);
                continue;
            }
            int length;
            if (bits.bit(isRecent, state) == 0) {
                recent[3] = recent[2];
                recent[2] = recent[1];
                recent[1] = recent[0];
                length = matchLength.read(bits, position);
                recent[0] = distance(bits, length);
                state = state < FIRST_MATCH_STATE ? 7 : 10;
            } else if (isShortRepetition(bits, position)) {
                length = 1;
                state = state < FIRST_MATCH_STATE ? 9 : 11;
            } else {
                length = recentLength.read(bits, position);
                state = state < FIRST_MATCH_STATE ? 8 : 11;
            }
            if (length > end - unpacked.length()) {
                throw new XzException("a chunk unpacks to more than it says");
            }
            unpacked.repeat(recent[0], length);
        }
    }

    private void literal(RangeDecoder bits) throws XzException {
        var before = unpacked.back(0);
        var context = ((unpacked.position() & literalPositionMask) << literalContextBits)
                + (before >>> (8 - literalContextBits));
        var from = LITERAL_CODER * context;
        var symbol = 1;
        if (state >= FIRST_MATCH_STATE) {
            var match = unpacked.back(recent[0]);
            do {
                var matchBit = match >>> 7 & 1;
                match <<= 1;
                var bit = bits.bit(literals, from + ((1 + matchBit) << 8) + symbol);
                symbol = symbol << 1 | bit;
                if (matchBit != bit) {
                    break;
                }
            } while (symbol < 0x100);
        }
        while (symbol < 0x100) {
            symbol = symbol << 1 | bits.bit(literals, from + symbol);
        }
        unpacked.add((byte) symbol);
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    }

    /// Whether one byte of the most recent distance follows; else that distance becomes the one that is meant.
    private boolean isShortRepetition(RangeDecoder bits, int position) throws XzException {
        if (bits.bit(isNotFirst, state) == 0) {
            return bits.bit(isLong, state * POSITIONS + position) == 0;
        }
        int distance;
        if (bits.bit(isNotSecond, state) == 0) {
            distance = recent[1];
        } else {
            if (bits.bit(isNotThird, state) == 0) {
                distance = recent[2];
            } else {
                distance = recent[3];
                recent[3] = recent[2];
            }
            recent[2] = recent[1];
        }
        recent[1] = recent[0];
        recent[0] = distance;
        return false;
    }

    private int distance(RangeDecoder bits, int length) throws XzException {
        var lengthClass = Math.min(length - SHORTEST_MATCH, LENGTH_CLASSES - 1);
        var slot = bits.tree(slots, lengthClass << SLOT_BITS, SLOT_BITS);
        if (slot < FIRST_MODEL_SLOT) {
            return slot;
        }
        var lowBits = (slot >>> 1) - 1;
        var distance = (2 | (slot & 1)) << lowBits;
        return slot < LAST_MODEL_SLOT
                ? distance + bits.reverseTree(special, distance - slot, lowBits)
                : distance + (bits.direct(lowBits - ALIGN_BITS) << ALIGN_BITS) + bits.reverseTree(align, 0, ALIGN_BITS);
    }

    /// Lengths from two on.
    private static final class LengthDecoder {

        private final short[] choice = even(2);
        private final short[] low = even(POSITIONS << 3);
        private final short[] middle = even(POSITIONS << 3);
        private final short[] high = even(1 << 8);

        int read(RangeDecoder bits, int position) throws XzException {
            if (bits.bit(choice, 0) == 0) {
                return SHORTEST_MATCH + bits.tree(low, position << 3, 3);
            }
            return bits.bit(choice, 1) == 0
                    ? SHORTEST_MATCH + 8 + bits.tree(middle, position << 3, 3)
                    : SHORTEST_MATCH + 16 + bits.tree(high, 0, 8);
        }
    }
}
