package dev.plimsoll.inventory;

import dev.plimsoll.inventory.Analyzer.AnalyzerId;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;

/// What an analyzer is, as data: the scan, `plimsoll analyzers` and docs/coverage.md all read it here. Immutable; made
/// by {@link #of} and the methods that add to it.
///
/// @param id name and version
/// @param ecosystem whose packages or facts these are, as people say it: `Debian`, `JavaScript`
/// @param reads which files it wants
/// @param evidence whether what it finds is installed, or only declared by a lock file or the like
/// @param types of the packages that it yields; empty where it yields other facts alone
/// @param gives what it gives besides name and version, for people: `licences, owned files`
/// @param limits of its reading, each with its unit
/// @param source of the format: the specification or the program that writes it
/// @param proof against what its tests hold it: the real tool whose files are read, or `written from the source` where
///     only files of our own making were to be had
/// @param forVerification whether it only reads what the verification of files needs, and runs only then
public record AnalyzerDeclaration(
        AnalyzerId id,
        String ecosystem,
        WantedPaths reads,
        Evidence evidence,
        List<PackageType> types,
        String gives,
        List<Limit> limits,
        String source,
        String proof,
        boolean forVerification) {

    /// A bound of reading.
    ///
    /// @param what is bounded: `a line`
    /// @param most how many
    /// @param unit `bytes`, `packages`
    public record Limit(String what, long most, String unit) {}

    /// The beginning of a declaration of installed evidence.
    ///
    /// @param version raised whenever the same bytes would yield other facts
    public static AnalyzerDeclaration of(String name, int version, String ecosystem, WantedPaths reads) {
        return new AnalyzerDeclaration(
                new AnalyzerId(name, version),
                ecosystem,
                reads,
                Evidence.INSTALLED,
                List.of(),
                "",
                List.of(),
                "",
                "",
                false);
    }

    /// What it finds is only declared.
    public AnalyzerDeclaration declared() {
        return new AnalyzerDeclaration(
                id, ecosystem, reads, Evidence.DECLARED, types, gives, limits, source, proof, forVerification);
    }

    public AnalyzerDeclaration yields(PackageType... found) {
        return new AnalyzerDeclaration(
                id, ecosystem, reads, evidence, List.of(found), gives, limits, source, proof, forVerification);
    }

    public AnalyzerDeclaration gives(String words) {
        return new AnalyzerDeclaration(
                id, ecosystem, reads, evidence, types, words, limits, source, proof, forVerification);
    }

    public AnalyzerDeclaration limit(String what, long most, String unit) {
        var more = new ArrayList<>(limits);
        more.add(new Limit(what, most, unit));
        return new AnalyzerDeclaration(
                id, ecosystem, reads, evidence, types, gives, List.copyOf(more), source, proof, forVerification);
    }

    public AnalyzerDeclaration source(String words) {
        return new AnalyzerDeclaration(
                id, ecosystem, reads, evidence, types, gives, limits, words, proof, forVerification);
    }

    public AnalyzerDeclaration proof(String words) {
        return new AnalyzerDeclaration(
                id, ecosystem, reads, evidence, types, gives, limits, source, words, forVerification);
    }

    /// It runs only where files are verified.
    public AnalyzerDeclaration onlyForVerification() {
        return new AnalyzerDeclaration(id, ecosystem, reads, evidence, types, gives, limits, source, proof, true);
    }
}
