package dev.plimsoll.inventory.lua;

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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lua rocks: the `*.rockspec` that LuaRocks keeps of each installed rock in a folder `rocks`, and those of sources,
/// which only declare.
///
/// Source: LuaRocks wiki, "Rockspec format". Stateless: one instance serves all threads.
public final class RockspecAnalyzer implements Analyzer {

    /// `lib/luarocks/rocks-5.1/lpeg/1.0.2-1/lpeg-1.0.2-1.rockspec`.
    private static final Pattern INSTALLED = Pattern.compile("(?:.*/)?rocks(?:-[0-9.]+)?/[^/]+/[^/]+/[^/]+\\.rockspec");

    private static final Pattern NAME = Pattern.compile("\\s*([A-Za-z0-9_./-]+).*", Pattern.DOTALL);

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "lua-rockspec", 1, "Lua", WantedPaths.of("**/*.rockspec"))
            .yields(PackageType.LUAROCKS)
            .gives("licences, dependencies; rocks of sources as declared")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("tables in one another", LuaLiterals.MAX_DEPTH, "levels")
            .limit("a file", LuaLiterals.MAX_VALUES, "values")
            .source("LuaRocks, Rockspec format")
            .proof("luarocks make");

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
        LuaLiterals.Value.Table rock;
        try {
            rock = LuaLiterals.read(text.get());
        } catch (LuaLiterals.BrokenLuaException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
            return;
        }
        var name = rock.text("package");
        var version = rock.text("version");
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "a rockspec whose package or version is not written out");
            return;
        }
        var description = rock.table("description");
        var needed = rock.table("dependencies").texts().stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .filter(other -> !other.equals("lua"))
                .toList();
        var found = PackageFound.ofLanguage(
                        PackageType.LUAROCKS,
                        "",
                        name,
                        version,
                        ListedPackages.licenses(List.of(description.text("license"))),
                        "")
                .withDependencies(ListedPackages.dependencies(needed))
                .withProperties(ListedPackages.properties(Map.of(
                        PackageProperty.SUMMARY, description.text("summary"),
                        PackageProperty.HOMEPAGE, description.text("homepage"),
                        PackageProperty.DOWNLOAD, rock.table("source").text("url"))));
        new ListedPackages(facts).add(INSTALLED.matcher(file.path()).matches() ? found : found.declared());
    }
}
