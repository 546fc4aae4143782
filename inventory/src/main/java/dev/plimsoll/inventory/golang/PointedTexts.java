package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.program.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The texts of build information as Go 1.13 to 1.17 linked them: the header points to two strings of the program, each
/// an address and a length.
///
/// Source: Go, package `debug/buildinfo`.
///
/// @param header of the blob, in the program's byte order
/// @param pointerSize in bytes, 4 or 8
record PointedTexts(Program program, ByteBuffer header, int pointerSize) {

    private static final int FLAGS = 15;
    private static final int BIG_ENDIAN = 1;
    private static final int POINTERS = 16;

    static PointedTexts of(Program program, ByteBuffer header, int pointerSize) {
        header.order((header.get(FLAGS) & BIG_ENDIAN) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return new PointedTexts(program, header, pointerSize);
    }

    private long word(ByteBuffer buffer, int at) {
        return pointerSize == 8 ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
    }

    /// The bytes of a text, none where its address leads nowhere or it is over the limit.
    ///
    /// @param index 0 for the toolchain's version, 1 for the modules
    byte[] text(int index) throws IOException {
        var string = program.loaded(word(header, POINTERS + index * pointerSize), 2 * pointerSize)
                .order(header.order());
        if (string.remaining() < 2 * pointerSize) {
            return new byte[0];
        }
        var length = word(string, pointerSize);
        if (length <= 0 || length > GoBinaryAnalyzer.MAX_BLOB) {
            return new byte[0];
        }
        var text = program.loaded(word(string, 0), (int) length);
        return text.remaining() < length
                ? new byte[0]
                : Arrays.copyOfRange(text.array(), text.arrayOffset(), text.arrayOffset() + (int) length);
    }
}
