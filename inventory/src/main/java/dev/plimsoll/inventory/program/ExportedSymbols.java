package dev.plimsoll.inventory.program;

import dev.plimsoll.inventory.program.Program.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// Addresses of what an ELF file exports by name; stripping leaves them.
///
/// Source: System V ABI, "Symbol Table": sections `.dynsym` and `.dynstr`.
public final class ExportedSymbols {

    /// In bytes of all names.
    public static final int MAX_NAMES = 16 << 20;

    /// In symbols.
    public static final int MAX_SYMBOLS = 1 << 20;

    private final Program program;
    private final ByteBuffer names;

    private ExportedSymbols(Program program, ByteBuffer names) {
        this.program = program;
        this.names = names;
    }

    /// Of a file of another format there are none.
    ///
    /// @throws IOException when the content cannot be read
    public static ExportedSymbols of(Program program) throws IOException {
        var section = program.section(".dynstr");
        return new ExportedSymbols(
                program,
                section.isEmpty() || program.format() != Format.ELF
                        ? ByteBuffer.allocate(0)
                        : program.read(section.get(), MAX_NAMES));
    }

    /// The value of a symbol; empty where the file exports none of that name.
    ///
    /// @throws IOException when the content cannot be read
    public OptionalLong address(String name) throws IOException {
        var wanted = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        var section = program.section(".dynsym");
        // Most programs do not have the name at all.
        if (section.isEmpty() || !isAmongNames(wanted)) {
            return OptionalLong.empty();
        }
        var size = program.wide() ? 24 : 16;
        var symbols = program.read(section.get(), size * MAX_SYMBOLS);
        for (int at = 0; at + size <= symbols.limit(); at += size) {
            var place = symbols.getInt(at);
            if (place > 0 && isAt(place, wanted)) {
                return OptionalLong.of(
                        program.wide() ? symbols.getLong(at + 8) : Integer.toUnsignedLong(symbols.getInt(at + 4)));
            }
        }
        return OptionalLong.empty();
    }

    private boolean isAmongNames(byte[] wanted) {
        for (int at = 0; at + wanted.length <= names.limit(); at++) {
            if (names.get(at) == wanted[0] && isAt(at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(int place, byte[] wanted) {
        if (place > names.limit() - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (names.get(place + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
