package dev.plimsoll.inventory.program;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Builds an ELF file of sections and segments, of either width and byte order.
public final class ElfBytes {

    private static final int EXECUTABLE = 2;

    private final boolean wide;
    private final ByteOrder order;
    private final List<Part> sections = new ArrayList<>();
    private final List<Part> segments = new ArrayList<>();
    private int type = EXECUTABLE;

    private record Part(String name, int kind, int flags, long address, byte[] content) {}

    public ElfBytes(boolean wide, ByteOrder order) {
        this.wide = wide;
        this.order = order;
    }

    /// Of 64 bits, little endian.
    public static ElfBytes elf() {
        return new ElfBytes(true, ByteOrder.LITTLE_ENDIAN);
    }

    /// 1 an object, 2 a program, 3 a library or a program that may lie anywhere.
    public ElfBytes type(int number) {
        type = number;
        return this;
    }

    public ElfBytes section(String name, byte[] content) {
        sections.add(new Part(name, 1, 0, 0, content));
        return this;
    }

    public ElfBytes segment(long address, boolean writable, byte[] content) {
        segments.add(new Part("", 1, writable ? 6 : 4, address, content));
        return this;
    }

    /// A segment of another kind: 2 dynamic, 3 interpreter.
    public ElfBytes segment(int kind, byte[] content) {
        segments.add(new Part("", kind, 4, 0, content));
        return this;
    }

    /// Writes a word of the width of an address.
    public ElfBytes word(ByteBuffer buffer, long value) {
        if (wide) {
            buffer.putLong(value);
        } else {
            buffer.putInt((int) value);
        }
        return this;
    }

    public byte[] bytes() {
        var header = wide ? 64 : 52;
        var entry = wide ? 56 : 32;
        var sectionEntry = wide ? 64 : 40;
        var names = new ByteArrayOutputStream();
        names.write(0);
        var all = new ArrayList<>(sections);
        var nameOffsets = new ArrayList<Integer>();
        all.add(new Part(".shstrtab", 3, 0, 0, new byte[0]));
        for (var part : all) {
            nameOffsets.add(names.size());
            names.writeBytes(part.name().getBytes(StandardCharsets.UTF_8));
            names.write(0);
        }
        all.set(all.size() - 1, new Part(".shstrtab", 3, 0, 0, names.toByteArray()));
        var contents = new ByteArrayOutputStream();
        var start = header + entry * segments.size() + sectionEntry * all.size();
        var sectionTable = ByteBuffer.allocate(sectionEntry * all.size()).order(order);
        var segmentTable = ByteBuffer.allocate(entry * segments.size()).order(order);
        for (var part : segments) {
            align(contents, start);
            var offset = start + contents.size();
            segmentTable.putInt(part.kind());
            if (wide) {
                segmentTable.putInt(part.flags());
            }
            word(segmentTable, offset).word(segmentTable, part.address()).word(segmentTable, part.address());
            word(segmentTable, part.content().length).word(segmentTable, part.content().length);
            if (!wide) {
                segmentTable.putInt(part.flags());
            }
            word(segmentTable, 16);
            contents.writeBytes(part.content());
        }
        for (int i = 0; i < all.size(); i++) {
            align(contents, start);
            var part = all.get(i);
            sectionTable.putInt(nameOffsets.get(i)).putInt(part.kind());
            word(sectionTable, 0).word(sectionTable, part.address());
            word(sectionTable, start + contents.size()).word(sectionTable, part.content().length);
            sectionTable.putInt(0).putInt(0);
            word(sectionTable, 16).word(sectionTable, 0);
            contents.writeBytes(part.content());
        }
        var file = ByteBuffer.allocate(start + contents.size()).order(order);
        file.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (order == ByteOrder.BIG_ENDIAN ? 2 : 1), 1
        });
        file.position(16).putShort((short) type).putShort((short) 62).putInt(1);
        word(file, 0).word(file, header).word(file, header + (long) entry * segments.size());
        file.putInt(0)
                .putShort((short) header)
                .putShort((short) entry)
                .putShort((short) segments.size())
                .putShort((short) sectionEntry)
                .putShort((short) all.size())
                .putShort((short) (all.size() - 1));
        file.put(segmentTable.array()).put(sectionTable.array()).put(contents.toByteArray());
        return file.array();
    }

    private static void align(ByteArrayOutputStream contents, int start) {
        while ((start + contents.size()) % 16 != 0) {
            contents.write(0);
        }
    }
}
