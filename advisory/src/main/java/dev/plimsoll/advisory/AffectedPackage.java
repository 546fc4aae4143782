package dev.plimsoll.advisory;

import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import java.util.List;

/// Which versions of a package an advisory is about.
///
/// @param name as the ecosystem's advisories are keyed; a distribution's source package where the source says so
/// @param ofSource whether the name is that of a source package
/// @param affected the versions that have it; empty where the record only says that the package does not
/// @param fixedIn versions that carry the fix, in the record's order; empty where there is none
/// @param module rpm modularity (`nodejs:18`), empty where there is none
/// @param architectures to which it is limited; empty means all
/// @param status the source's own word (`no-dsa`, `postponed`), empty where there is none
/// @param imports the packages of a Go module in which the flaw is; empty where the source names none
public record AffectedPackage(
        Ecosystem ecosystem,
        String name,
        boolean ofSource,
        List<VersionInterval> affected,
        FixState fixState,
        List<String> fixedIn,
        String module,
        List<String> architectures,
        String status,
        List<AffectedImport> imports) {

    public AffectedPackage {
        affected = List.copyOf(affected);
        fixedIn = List.copyOf(fixedIn);
        architectures = List.copyOf(architectures);
        imports = List.copyOf(imports);
    }

    /// Without packages of a module.
    public AffectedPackage(
            Ecosystem ecosystem,
            String name,
            boolean ofSource,
            List<VersionInterval> affected,
            FixState fixState,
            List<String> fixedIn,
            String module,
            List<String> architectures,
            String status) {
        this(ecosystem, name, ofSource, affected, fixState, fixedIn, module, architectures, status, List.of());
    }
}
