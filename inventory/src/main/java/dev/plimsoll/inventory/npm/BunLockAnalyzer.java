package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.declared.Reachable;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Packages that a `bun.lock` lists. The binary `bun.lockb` of earlier versions is not read, and said to be unknown.
///
/// Source: Bun, "Lockfile": JSON with commas before closing brackets; each package is an array of `name@version`,
/// registry, what it needs, and integrity. Stateless: one instance serves all threads.
public final class BunLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "bun-lock", 1, "JavaScript", WantedPaths.of("**/{bun.lock,bun.lockb}"))
            .declared()
            .yields(PackageType.NPM)
            .gives("dependencies, scope, digests; bun.lockb is said to be unknown")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Bun, bun.lock")
            .proof("bun install of 1.2");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        if (file.path().endsWith(".lockb")) {
            facts.unknown(
                    "",
                    "a binary lock file of Bun, which is not read; 'bun install --save-text-lockfile' writes"
                            + " one that is");
            return;
        }
        var read = DocumentFile.bytes(file, facts)
                .map(BunLockAnalyzer::withoutLastCommas)
                .flatMap(text -> DocumentFile.json(text, facts));
        if (read.isEmpty()) {
            return;
        }
        var listed = read.get().object("packages");
        Map<String, List<String>> edges = new HashMap<>();
        listed.members().forEach((key, value) -> edges.put(key, needed(key, value, listed)));
        var workspaces = read.get().object("workspaces");
        var running = Reachable.from(roots(workspaces, "dependencies"), edges);
        var optional = Reachable.from(roots(workspaces, "optionalDependencies"), edges);
        var packages = new DeclaredPackages(PackageType.NPM, facts);
        listed.members().forEach((key, value) -> {
            var identifier = identifier(value);
            var version = NpmName.rangeOf(identifier);
            var name = NpmName.of(NpmName.nameOf(identifier));
            if (name.isEmpty() || !NpmName.isVersion(version)) {
                if (!version.startsWith("workspace:") && !version.startsWith("link:") && !version.startsWith("file:")) {
                    facts.unknown(key, "comes from an address; its version is not written");
                }
                return;
            }
            packages.add(name.get()
                    .version(version)
                    .needing(edges.getOrDefault(key, List.of()).stream()
                            .map(needed -> identifier(listed.get(needed).orElse(JsonObject.EMPTY)))
                            .toList())
                    .in(
                            running.contains(key)
                                    ? Scope.RUNTIME
                                    : optional.contains(key) ? Scope.OPTIONAL : Scope.DEVELOPMENT)
                    .digest(Integrity.digest(last(value))));
        });
        packages.finish();
    }

    private static List<String> roots(JsonObject workspaces, String member) {
        var roots = new ArrayList<String>();
        for (var workspace : workspaces.members().keySet()) {
            roots.addAll(workspaces.object(workspace).object(member).members().keySet());
        }
        return roots;
    }

    private static String identifier(dev.plimsoll.json.JsonValue value) {
        return value instanceof JsonArray(var parts)
                        && !parts.isEmpty()
                        && parts.getFirst() instanceof JsonString(var text)
                ? text
                : "";
    }

    private static String last(dev.plimsoll.json.JsonValue value) {
        return value instanceof JsonArray(var parts)
                        && !parts.isEmpty()
                        && parts.getLast() instanceof JsonString(var text)
                ? text
                : "";
    }

    /// The keys of what a package needs: of that name in the nearest folder around it.
    private static List<String> needed(String key, dev.plimsoll.json.JsonValue value, JsonObject listed) {
        var needed = new ArrayList<String>();
        if (value instanceof JsonArray(var parts)) {
            for (var part : parts) {
                if (part instanceof JsonObject object) {
                    for (var member : List.of("dependencies", "optionalDependencies")) {
                        for (var name : object.object(member).members().keySet()) {
                            resolved(key, name, listed).ifPresent(needed::add);
                        }
                    }
                }
            }
        }
        return needed;
    }

    private static Optional<String> resolved(String key, String name, JsonObject listed) {
        for (var around = key; !around.isEmpty(); ) {
            var candidate = around + "/" + name;
            if (listed.get(candidate).isPresent()) {
                return Optional.of(candidate);
            }
            // one name less, which has a slash of its own where it has a scope
            var slash = around.lastIndexOf('/');
            var scope = slash < 0 ? -1 : around.lastIndexOf('/', slash - 1) + 1;
            around = slash < 0 || (scope == 0 && around.startsWith("@"))
                    ? ""
                    : around.charAt(scope) == '@' && scope > 0
                            ? around.substring(0, scope - 1)
                            : around.substring(0, slash);
        }
        return listed.get(name).isPresent() ? Optional.of(name) : Optional.empty();
    }

    /// JSON has no comma before a closing bracket.
    static byte[] withoutLastCommas(byte[] text) {
        var kept = new byte[text.length];
        var length = 0;
        var comma = -1;
        var inText = false;
        for (int i = 0; i < text.length; i++) {
            var b = text[i];
            if (inText) {
                if (b == '\\' && i + 1 < text.length) {
                    kept[length++] = b;
                    b = text[++i];
                } else if (b == '"') {
                    inText = false;
                }
            } else if (b == ',') {
                comma = length;
            } else if (b == ']' || b == '}') {
                if (comma >= 0) {
                    kept[comma] = ' ';
                }
                comma = -1;
            } else if (b > ' ') {
                comma = -1;
                inText = b == '"';
            }
            kept[length++] = b;
        }
        return Arrays.copyOf(kept, length);
    }
}
