package dev.plimsoll.advisory;

import java.util.List;

/// A package of a Go module that has the flaw, and the functions in which it is.
///
/// Source: Go, "Go Vulnerability Database", `EcosystemSpecificImport`.
///
/// @param path as programs import it
/// @param symbols functions, and methods as `Type.Method`; empty where the whole package is meant
/// @param systems to which it is limited (`windows`); empty means all
/// @param architectures to which it is limited (`arm64`); empty means all
public record AffectedImport(String path, List<String> symbols, List<String> systems, List<String> architectures) {

    public AffectedImport {
        symbols = List.copyOf(symbols);
        systems = List.copyOf(systems);
        architectures = List.copyOf(architectures);
    }
}
