package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.Program.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The table by which a Go program knows its functions, `pclntab`; stripping leaves it. Beside the functions that the
/// linker kept it names those that were inlined into them.
///
/// Source: Go, package `debug/gosym` (`pclntab.go`: header, its four layouts), `runtime/symtab.go` (`pcHeader`),
/// `cmd/link/internal/ld/pcln.go` (which names are written).
final class FunctionTable {

    /// In bytes of one program's names, those of functions that were inlined among them.
    static final int MAX_NAMES = 256 << 20;

    /// In bytes of one name; those of generated code grow long.
    static final int MAX_NAME = 1 << 16;

    /// In bytes that are searched for the table where no section is made for it.
    static final int MAX_SEARCHED = 512 << 20;

    private static final int WINDOW = 1 << 20;

    /// In bytes, up to the first word.
    private static final int HEADER = 8;

    private static final int GO_1_2 = 0xfffffffb;
    private static final int GO_1_16 = 0xfffffffa;
    private static final int GO_1_18 = 0xfffffff0;
    private static final int GO_1_20 = 0xfffffff1;

    private static final List<String> SECTIONS = List.of(".gopclntab", ".data.rel.ro.gopclntab", "__gopclntab");

    /// Where linkers put it that make no section for it.
    private static final List<String> HOLDING = List.of(".data.rel.ro", ".rdata", ".text", ".rodata", ".pclntab");

    private final Program program;
    private final Taker taker;

    private FunctionTable(Program program, Taker taker) {
        this.program = program;
        this.taker = taker;
    }

    /// Is shown each name, as bytes.
    @FunctionalInterface
    interface Taker {

        void name(byte[] bytes, int start, int end);
    }

    /// The table, or what stands for it, cannot be read.
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }
    }

    /// Where names stand.
    private record Names(long offset, long size) {}

    /// Shows every name of a program's functions, in no order, some of them more than once; of programs of Go 1.15 and
    /// older texts that are none besides.
    ///
    /// @throws UnreadableException where not all names can be shown
    static void names(Program program, Taker taker) throws IOException, UnreadableException {
        new FunctionTable(program, taker).read();
    }

    private void read() throws IOException, UnreadableException {
        for (var name : SECTIONS) {
            var section = program.section(name);
            if (section.isPresent()) {
                var names = header(section.get().offset(), section.get().size());
                if (names.size() == 0) {
                    throw new UnreadableException("the table of functions has no known form");
                }
                show(names);
                return;
            }
        }
        // A program may hold another one as data: what either has counts.
        var found = new ArrayList<Names>();
        for (var region : regions()) {
            search(region, found);
        }
        if (found.isEmpty()) {
            throw new UnreadableException("there is no table of functions");
        }
        for (var names : found) {
            show(names);
        }
    }

    private List<Section> regions() {
        var regions = new ArrayList<Section>();
        for (var section : program.sections()) {
            if (HOLDING.contains(section.name())) {
                regions.add(section);
            }
        }
        if (regions.isEmpty()) {
            for (var segment : program.segments()) {
                regions.add(new Section(segment.name(), segment.address(), segment.offset(), segment.size()));
            }
        }
        return regions;
    }

    private void search(Section region, List<Names> found) throws IOException {
        var length = Math.min(region.size(), MAX_SEARCHED);
        for (long at = 0; at < length; at += WINDOW) {
            var window =
                    program.content().read(region.offset() + at, (int) Math.min(WINDOW, length - at), program.order());
            for (int i = 0; i + 4 <= window.limit(); i += 4) {
                if (isMagic(window.getInt(i))) {
                    var names = header(region.offset() + at + i, region.size() - at - i);
                    if (names.size() > 0) {
                        found.add(names);
                    }
                }
            }
        }
    }

    private static boolean isMagic(int word) {
        return word == GO_1_2 || word == GO_1_16 || word == GO_1_18 || word == GO_1_20;
    }

    /// Where the names of a table are; size 0 where there is no table.
    private Names header(long at, long most) throws IOException {
        var buffer = program.content().read(at, HEADER + 8 * 8, program.order());
        var nothing = new Names(at, 0);
        if (buffer.limit() < HEADER + 8 * 8 || buffer.getShort(4) != 0) {
            return nothing;
        }
        var step = buffer.get(6);
        var pointer = buffer.get(7);
        if ((step != 1 && step != 2 && step != 4) || (pointer != 4 && pointer != 8)) {
            return nothing;
        }
        var functions = word(buffer, pointer, 0);
        if (functions <= 0 || functions > most) {
            return nothing;
        }
        return switch (buffer.getInt(0)) {
            // Names stand among the functions' records there; where bytes of an address may be before one, its
            // beginning cannot be told.
            case GO_1_2 ->
                program.order() == ByteOrder.LITTLE_ENDIAN
                        ? new Names(
                                at + HEADER, Math.min(most, program.content().size() - at) - HEADER)
                        : nothing;
            case GO_1_16 -> between(at, most, word(buffer, pointer, 2), word(buffer, pointer, 3));
            case GO_1_18, GO_1_20 -> between(at, most, word(buffer, pointer, 3), word(buffer, pointer, 4));
            default -> nothing;
        };
    }

    private static Names between(long at, long most, long start, long end) {
        return start > HEADER && end > start && end <= most ? new Names(at + start, end - start) : new Names(at, 0);
    }

    private static long word(ByteBuffer buffer, int pointer, int index) {
        return pointer == 8
                ? buffer.getLong(HEADER + 8 * index)
                : Integer.toUnsignedLong(buffer.getInt(HEADER + 4 * index));
    }

    private void show(Names names) throws IOException, UnreadableException {
        if (names.size() > MAX_NAMES) {
            throw new UnreadableException("the names of functions are over " + MAX_NAMES + " bytes");
        }
        long at = 0;
        while (at < names.size()) {
            var wanted = (int) Math.min(WINDOW, names.size() - at);
            var window = program.content().read(names.offset() + at, wanted, program.order());
            if (window.limit() < wanted) {
                throw new UnreadableException("the names of functions are cut short");
            }
            var last = at + wanted == names.size();
            var used = show(window, last);
            if (used == 0) {
                throw new UnreadableException("the name of a function is over " + MAX_NAME + " bytes");
            }
            at += used;
        }
    }

    /// @return how many bytes were of whole names
    private int show(ByteBuffer window, boolean last) throws UnreadableException {
        var bytes = window.array();
        var start = window.arrayOffset();
        var end = start + window.limit();
        var begin = start;
        for (int i = start; i < end; i++) {
            var b = bytes[i];
            if (b == 0) {
                if (i - begin > MAX_NAME) {
                    throw new UnreadableException("the name of a function is over " + MAX_NAME + " bytes");
                }
                if (i > begin) {
                    taker.name(bytes, begin, i);
                }
                begin = i + 1;
            } else if (b > 0 && b < ' ') {
                begin = i + 1; // no name has it: between names of Go 1.15 and older
            }
        }
        return last ? window.limit() : Math.max(begin, end - MAX_NAME - 1) - start;
    }
}
