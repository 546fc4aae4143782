package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Glob;
import java.util.List;
import java.util.stream.Stream;

/// Which paths a user left out, and what lies beneath them.
final class Exclusion {

    private final List<Glob> globs;

    Exclusion(List<String> texts) {
        globs = texts.stream()
                .flatMap(text -> Stream.of(new Glob(text), new Glob(text + "/**")))
                .toList();
    }

    boolean covers(String path) {
        for (var glob : globs) {
            if (glob.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
