package dev.plimsoll.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which files an analyzer wants, by path, mode and size alone. Declared as globs, so that documentation and the index
/// that serves all analyzers ({@link WantedIndex}) are made of the same words. Immutable.
public final class WantedPaths {

    private static final int ANY_EXECUTE = 0111;
    private static final Condition ALWAYS = (_, _, _) -> true;
    private static final String ANY_FILE = "**/*";
    private static final WantedPaths PROGRAMS = new WantedPaths(
            List.of(new Glob(ANY_FILE)),
            false,
            (path, mode, _) -> (mode & ANY_EXECUTE) != 0 || isProgramByName(path),
            "programs and libraries: an execute bit, or the ending of one");

    private final List<Glob> globs;
    private final boolean ignoringCase;
    private final Condition condition;
    private final String described;

    /// What a glob cannot say. Asked for every file whose path fits, so it must be cheap.
    @FunctionalInterface
    public interface Condition {
        /// @param path without the leading slash
        /// @param mode permission bits
        /// @param size bytes
        boolean holds(String path, int mode, long size);
    }

    private WantedPaths(List<Glob> globs, boolean ignoringCase, Condition condition, String described) {
        this.globs = globs;
        this.ignoringCase = ignoringCase;
        this.condition = condition;
        this.described = described;
    }

    /// Files whose path fits one of these; see {@link Glob}. `**``/name` also fits a file at the root.
    public static WantedPaths of(String... globs) {
        return new WantedPaths(List.of(globs).stream().map(Glob::new).toList(), false, ALWAYS, "");
    }

    /// Programs and libraries, as far as path and mode tell: an execute bit, or an ending that needs none. Always the
    /// same object, so that an index asks once for all.
    public static WantedPaths programs() {
        return PROGRAMS;
    }

    private static boolean isProgramByName(String path) {
        return path.endsWith(".so")
                || path.indexOf(".so.", path.lastIndexOf('/') + 1) >= 0
                || path.endsWith(".exe")
                || path.endsWith(".dll")
                || path.endsWith(".dylib");
    }

    /// The same without regard to case; the globs are in lower case.
    public WantedPaths ignoringCase() {
        return new WantedPaths(globs, true, condition, described);
    }

    /// Only those of which this holds as well.
    ///
    /// @param words what it is, for documentation; empty where the globs say enough
    public WantedPaths when(Condition further, String words) {
        return new WantedPaths(
                globs,
                ignoringCase,
                (path, mode, size) -> condition.holds(path, mode, size) && further.holds(path, mode, size),
                described.isEmpty() || words.isEmpty() ? described + words : described + "; " + words);
    }

    /// Whether a regular file is wanted.
    ///
    /// @param path without the leading slash
    public boolean wants(String path, int mode, long size) {
        var spelled = ignoringCase ? path.toLowerCase(Locale.ROOT) : path;
        for (var glob : globs) {
            if (glob.text().equals(ANY_FILE) || glob.matches(spelled)) {
                return condition.holds(path, mode, size);
            }
        }
        return false;
    }

    /// The globs as they were written; empty where {@link #described} alone says it.
    public List<String> globs() {
        return !described.isEmpty()
                        && globs.size() == 1
                        && globs.getFirst().text().equals(ANY_FILE)
                ? List.of()
                : globs.stream().map(Glob::text).toList();
    }

    /// What the globs do not say, empty where they say all.
    public String described() {
        return described;
    }

    boolean isIgnoringCase() {
        return ignoringCase;
    }

    /// What an index may find the wanted files by: the last name of each alternative.
    List<String> lastNames() {
        var names = new ArrayList<String>();
        for (var glob : globs) {
            for (var alternative : Glob.expanded(glob.text())) {
                names.add(alternative.substring(alternative.lastIndexOf('/') + 1));
            }
        }
        return names;
    }
}
