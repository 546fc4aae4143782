package dev.plimsoll.inventory.dotnet;

import dev.plimsoll.inventory.program.Program;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The texts of a PE file's version resource, by their names.
///
/// Source: Microsoft, "PE Format" (the .rsrc section) and "Version Information" (VS_VERSIONINFO, StringFileInfo).
final class VersionResource {

    private static final int DIRECTORY = 2;
    private static final int VERSION = 16;
    private static final int TABLE = 16;
    private static final int ENTRY = 8;
    private static final int SUBDIRECTORY = 0x80000000;

    /// In bytes, of the resource's directories, which stand at its start.
    static final int MAX_DIRECTORIES = 1 << 20;

    /// In bytes, of the version resource.
    static final int MAX_RESOURCE = 1 << 16;

    /// In texts.
    static final int MAX_TEXTS = 200;

    private final ByteBuffer resource;
    private final Map<String, String> texts = new LinkedHashMap<>();

    private VersionResource(ByteBuffer resource) {
        this.resource = resource;
    }

    /// The texts; none where there is no such resource, or it is damaged before the first.
    static Map<String, String> of(Program program) throws IOException {
        if (program.directories().size() <= DIRECTORY
                || program.directories().get(DIRECTORY).size() == 0) {
            return Map.of();
        }
        var root = program.directories().get(DIRECTORY).address();
        var directories = program.loaded(root, MAX_DIRECTORIES);
        var at = first(directories, 0, VERSION);
        // The levels are kind, name and language.
        for (int level = 0; level < 2 && at < 0; level++) {
            at = first(directories, at & ~SUBDIRECTORY, -1);
        }
        if (at <= 0 || at + ENTRY > directories.limit()) {
            return Map.of();
        }
        // Addresses in the entry count from the start of the program in memory, as the directory's own does.
        var data = program.loaded(
                program.base() + Integer.toUnsignedLong(directories.getInt(at)),
                Math.clamp(Integer.toUnsignedLong(directories.getInt(at + 4)), 0, MAX_RESOURCE));
        var reader = new VersionResource(data);
        reader.block(0, data.limit(), 0);
        return reader.texts;
    }

    /// The offset that the entry of this kind leads to, 0 where there is none.
    ///
    /// @param kind the wanted one, any where it is negative
    private static int first(ByteBuffer directories, int table, int kind) {
        if (table < 0 || table > directories.limit() - TABLE) {
            return 0;
        }
        var count = Short.toUnsignedInt(directories.getShort(table + 12))
                + Short.toUnsignedInt(directories.getShort(table + 14));
        for (int i = 0; i < count && table + TABLE + (i + 1) * ENTRY <= directories.limit(); i++) {
            var entry = table + TABLE + i * ENTRY;
            if (kind < 0 || directories.getInt(entry) == kind) {
                return directories.getInt(entry + 4);
            }
        }
        return 0;
    }

    /// A block: its length, that of its value, its type, its name, the value, further blocks.
    private void block(int start, int limit, int depth) {
        if (depth > 3 || limit - start < 6 || texts.size() >= MAX_TEXTS) {
            return;
        }
        var end = Math.min(limit, start + Short.toUnsignedInt(resource.getShort(start)));
        var valueLength = Short.toUnsignedInt(resource.getShort(start + 2));
        var key = text(start + 6, end);
        var value = aligned(start + 6 + 2 * (key.length() + 1));
        switch (depth) {
            case 0 -> blocks(aligned(value + valueLength), end, 1);
            case 1 -> {
                if (key.equals("StringFileInfo")) {
                    blocks(value, end, 2);
                }
            }
            case 2 -> blocks(value, end, 3);
            default -> texts.putIfAbsent(key, text(value, end).strip());
        }
    }

    private void blocks(int start, int end, int depth) {
        var at = start;
        while (at + 6 <= end) {
            var length = Short.toUnsignedInt(resource.getShort(at));
            if (length < 6) {
                return;
            }
            block(at, end, depth);
            at = aligned(at + length);
        }
    }

    private static int aligned(int offset) {
        return (offset + 3) & ~3;
    }

    /// UTF-16 up to a zero.
    private String text(int start, int end) {
        var stop = start;
        while (stop + 2 <= end && resource.getShort(stop) != 0) {
            stop += 2;
        }
        return stop <= start
                ? ""
                : new String(resource.array(), resource.arrayOffset() + start, stop - start, StandardCharsets.UTF_16LE);
    }
}
