package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What the linker of Go 1.18 and later writes: the toolchain's version and a text of modules.
///
/// @param toolchain `go1.21.3`
/// @param modules the text without its marks, a line each: `path`, `mod`, `dep`, `=>`, `build`
record BuildInformation(String toolchain, String modules) {

    private static final int HEADER = 32;

    /// The list of modules stands between two marks of this length.
    private static final int MARK = 16;

    private static final int MAX_VERSION = 256;

    /// What came of reading.
    sealed interface Reading {
        record Found(BuildInformation information) implements Reading {}

        /// The texts go on behind what is there.
        record NeedsMore() implements Reading {}

        record NotThere() implements Reading {}
    }

    /// @param blob from its header on
    /// @param complete whether nothing follows
    static Reading read(byte[] blob, boolean complete) {
        var at = new int[] {HEADER};
        var versionLength = varint(blob, at);
        if (versionLength < 0) {
            return complete ? new Reading.NotThere() : new Reading.NeedsMore();
        }
        if (versionLength == 0 || versionLength > MAX_VERSION) {
            return new Reading.NotThere();
        }
        if (at[0] + versionLength > blob.length) {
            return new Reading.NeedsMore();
        }
        var toolchain = new String(blob, at[0], (int) versionLength, StandardCharsets.UTF_8);
        if (!toolchain.startsWith("go") && !toolchain.startsWith("devel")) {
            return new Reading.NotThere();
        }
        at[0] += (int) versionLength;
        var length = varint(blob, at);
        if (length < 0 || length > blob.length - at[0]) {
            return new Reading.NeedsMore();
        }
        var framed = length >= 2 * MARK + 1 && blob[at[0] + (int) length - MARK - 1] == '\n';
        return new Reading.Found(new BuildInformation(
                toolchain,
                framed ? new String(blob, at[0] + MARK, (int) length - 2 * MARK, StandardCharsets.UTF_8) : ""));
    }

    /// Little groups of seven bits; -1 where the blob ends within.
    private static long varint(byte[] blob, int[] at) {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at[0] >= blob.length) {
                return -1;
            }
            var b = blob[at[0]++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        return Long.MAX_VALUE;
    }

    List<PackageFound> packages() {
        var found = new ArrayList<PackageFound>();
        var waiting = "";
        for (var line : modules.split("\n", -1)) {
            var cells = line.split("\t", -1);
            switch (cells[0]) {
                case "mod", "dep" -> {
                    add(waiting, found);
                    waiting = line;
                }
                case "=>" -> waiting = line; // what replaces it is what was built
                default -> {
                    add(waiting, found);
                    waiting = "";
                }
            }
        }
        add(waiting, found);
        var version = toolchain.split(" ", -1)[0];
        if (version.startsWith("go")) {
            found.add(PackageFound.ofLanguage(PackageType.GOLANG, "", "stdlib", version.substring(2), List.of(), ""));
        }
        return found;
    }

    private static void add(String line, List<PackageFound> found) {
        var cells = line.split("\t", -1);
        if (cells.length < 3 || cells[1].isEmpty() || cells[1].startsWith(".") || cells[1].startsWith("/")) {
            return; // replaced by a folder: no version could be compared
        }
        var slash = cells[1].lastIndexOf('/');
        found.add(PackageFound.ofLanguage(
                PackageType.GOLANG,
                slash < 0 ? "" : cells[1].substring(0, slash),
                cells[1].substring(slash + 1),
                cells[2].isEmpty() ? "(devel)" : cells[2],
                List.of(),
                ""));
    }
}
