package dev.plimsoll.inventory.beam;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Applications of Erlang and Elixir that are installed: the resource file `NAME.app` beside the compiled modules.
/// Other files of that ending are silent.
///
/// Source: app(4erl), "Application resource file". Stateless: one instance serves all threads.
public final class OtpApplicationAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "otp-application", 1, "Erlang/Elixir", WantedPaths.of("**/ebin/*.app"))
            .yields(PackageType.OTP)
            .gives("dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("terms in one another", TermText.MAX_DEPTH, "levels")
            .limit("a file", TermText.MAX_TERMS, "terms")
            .source("Erlang/OTP, app(4)")
            .proof("files of Erlang/OTP and Elixir (Debian's erlang-base, elixir)");

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
            for (var term : ErlangTerms.read(text.get())) {
                if (term instanceof Term.Tuple tuple && tuple.at(0).equals(new Term.Atom("application"))) {
                    application(tuple.at(1).word(), tuple.at(2), facts);
                }
            }
        } catch (BrokenTermException e) {
            facts.unknown("", "not an application resource file: " + e.getMessage());
        }
    }

    private static void application(String name, Term keys, FactSink facts) {
        var version = keys.value("vsn").word();
        if (version.isEmpty()) {
            facts.unknown("", "application " + name + " has no version");
            return;
        }
        var needed = new ArrayList<String>();
        for (var key : List.of("applications", "included_applications", "optional_applications")) {
            keys.value(key).items().forEach(other -> needed.add(other.word()));
        }
        new ListedPackages(facts)
                .add(PackageFound.ofLanguage(PackageType.OTP, "", name, version, List.of(), "")
                        .withDependencies(ListedPackages.dependencies(needed))
                        .withProperties(ListedPackages.properties(Map.of(
                                PackageProperty.SUMMARY,
                                keys.value("description").word()))));
    }
}
