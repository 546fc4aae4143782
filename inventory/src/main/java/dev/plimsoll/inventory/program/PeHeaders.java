package dev.plimsoll.inventory.program;

import dev.plimsoll.inventory.program.Program.Directory;
import dev.plimsoll.inventory.program.Program.Format;
import dev.plimsoll.inventory.program.Program.Role;
import dev.plimsoll.inventory.program.Program.Section;
import dev.plimsoll.inventory.program.Program.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Headers of a Windows program or library.
///
/// Source: Microsoft, "PE Format".
final class PeHeaders {

    private static final int STUB = 64;
    private static final int POINTER = 0x3c;
    private static final int SIGNATURE = 0x50450000;
    private static final int COFF = 24;
    private static final int SECTION = 40;
    private static final int NAME = 8;
    private static final int DLL = 0x2000;
    private static final int WIDE = 0x20b;
    private static final int NARROW = 0x10b;
    private static final int WRITE = 0x80000000;
    private static final int MOST_DIRECTORIES = 16;

    private PeHeaders() {}

    /// @throws IndexOutOfBoundsException where the file ends within its headers
    static Program read(ProgramContent content) throws IOException {
        var stub = content.read(0, STUB, ByteOrder.LITTLE_ENDIAN);
        if (stub.remaining() < STUB) {
            return Program.damaged(Format.PE, content);
        }
        var at = Integer.toUnsignedLong(stub.getInt(POINTER));
        var coff = content.read(at, COFF, ByteOrder.LITTLE_ENDIAN);
        if (coff.remaining() < COFF || Integer.reverseBytes(coff.getInt(0)) != SIGNATURE) {
            return Program.damaged(Format.PE, content);
        }
        var count = Short.toUnsignedInt(coff.getShort(6));
        var optionalSize = Short.toUnsignedInt(coff.getShort(20));
        var role = (coff.getShort(22) & DLL) != 0 ? Role.LIBRARY : Role.PROGRAM;
        var optional = content.read(at + COFF, optionalSize, ByteOrder.LITTLE_ENDIAN);
        var magic = optional.remaining() < 2 ? 0 : optional.getShort(0);
        var wide = magic == WIDE;
        var directories = new ArrayList<Directory>();
        long base = 0;
        if (wide || magic == NARROW) {
            base = wide ? optional.getLong(24) : Integer.toUnsignedLong(optional.getInt(28));
            directories(optional, wide ? 108 : 92, base, directories);
        }
        var table = content.read(
                at + COFF + optionalSize, SECTION * Math.min(count, Program.MAX_SECTIONS), ByteOrder.LITTLE_ENDIAN);
        var sections = new ArrayList<Section>();
        var segments = new ArrayList<Segment>();
        for (int entry = 0; entry + SECTION <= table.limit(); entry += SECTION) {
            var name = Program.text(table, entry, NAME);
            var address = base + Integer.toUnsignedLong(table.getInt(entry + 12));
            var size = Integer.toUnsignedLong(table.getInt(entry + 16));
            var offset = Integer.toUnsignedLong(table.getInt(entry + 20));
            // What is needed of a section; the file pads it to whole blocks.
            var needed = Integer.toUnsignedLong(table.getInt(entry + 8));
            sections.add(new Section(name, address, offset, needed == 0 ? size : Math.min(size, needed)));
            segments.add(new Segment(name, address, offset, size, (table.getInt(entry + 36) & WRITE) != 0));
        }
        return new Program(
                Format.PE, role, wide, ByteOrder.LITTLE_ENDIAN, base, sections, segments, directories, content);
    }

    private static void directories(ByteBuffer optional, int count, long base, List<Directory> found) {
        if (optional.remaining() < count + 4) {
            return;
        }
        var number = Math.clamp(optional.getInt(count), 0, MOST_DIRECTORIES);
        for (int i = 0; i < number && count + 4 + 8 * (i + 1) <= optional.limit(); i++) {
            var entry = count + 4 + 8 * i;
            found.add(new Directory(
                    base + Integer.toUnsignedLong(optional.getInt(entry)),
                    Integer.toUnsignedLong(optional.getInt(entry + 4))));
        }
    }
}
