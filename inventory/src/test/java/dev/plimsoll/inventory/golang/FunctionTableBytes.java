package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.program.ElfBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Builds tables of functions of each form that the linker had, with nothing in them but the header and names.
public final class FunctionTableBytes {

    static final int GO_1_2 = 0xfffffffb;
    static final int GO_1_16 = 0xfffffffa;
    static final int GO_1_18 = 0xfffffff0;
    public static final int GO_1_20 = 0xfffffff1;

    private FunctionTableBytes() {}

    /// A program with a table of Go 1.20 that holds these functions.
    ///
    /// @param modules of the build information
    public static byte[] program(String modules, String... names) {
        return program(GO_1_20, modules, names);
    }

    static byte[] program(int magic, String modules, String... names) {
        var blob = new ProgramBytes().header(8, 2).string("go1.21.3");
        return ElfBytes.elf()
                .section(
                        ".go.buildinfo",
                        blob.string("0123456789abcdef" + modules + "0123456789abcdef")
                                .bytes())
                .section(".gopclntab", of(magic, ByteOrder.LITTLE_ENDIAN, 8, names))
                .bytes();
    }

    static byte[] of(int magic, ByteOrder order, int pointer, String... names) {
        var texts = new ByteArrayOutputStream();
        for (var name : names) {
            texts.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            texts.write(0);
        }
        var words = 8;
        var start = 8 + 8 * words;
        var table = ByteBuffer.allocate(start + texts.size() + 64).order(order);
        table.putInt(magic).putShort((short) 0).put((byte) 1).put((byte) pointer);
        var first = switch (magic) {
            case GO_1_16 -> 2;
            case GO_1_18, GO_1_20 -> 3;
            default -> 8;
        };
        for (int i = 0; i < 8; i++) {
            long word = i == 0 ? names.length : i == first ? start : i == first + 1 ? start + texts.size() : 0;
            if (pointer == 8) {
                table.putLong(word);
            } else {
                table.putInt((int) word);
            }
        }
        return table.position(start).put(texts.toByteArray()).array();
    }
}
