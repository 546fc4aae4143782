package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the linker of Go 1.13 and later writes: the toolchain's version and a text of modules.
///
/// @param toolchain `go1.21.3`
/// @param modules the text without its marks, a line each: `path`, `mod`, `dep`, `=>`, `build`
record BuildInformation(String toolchain, String modules) {

    /// In bytes, before the texts.
    static final int HEADER = 32;

    /// The list of modules stands between two marks of this length.
    private static final int MARK = 16;

    /// In bytes, of the toolchain's version.
    static final int MAX_VERSION = 256;

    /// What the linker writes where it knows no version.
    private static final String DEVELOPMENT = "(devel)";

    /// The standard library's module, as Go's vulnerability database calls it.
    private static final String LIBRARY = "stdlib";

    /// What came of reading.
    sealed interface Reading {
        record Found(BuildInformation information) implements Reading {}

        /// The texts go on behind what is there.
        ///
        /// @param length of the whole blob, in bytes; 0 where it is not known yet
        record NeedsMore(long length) implements Reading {}

        record NotThere() implements Reading {}

        /// The header's pointers lead to no texts.
        record PointsNowhere() implements Reading {}
    }

    /// @param blob from its header on
    static Reading read(byte[] blob) {
        var at = new int[] {HEADER};
        var versionLength = varint(blob, at);
        if (versionLength == 0 || versionLength > MAX_VERSION) {
            return new Reading.NotThere();
        }
        if (versionLength < 0 || at[0] + versionLength > blob.length) {
            return new Reading.NeedsMore(0);
        }
        var toolchain = new String(blob, at[0], (int) versionLength, StandardCharsets.UTF_8);
        if (!isToolchain(toolchain)) {
            return new Reading.NotThere();
        }
        at[0] += (int) versionLength;
        var length = varint(blob, at);
        if (length < 0) {
            return new Reading.NeedsMore(0);
        }
        if (length > blob.length - at[0]) {
            return new Reading.NeedsMore(at[0] + length);
        }
        return new Reading.Found(new BuildInformation(toolchain, unframed(blob, at[0], (int) length)));
    }

    /// @param version the toolchain's
    /// @param modules with their marks; may be none
    static Optional<BuildInformation> of(byte[] version, byte[] modules) {
        var toolchain = new String(version, StandardCharsets.UTF_8);
        return version.length <= MAX_VERSION && isToolchain(toolchain)
                ? Optional.of(new BuildInformation(toolchain, unframed(modules, 0, modules.length)))
                : Optional.empty();
    }

    private static boolean isToolchain(String version) {
        return version.startsWith("go") || version.startsWith("devel");
    }

    private static String unframed(byte[] bytes, int start, int length) {
        return length >= 2 * MARK + 1 && bytes[start + length - MARK - 1] == '\n'
                ? new String(bytes, start + MARK, length - 2 * MARK, StandardCharsets.UTF_8)
                : "";
    }

    /// Little groups of seven bits; -1 where the blob ends within, more than any limit where there is no end to it.
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
        return Integer.MAX_VALUE * 4L;
    }

    /// The main module, what it was built from, and the standard library.
    List<PackageFound> packages() {
        var found = new ArrayList<PackageFound>();
        builtFrom().forEach(module -> module.found().ifPresent(found::add));
        return found;
    }

    /// The same, and what its functions are.
    ///
    /// @param symbols of each module, by the path that importers write; an empty one for the standard library
    List<PackageFound> packages(Function<String, GoSymbols> symbols) {
        var found = new ArrayList<PackageFound>();
        for (var module : builtFrom()) {
            module.found()
                    .map(item -> item.withProperties(Map.of(
                            PackageProperty.SYMBOLS,
                            symbols.apply(module.imported()).text())))
                    .ifPresent(found::add);
        }
        return found;
    }

    /// The paths of modules as importers write them, whatever replaces them.
    List<String> importedModules() {
        return builtFrom().stream()
                .map(Module::imported)
                .filter(path -> !path.isEmpty())
                .toList();
    }

    /// The path of the main package, `main` where the linker did not write it.
    String mainPackage() {
        return modules.lines()
                .filter(line -> line.startsWith("path\t"))
                .map(line -> line.substring("path\t".length()))
                .findFirst()
                .orElse("main");
    }

    private List<Module> builtFrom() {
        var all = new ArrayList<Module>();
        var waiting = NOTHING;
        for (var line : (Iterable<String>) modules.lines()::iterator) {
            var cells = line.split("\t", 4);
            switch (cells[0]) {
                case "mod" -> {
                    all.add(waiting);
                    waiting = mainModule(Module.of(cells));
                }
                case "dep" -> {
                    all.add(waiting);
                    waiting = Module.of(cells);
                }
                case "=>" -> waiting = waiting.replacedBy(Module.of(cells));
                default -> {
                    all.add(waiting);
                    waiting = NOTHING;
                }
            }
        }
        all.add(waiting);
        var version = toolchain.split(" ", 2)[0];
        if (version.startsWith("go")) {
            all.add(new Module("", LIBRARY, version.substring(2)));
        }
        return all;
    }

    /// The main module's version, empty where it is not known.
    String mainVersion() {
        return modules.lines()
                .filter(line -> line.startsWith("mod\t"))
                .map(line -> mainModule(Module.of(line.split("\t", 4))).version())
                .findFirst()
                .orElse("");
    }

    private Module mainModule(Module written) {
        return written.version().isEmpty()
                ? new Module(
                        written.imported(),
                        written.path(),
                        BuildSettings.of(modules).version(written.path()))
                : written;
    }

    private static final Module NOTHING = new Module("", "", "");

    /// A line of the list.
    ///
    /// @param imported its path as importers write it, empty for the standard library
    /// @param path of what was built
    private record Module(String imported, String path, String version) {

        static Module of(String[] cells) {
            return cells.length < 3
                    ? NOTHING
                    : new Module(cells[1], cells[1], cells[2].equals(DEVELOPMENT) ? "" : cells[2]);
        }

        /// What was built is what replaces it. A folder has no version; it holds some state of the module it stands
        /// for.
        Module replacedBy(Module other) {
            return other.isFolder() ? new Module(imported, path, "") : new Module(imported, other.path, other.version);
        }

        private boolean isFolder() {
            return path.startsWith(".") || path.startsWith("/") || path.contains(":") || path.contains("\\");
        }

        Optional<PackageFound> found() {
            var slash = path.lastIndexOf('/');
            return path.substring(slash + 1).isEmpty()
                    ? Optional.empty()
                    : Optional.of(PackageFound.ofLanguage(
                            PackageType.GOLANG,
                            slash < 0 ? "" : path.substring(0, slash),
                            path.substring(slash + 1),
                            version,
                            List.of(),
                            ""));
        }
    }
}
