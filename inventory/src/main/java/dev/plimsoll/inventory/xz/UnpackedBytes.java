package dev.plimsoll.inventory.xz;

import java.util.Arrays;

/// What was unpacked so far, which serves as the dictionary too. Not safe for several threads.
final class UnpackedBytes {

    private final int most;
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int dictionaryFrom;

    /// @param most bytes that it may become
    UnpackedBytes(int most) {
        this.most = most;
    }

    int length() {
        return length;
    }

    /// Counted from where the dictionary begins.
    int position() {
        return length - dictionaryFrom;
    }

    /// What came before is not in the dictionary any more.
    void resetDictionary() {
        dictionaryFrom = length;
    }

    void add(byte value) throws XzException {
        room(1);
        bytes[length++] = value;
    }

    void add(byte[] from, int offset, int count) throws XzException {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /// The byte that lies so far back; 0 is the last one. 0 where the dictionary is empty.
    int back(int distance) throws XzException {
        if (length == dictionaryFrom && distance == 0) {
            return 0;
        }
        if (distance < 0 || distance >= length - dictionaryFrom) {
            throw new XzException("it refers to before its beginning");
        }
        return bytes[length - 1 - distance] & 0xff;
    }

    /// Repeats bytes that lie so far back; they may overlap what they become.
    void repeat(int distance, int count) throws XzException {
        if (length == dictionaryFrom) {
            throw new XzException("it refers to before its beginning");
        }
        back(distance);
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length] = bytes[length - 1 - distance];
            length++;
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int count) throws XzException {
        if (count > most - length) {
            throw new XzException("it unpacks to over " + most + " bytes");
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, (int) Math.min(most, bytes.length * 2L)));
        }
    }
}
