package dev.plimsoll.inventory.prolog;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Packs of SWI-Prolog by their `pack.pl`: one in a folder of packs that bears its name is installed, others are
/// sources.
///
/// Source: SWI-Prolog, "Creating and sharing a pack": terms `name/1`, `version/1`, `title/1`, `requires/1`. Stateless:
/// one instance serves all threads.
public final class PackAnalyzer implements Analyzer {

    private static final Pattern TERM = Pattern.compile(
            "(?m)^[ \\t]*(name|version|title|home|requires)\\(\\s*(?:'([^'\\\\\n]*)'|\"([^\"\n]*)\"|([A-Za-z0-9_.]+))");
    private static final Pattern INSTALLED = Pattern.compile("(?:.*/)?packs?/([^/]+)/pack\\.pl");

    /// In bytes; a pack describes itself in some lines.
    static final int MAX_FILE = 256 << 10;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "swipl-pack", 1, "Prolog", WantedPaths.of("**/pack.pl"))
            .yields(PackageType.SWIPLPACK)
            .gives("dependencies; packs of sources as declared")
            .limit("a file", MAX_FILE, "bytes")
            .source("SWI-Prolog, Creating and sharing a pack")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "pack.pl", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var terms = TERM.matcher(new String(bytes.get(), StandardCharsets.UTF_8));
        Map<String, String> values = new HashMap<>();
        var needed = new ArrayList<String>();
        while (terms.find()) {
            var value = or(terms.group(2), or(terms.group(3), or(terms.group(4), "")));
            if (terms.group(1).equals("requires")) {
                needed.add(value);
            } else {
                values.putIfAbsent(terms.group(1), value);
            }
        }
        var name = values.getOrDefault("name", "");
        var version = values.getOrDefault("version", "");
        if (name.isEmpty() || version.isEmpty()) {
            return; // a program of Perl or another of Prolog
        }
        var found = PackageFound.ofLanguage(PackageType.SWIPLPACK, "", name, version, List.of(), "")
                .withDependencies(ListedPackages.dependencies(needed))
                .withProperties(ListedPackages.properties(Map.of(
                        PackageProperty.SUMMARY, values.getOrDefault("title", ""),
                        PackageProperty.HOMEPAGE, values.getOrDefault("home", ""))));
        var installed = INSTALLED.matcher(file.path());
        new ListedPackages(facts)
                .add(installed.matches() && installed.group(1).equals(name) ? found : found.declared());
    }

    private static String or(@Nullable String group, String otherwise) {
        return group == null ? otherwise : group;
    }
}
