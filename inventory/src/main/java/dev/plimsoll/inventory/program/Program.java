package dev.plimsoll.inventory.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A program or library as its headers describe it. Where they are damaged it has no sections and no segments, but it
/// is one. Of a Mach-O file for several processors the first one's part is meant.
///
/// @param role what the system does with it
/// @param wide whether its addresses have 64 bits
/// @param base where the program is loaded, for PE files, whose tables count from there; else 0
/// @param sections in the order of the file
/// @param segments what is loaded where, in the order of the file; of PE files the sections
/// @param directories of a PE file: addresses and sizes of the tables that its optional header lists; else none
/// @param content the bytes of the file, or of the part that is meant
public record Program(
        Format format,
        Role role,
        boolean wide,
        ByteOrder order,
        long base,
        List<Section> sections,
        List<Segment> segments,
        List<Directory> directories,
        ProgramContent content) {

    /// In bytes; by these a file is known to be a program.
    public static final int MAGIC_LENGTH = 8;

    /// Of one program; a linker writes some dozens.
    static final int MAX_SECTIONS = 20_000;

    /// Of one program.
    static final int MAX_SEGMENTS = 1_000;

    private static final int ELF = 0x7f454c46;
    private static final int MZ = 0x4d5a;
    private static final int MACH_O = 0xfeedface;
    private static final int MACH_O_WIDE = 0xfeedfacf;
    private static final int FAT = 0xcafebabe;

    /// Java's class files begin with the same bytes as a Mach-O file for several processors; what counts these there
    /// is their format's version here, 45 at least.
    private static final int MOST_PROCESSORS = 30;

    /// What a file of programs begins with.
    public enum Format {
        ELF("ELF"),
        PE("PE"),
        MACH_O("Mach-O");

        private final String words;

        Format(String words) {
            this.words = words;
        }

        /// As people say it.
        public String words() {
            return words;
        }
    }

    /// What it is for.
    public enum Role {
        /// To be started.
        PROGRAM,
        /// To be loaded by programs.
        LIBRARY,
        /// Objects, modules of a kernel, dumps, and what cannot be told.
        OTHER
    }

    /// A named part of the file.
    ///
    /// @param address where it is loaded, 0 where it is not
    /// @param offset in the file
    /// @param size in the file, in bytes
    public record Section(String name, long address, long offset, long size) {}

    /// A part of the file that is loaded.
    ///
    /// @param writable whether the program may write to it
    public record Segment(String name, long address, long offset, long size, boolean writable) {}

    /// A table of a PE file.
    public record Directory(long address, long size) {}

    /// Whether a file that begins with these bytes may be a program.
    ///
    /// @param start the first {@value #MAGIC_LENGTH} bytes
    /// @param length how many there are
    public static boolean begins(byte[] start, int length) {
        return format(start, length).isPresent();
    }

    private static Optional<Format> format(byte[] start, int length) {
        if (length < MAGIC_LENGTH) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.wrap(start);
        var first = buffer.getInt(0);
        if (first == ELF) {
            return Optional.of(Format.ELF);
        }
        if (first >>> 16 == MZ) {
            return Optional.of(Format.PE);
        }
        var count = buffer.getInt(4);
        return isMachO(first)
                        || isMachO(Integer.reverseBytes(first))
                        || (first == FAT && count > 0 && count <= MOST_PROCESSORS)
                ? Optional.of(Format.MACH_O)
                : Optional.empty();
    }

    private static boolean isMachO(int first) {
        return first == MACH_O || first == MACH_O_WIDE;
    }

    /// What the headers say; nothing where this is no program.
    ///
    /// @throws IOException when the content cannot be read
    public static Optional<Program> of(ProgramContent content) throws IOException {
        var start = new byte[MAGIC_LENGTH];
        var first = content.read(0, MAGIC_LENGTH, ByteOrder.BIG_ENDIAN);
        var length = first.remaining();
        first.get(start, 0, length);
        var format = format(start, length);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (format.get()) {
                        case ELF -> ElfHeaders.read(content);
                        case PE -> PeHeaders.read(content);
                        case MACH_O -> MachOHeaders.read(content);
                    });
        } catch (IndexOutOfBoundsException e) {
            return Optional.of(damaged(format.get(), content));
        }
    }

    static Program damaged(Format format, ProgramContent content) {
        return new Program(
                format, Role.OTHER, true, ByteOrder.LITTLE_ENDIAN, 0, List.of(), List.of(), List.of(), content);
    }

    /// The first section of that name.
    public Optional<Section> section(String name) {
        for (var section : sections) {
            if (section.name().equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /// Bytes of a section, fewer where the file ends.
    public ByteBuffer read(Section section, int most) throws IOException {
        return content.read(section.offset(), Math.clamp(section.size(), 0, most), order);
    }

    /// What is loaded at an address, up to the end of its segment; none where nothing of the file is.
    public ByteBuffer loaded(long address, int most) throws IOException {
        for (var segment : segments) {
            var within = address - segment.address();
            if (within >= 0 && within < segment.size()) {
                return content.read(segment.offset() + within, (int) Math.min(most, segment.size() - within), order);
            }
        }
        return ByteBuffer.allocate(0).order(order);
    }

    /// Text up to the first zero byte, from a place of a buffer on.
    static String text(ByteBuffer buffer, int at, int most) {
        var length = 0;
        while (length < most && at + length < buffer.limit() && buffer.get(at + length) != 0) {
            length++;
        }
        return new String(buffer.array(), buffer.arrayOffset() + at, length, StandardCharsets.ISO_8859_1);
    }
}
