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

/// Headers of a Mach-O file, of both widths and byte orders; of one for several processors the first part.
///
/// Source: Apple, `mach-o/loader.h` and `mach-o/fat.h`.
final class MachOHeaders {

    private static final int FAT = 0xcafebabe;
    private static final int FAT_PART = 8;
    private static final int MAGIC_WIDE = 0xfeedfacf;
    private static final int MAGIC_NARROW = 0xfeedface;
    private static final int NAME = 16;
    private static final int EXECUTE = 2;
    private static final int DYNAMIC_LIBRARY = 6;
    private static final int BUNDLE = 8;
    private static final int SEGMENT = 1;
    private static final int SEGMENT_WIDE = 0x19;
    private static final int WRITE = 2;

    /// In bytes, of all load commands.
    static final int MAX_COMMANDS = 1 << 20;

    private final boolean wide;
    private final List<Section> sections = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();

    private MachOHeaders(boolean wide) {
        this.wide = wide;
    }

    /// @throws IndexOutOfBoundsException where the file ends within its headers
    static Program read(ProgramContent content) throws IOException {
        var fat = content.read(0, FAT_PART + 20, ByteOrder.BIG_ENDIAN);
        if (fat.getInt(0) == FAT) {
            var part = content.slice(
                    Integer.toUnsignedLong(fat.getInt(FAT_PART + 8)),
                    Integer.toUnsignedLong(fat.getInt(FAT_PART + 12)));
            var magic = part.read(0, 4, ByteOrder.BIG_ENDIAN);
            return magic.remaining() == 4 && magic.getInt(0) != FAT
                    ? read(part)
                    : Program.damaged(Format.MACH_O, content);
        }
        var start = content.read(0, 32, ByteOrder.BIG_ENDIAN);
        var first = start.getInt(0);
        var order = first == MAGIC_WIDE || first == MAGIC_NARROW ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        start.order(order);
        var magic = start.getInt(0);
        if (magic != MAGIC_WIDE && magic != MAGIC_NARROW) {
            return Program.damaged(Format.MACH_O, content);
        }
        var headers = new MachOHeaders(magic == MAGIC_WIDE);
        var role = switch (start.getInt(12)) {
            case EXECUTE -> Role.PROGRAM;
            case DYNAMIC_LIBRARY, BUNDLE -> Role.LIBRARY;
            default -> Role.OTHER;
        };
        var commands = content.read(
                headers.wide ? 32 : 28, (int) Math.min(MAX_COMMANDS, Integer.toUnsignedLong(start.getInt(20))), order);
        headers.commands(commands);
        return new Program(
                Format.MACH_O, role, headers.wide, order, 0, headers.sections, headers.segments, List.of(), content);
    }

    private void commands(ByteBuffer commands) {
        int at = 0;
        while (at + 8 <= commands.limit()) {
            var size = commands.getInt(at + 4);
            if (size < 8 || size > commands.limit() - at) {
                return;
            }
            var kind = commands.getInt(at);
            if ((kind == SEGMENT_WIDE && wide) || (kind == SEGMENT && !wide)) {
                segment(commands, at, at + size);
            }
            at += size;
        }
    }

    private long word(ByteBuffer buffer, int at) {
        return wide ? buffer.getLong(at) : Integer.toUnsignedLong(buffer.getInt(at));
    }

    private void segment(ByteBuffer commands, int at, int end) {
        var word = wide ? 8 : 4;
        var numbers = at + 8 + NAME;
        var header = wide ? 72 : 56;
        var section = wide ? 80 : 68;
        if (end - at < header || segments.size() >= Program.MAX_SEGMENTS) {
            return;
        }
        segments.add(new Segment(
                Program.text(commands, at + 8, NAME),
                word(commands, numbers),
                word(commands, numbers + 2 * word),
                word(commands, numbers + 3 * word),
                (commands.getInt(numbers + 4 * word + 4) & WRITE) != 0));
        for (int entry = at + header;
                entry + section <= end && sections.size() < Program.MAX_SECTIONS;
                entry += section) {
            sections.add(new Section(
                    Program.text(commands, entry, NAME),
                    word(commands, entry + 2 * NAME),
                    Integer.toUnsignedLong(commands.getInt(entry + 2 * NAME + 2 * word)),
                    word(commands, entry + 2 * NAME + word)));
        }
    }
}
