package dev.plimsoll.inventory.analysis;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What somebody needs a run to collect: a rule of a bundle says so for its arguments, and the requests of all rules
/// are merged into the run's settings ({@link AnalysisSettings#including}). Immutable.
///
/// Malware is no part of it: only the user knows where a scanner listens. What was needed and not collected is unknown
/// to the rule.
///
/// @param digested paths whose SHA-256 is needed, without the leading slash
/// @param verification whether files must be held against what the package databases say of them
/// @param secrets whether secrets must be looked for
/// @param searches that must be made
/// @param retrieved globs of files that must be kept whole
/// @param deletedFiles whether files must be listed that a later layer deletes
public record AnalysisRequest(
        Set<String> digested,
        boolean verification,
        boolean secrets,
        Set<ContentSearch> searches,
        Set<String> retrieved,
        boolean deletedFiles) {

    public AnalysisRequest {
        digested = Set.copyOf(digested);
        searches = Set.copyOf(searches);
        retrieved = Set.copyOf(retrieved);
    }

    /// Nothing beyond what every run collects.
    public static AnalysisRequest nothing() {
        return new AnalysisRequest(Set.of(), false, false, Set.of(), Set.of(), false);
    }

    /// Files held against the package databases.
    public static AnalysisRequest ofVerification() {
        return new AnalysisRequest(Set.of(), true, false, Set.of(), Set.of(), false);
    }

    public static AnalysisRequest ofSecrets() {
        return new AnalysisRequest(Set.of(), false, true, Set.of(), Set.of(), false);
    }

    public static AnalysisRequest ofSearch(ContentSearch search) {
        return new AnalysisRequest(Set.of(), false, false, Set.of(search), Set.of(), false);
    }

    /// Files kept whole.
    ///
    /// @param paths without wildcards, with or without the leading slash
    public static AnalysisRequest ofRetrieval(String... paths) {
        return new AnalysisRequest(Set.of(), false, false, Set.of(), new TreeSet<>(List.of(paths)), false);
    }

    public static AnalysisRequest ofDeletedFiles() {
        return new AnalysisRequest(Set.of(), false, false, Set.of(), Set.of(), true);
    }

    /// @param paths with or without the leading slash
    public static AnalysisRequest digests(Iterable<String> paths) {
        var digested = new TreeSet<String>();
        paths.forEach(path -> digested.add(path.startsWith("/") ? path.substring(1) : path));
        return new AnalysisRequest(digested, false, false, Set.of(), Set.of(), false);
    }

    /// What either needs.
    public AnalysisRequest and(AnalysisRequest other) {
        return new AnalysisRequest(
                union(digested, other.digested),
                verification || other.verification,
                secrets || other.secrets,
                union(searches, other.searches),
                union(retrieved, other.retrieved),
                deletedFiles || other.deletedFiles);
    }

    static <T> Set<T> union(Set<T> some, Set<T> others) {
        var all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
