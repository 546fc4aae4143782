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
import java.util.List;

/// What rebar3 locked: packages of Hex, and repositories at a commit.
///
/// Source: rebar3, "Dependencies", "Lock files"; the lock file of version 1.2.0 and the older one, a bare list.
/// Stateless: one instance serves all threads.
public final class RebarLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "rebar-lock", 1, "Erlang/Elixir", WantedPaths.of("**/rebar.lock"))
            .declared()
            .yields(PackageType.HEX)
            .gives("digests")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("terms in one another", TermText.MAX_DEPTH, "levels")
            .limit("a file", TermText.MAX_TERMS, "terms")
            .source("rebar3, Lock files")
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
        List<Term> terms;
        try {
            terms = ErlangTerms.read(text.get());
        } catch (BrokenTermException e) {
            facts.unknown("", "not a lock file of rebar3: " + e.getMessage());
            return;
        }
        if (terms.isEmpty()) {
            return;
        }
        var locks = terms.getFirst() instanceof Term.Tuple versioned ? versioned.at(1) : terms.getFirst();
        var digests = terms.size() > 1 ? terms.get(1) : Term.Tuple.NOTHING;
        var outer = digests.value("pkg_hash_ext");
        var inner = digests.value("pkg_hash");
        var packages = new ListedPackages(facts);
        for (var lock : locks.items()) {
            if (lock instanceof Term.Tuple entry && entry.at(1) instanceof Term.Tuple origin) {
                var name = entry.at(0).word();
                switch (origin.at(0).word()) {
                    case "pkg" -> {
                        var digest = outer.value(name).word();
                        digest = digest.isEmpty() ? inner.value(name).word() : digest;
                        packages.add(HexPackages.locked(
                                origin.at(1).word(), origin.at(2).word(), digest, ""));
                    }
                    case "git", "git_subdir", "hg" -> {
                        if (origin.at(2) instanceof Term.Tuple reference) {
                            packages.add(HexPackages.locked(
                                    name,
                                    reference.at(1).word(),
                                    "",
                                    origin.at(1).word()));
                        }
                    }
                    default -> {
                        // plugins name further kinds, which are no packages that anybody could look up
                    }
                }
            }
        }
    }
}
