package dev.plimsoll.inventory.beam;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// What Mix locked: packages of Hex, and repositories at a commit.
///
/// Source: hexpm/hex, `lib/hex/utils.ex`, "lock tuples": `{:hex, name, version, inner digest, managers, dependencies,
/// repository, outer digest}`; Mix, `{:git, url, revision, options}`. Stateless: one instance serves all threads.
public final class MixLockAnalyzer implements Analyzer {

    private static final int NAME = 1;
    private static final int VERSION = 2;
    private static final int INNER_DIGEST = 3;
    private static final int DEPENDENCIES = 5;
    private static final int OUTER_DIGEST = 7;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "mix-lock", 1, "Erlang/Elixir", WantedPaths.of("**/mix.lock"))
            .declared()
            .yields(PackageType.HEX)
            .gives("digests, dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("terms in one another", TermText.MAX_DEPTH, "levels")
            .limit("a file", TermText.MAX_TERMS, "terms")
            .source("hexpm/hex, lock tuples")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var text = DocumentFile.text(file, facts);
        if (text.isEmpty()) {
            return;
        }
        try {
            var packages = new ListedPackages(facts);
            for (var entry : ElixirTerm.read(text.get()).items()) {
                if (entry instanceof Term.Tuple pair && pair.at(1) instanceof Term.Tuple lock) {
                    locked(pair.at(0).word(), lock, packages);
                }
            }
        } catch (BrokenTermException e) {
            facts.unknown("", "not a lock file of Mix: " + e.getMessage());
        }
    }

    private static void locked(String name, Term.Tuple lock, ListedPackages packages) {
        switch (lock.at(0).word()) {
            case "hex" -> {
                var outer = lock.at(OUTER_DIGEST).word();
                packages.add(HexPackages.locked(
                                lock.at(NAME).word(),
                                lock.at(VERSION).word(),
                                outer.isEmpty() ? lock.at(INNER_DIGEST).word() : outer,
                                "")
                        .withDependencies(ListedPackages.dependencies(lock.at(DEPENDENCIES).items().stream()
                                .map(MixLockAnalyzer::dependency)
                                .toList())));
            }
            case "git" ->
                packages.add(HexPackages.locked(
                        name, lock.at(VERSION).word(), "", lock.at(NAME).word()));
            default -> {
                // a path of the project's own
            }
        }
    }

    /// `{:name, "~> 1.0", [hex: :package, …]}`.
    private static String dependency(Term term) {
        if (!(term instanceof Term.Tuple tuple)) {
            return "";
        }
        var asPackage = tuple.at(2).value("hex").word();
        return asPackage.isEmpty() ? tuple.at(0).word() : asPackage;
    }
}
