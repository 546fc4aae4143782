package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import java.util.List;

/// The list of analyzers; adding one is a class, its test and a line here.
public final class Analyzers {

    private Analyzers() {}

    public static List<Analyzer> all() {
        return List.of();
    }
}
