package dev.plimsoll.inventory;

import java.util.Set;
import java.util.function.Predicate;

/// Which files an analyzer wants, by path and mode alone: it is asked for every entry of every layer, so it must be
/// cheap.
@FunctionalInterface
public interface WantedPaths {

    /// Whether a regular file is wanted.
    ///
    /// @param path without the leading slash
    /// @param mode permission bits, so that an analyzer may ask for executables
    boolean wants(String path, int mode, long size);

    /// Exactly these paths.
    static WantedPaths exactly(String... paths) {
        var set = Set.of(paths);
        return (path, _, _) -> set.contains(path);
    }

    /// Paths that end so; an ending that begins with `/` also fits a path that is all of it but the slash.
    static WantedPaths endingWith(String... endings) {
        return (path, _, _) -> {
            for (var ending : endings) {
                if (path.endsWith(ending) || (ending.startsWith("/") && path.equals(ending.substring(1)))) {
                    return true;
                }
            }
            return false;
        };
    }

    /// Paths that a test of their text chooses.
    static WantedPaths where(Predicate<String> test) {
        return (path, _, _) -> test.test(path);
    }

    /// Either of two.
    default WantedPaths or(WantedPaths other) {
        return (path, mode, size) -> wants(path, mode, size) || other.wants(path, mode, size);
    }
}
