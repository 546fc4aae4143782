package dev.plimsoll.inventory.program;

import dev.plimsoll.inventory.program.Program.Format;
import dev.plimsoll.inventory.program.Program.Role;
import dev.plimsoll.inventory.program.Program.Section;
import dev.plimsoll.inventory.program.Program.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Headers of an ELF file, of both widths and byte orders.
///
/// Source: System V Application Binary Interface, "Object Files" and "Program Loading and Dynamic Linking".
final class ElfHeaders {

    private static final int HEADER = 64;
    private static final int NARROW_HEADER = 52;
    private static final int CLASS = 4;
    private static final int DATA = 5;

    private static final int EXECUTABLE = 2;
    private static final int SHARED = 3;

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERPRETER = 3;
    private static final int WRITE = 2;

    private static final int NO_BITS = 8;
    private static final int FLAGS_1 = 0x6ffffffb;
    private static final int PIE = 0x08000000;
    /// In entries of a dynamic section.
    private static final int MAX_DYNAMIC = 2_000;

    /// In bytes, of the names of sections.
    static final int MAX_NAMES = 1 << 20;

    private final ProgramContent content;
    private final boolean wide;
    private final ByteOrder order;
    private final ByteBuffer header;
    private boolean interpreted;
    private boolean positionIndependent;

    private ElfHeaders(ProgramContent content, ByteBuffer start) {
        this.content = content;
        this.wide = start.get(CLASS) == 2;
        this.order = start.get(DATA) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        this.header = start.order(order);
    }

    /// @throws IndexOutOfBoundsException where the file ends within its headers
    static Program read(ProgramContent content) throws IOException {
        var start = content.read(0, HEADER, ByteOrder.BIG_ENDIAN);
        if (start.remaining() < NARROW_HEADER) {
            return Program.damaged(Format.ELF, content);
        }
        return new ElfHeaders(content, start).program();
    }

    private Program program() throws IOException {
        var segments = segments();
        var role = switch (header.getShort(16)) {
            case EXECUTABLE -> Role.PROGRAM;
            case SHARED -> interpreted || positionIndependent ? Role.PROGRAM : Role.LIBRARY;
            default -> Role.OTHER;
        };
        return new Program(Format.ELF, role, wide, order, 0, sections(), segments, List.of(), content);
    }

    /// A word of the width of an address.
    private long word(ByteBuffer buffer, int at) {
        return wide ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
    }

    private List<Segment> segments() throws IOException {
        var size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
        var count = Math.min(Program.MAX_SEGMENTS, Short.toUnsignedInt(header.getShort(wide ? 56 : 44)));
        var found = new ArrayList<Segment>();
        if (size < (wide ? 56 : 32)) {
            return found;
        }
        var table = content.read(word(header, wide ? 32 : 28), size * count, order);
        for (int at = 0; at + size <= table.limit(); at += size) {
            var offset = word(table, at + (wide ? 8 : 4));
            var length = word(table, at + (wide ? 32 : 16));
            switch (table.getInt(at)) {
                case LOAD ->
                    found.add(new Segment(
                            "",
                            word(table, at + (wide ? 16 : 8)),
                            offset,
                            length,
                            (table.getInt(at + (wide ? 4 : 24)) & WRITE) != 0));
                case INTERPRETER -> interpreted = true;
                case DYNAMIC -> dynamic(offset, length);
                default -> {}
            }
        }
        return found;
    }

    private void dynamic(long offset, long length) throws IOException {
        var entry = wide ? 16 : 8;
        var table = content.read(offset, (int) Math.clamp(length, 0, (long) entry * MAX_DYNAMIC), order);
        for (int at = 0; at + entry <= table.limit() && word(table, at) != 0; at += entry) {
            if (word(table, at) == FLAGS_1 && (word(table, at + entry / 2) & PIE) != 0) {
                positionIndependent = true;
            }
        }
    }

    private List<Section> sections() throws IOException {
        var size = Short.toUnsignedInt(header.getShort(wide ? 58 : 46));
        var count = Math.min(Program.MAX_SECTIONS, Short.toUnsignedInt(header.getShort(wide ? 60 : 48)));
        var names = Short.toUnsignedInt(header.getShort(wide ? 62 : 50));
        var found = new ArrayList<Section>();
        if (size < (wide ? 64 : 40) || count == 0) {
            return found;
        }
        var table = content.read(word(header, wide ? 40 : 32), size * count, order);
        if (((long) names + 1) * size > table.limit()) {
            return found;
        }
        var texts = content.read(
                word(table, names * size + (wide ? 24 : 16)),
                Math.clamp(word(table, names * size + (wide ? 32 : 20)), 0, MAX_NAMES),
                order);
        for (int at = 0; at + size <= table.limit(); at += size) {
            var name = table.getInt(at);
            if (table.getInt(at + 4) != NO_BITS && name >= 0 && name < texts.limit()) {
                found.add(new Section(
                        Program.text(texts, name, 100),
                        word(table, at + (wide ? 16 : 12)),
                        word(table, at + (wide ? 24 : 16)),
                        word(table, at + (wide ? 32 : 20))));
            }
        }
        return found;
    }
}
