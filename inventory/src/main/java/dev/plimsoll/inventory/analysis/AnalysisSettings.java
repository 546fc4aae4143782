package dev.plimsoll.inventory.analysis;

import dev.plimsoll.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a run collects: the `analysis` section of the configuration, and what the bundle asks for. What is not asked
/// for here is *unknown* to a gate that wants it. Immutable.
///
/// @param declared what becomes of packages that only lock files and the like name
/// @param without names of analyzers that do not run
/// @param digested paths whose SHA-256 is wanted, without the leading slash
/// @param allDigested whether the SHA-256 of every file is wanted
/// @param verification whether files are held against what the package databases say of them
/// @param goSymbols whether it is collected which functions of its modules a Go program holds
/// @param secrets how secrets are looked for; empty where they are not
/// @param searches regular expressions to look for in contents
/// @param retrieval which files are kept whole; empty where none are
/// @param malware which scanner sees the contents; empty where none does
/// @param deletedFiles whether files are listed that a later layer deletes
public record AnalysisSettings(
        DeclaredPackages declared,
        Set<String> without,
        Set<String> digested,
        boolean allDigested,
        boolean verification,
        boolean goSymbols,
        Optional<SecretSettings> secrets,
        Set<ContentSearch> searches,
        Optional<Retrieval> retrieval,
        Optional<MalwareSettings> malware,
        boolean deletedFiles) {

    public AnalysisSettings {
        without = Set.copyOf(without);
        digested = Set.copyOf(digested);
        searches = Set.copyOf(searches);
    }

    /// Packages, files without their digests, and nothing else.
    public static AnalysisSettings defaults() {
        return new AnalysisSettings(
                DeclaredPackages.AUTO,
                Set.of(),
                Set.of(),
                false,
                false,
                false,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /// The same, with the digests of these paths.
    public AnalysisSettings withDigested(Set<String> paths) {
        return including(AnalysisRequest.digests(paths));
    }

    /// The same, with all that the request needs.
    public AnalysisSettings including(AnalysisRequest request) {
        return new AnalysisSettings(
                declared,
                without,
                AnalysisRequest.union(digested, request.digested()),
                allDigested,
                verification || request.verification(),
                goSymbols,
                request.secrets() ? secrets.or(() -> Optional.of(SecretSettings.defaults())) : secrets,
                AnalysisRequest.union(searches, request.searches()),
                request.retrieved().isEmpty()
                        ? retrieval
                        : Optional.of(new Retrieval(
                                AnalysisRequest.union(
                                        retrieval.map(Retrieval::globs).orElse(Set.of()), request.retrieved()),
                                retrieval.map(Retrieval::mostBytes).orElse(Retrieval.DEFAULT_MOST_BYTES))),
                malware,
                deletedFiles || request.deletedFiles());
    }

    /// The same, with or without the verification of files.
    public AnalysisSettings withVerification(boolean wanted) {
        return new AnalysisSettings(
                declared,
                without,
                digested,
                allDigested,
                wanted,
                goSymbols,
                secrets,
                searches,
                retrieval,
                malware,
                deletedFiles);
    }

    /// The same, with or without the functions of Go programs.
    public AnalysisSettings withGoSymbols(boolean wanted) {
        return new AnalysisSettings(
                declared,
                without,
                digested,
                allDigested,
                verification,
                wanted,
                secrets,
                searches,
                retrieval,
                malware,
                deletedFiles);
    }

    /// SHA-256 over a canonical text of these settings: two runs with the same digest collect the same.
    public Digest digest() {
        var text = "declared " + declared + "\nwithout " + new TreeSet<>(without) + "\ndigested "
                + new TreeSet<>(digested) + "\nallDigested " + allDigested + "\nverification " + verification
                + "\ngoSymbols " + goSymbols
                + "\nsecrets " + secrets.map(Object::toString).orElse("") + "\nsearches "
                + searches.stream().sorted().toList() + "\nretrieval "
                + retrieval.map(Object::toString).orElse("") + "\nmalware "
                + malware.map(Object::toString).orElse("")
                + (deletedFiles ? "\ndeleted files" : "");
        try {
            return Digest.sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// When packages count that nothing but a lock file or the like names.
    public enum DeclaredPackages {
        /// In a folder of source always; in an image those of a file of which nothing is installed.
        AUTO,
        ALWAYS,
        NEVER
    }
}
