package dev.plimsoll.inventory.golang;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Builds what a Go linker leaves in a program: a header of some format, other bytes, and the blob with its texts.
public final class ProgramBytes {

    public static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    public static final byte[] PE = {'M', 'Z'};
    public static final byte[] MACH_O = {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static ProgramBytes program(byte... magic) {
        return new ProgramBytes().bytes(magic);
    }

    public static ProgramBytes elf() {
        return program(ELF);
    }

    public ProgramBytes bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public ProgramBytes text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Fills up to an offset.
    public ProgramBytes upTo(int offset) {
        return bytes(new byte[offset - out.size()]);
    }

    /// The blob's mark with pointer size and flags, and the rest of the header.
    public ProgramBytes header(int pointerSize, int flags) {
        return bytes((byte) 0xff)
                .text(" Go buildinf:")
                .bytes((byte) pointerSize, (byte) flags)
                .bytes(new byte[16]);
    }

    /// As Go 1.18 and later write it.
    public ProgramBytes blob(String toolchain, String modules) {
        var mark = "0123456789abcdef";
        return header(8, 2).string(toolchain).string(modules.isEmpty() ? "" : mark + modules + mark);
    }

    public ProgramBytes string(String text) {
        length(text.getBytes(StandardCharsets.UTF_8).length);
        return text(text);
    }

    /// Groups of seven bits, the lowest first.
    public ProgramBytes length(int length) {
        var rest = length;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
