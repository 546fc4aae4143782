package dev.plimsoll.inventory.lua;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;

/// The manifest that LuaRocks keeps of a tree of rocks: each name with its installed versions.
///
/// Source: LuaRocks wiki, "Manifest file format". Stateless: one instance serves all threads.
public final class RocksManifestAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "lua-rocks-manifest", 1, "Lua", WantedPaths.of("**/{rocks,rocks-5.[0-9]}/manifest"))
            .yields(PackageType.LUAROCKS)
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("tables in one another", LuaLiterals.MAX_DEPTH, "levels")
            .limit("a manifest", ListedPackages.MAX_PACKAGES, "packages")
            .source("LuaRocks, Manifest file format")
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
        try {
            var packages = new ListedPackages(facts);
            LuaLiterals.read(text.get()).table("repository").named().forEach((name, versions) -> {
                if (versions instanceof LuaLiterals.Value.Table table) {
                    table.named()
                            .keySet()
                            .forEach(version -> packages.add(
                                    PackageFound.ofLanguage(PackageType.LUAROCKS, "", name, version, List.of(), "")));
                }
            });
        } catch (LuaLiterals.BrokenLuaException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
        }
    }
}
