package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Packages that npm's lock files list. `node_modules/.package-lock.json`, npm's own note of what it installed, is not
/// read: the packages themselves lie beside it.
///
/// Source: npm, "package-lock.json", `lockfileVersion` 1 (`dependencies`, nested), 2 and 3 (`packages`, by folder).
/// Stateless: one instance serves all threads.
public final class PackageLockAnalyzer implements Analyzer {

    private static final String FOLDER = "node_modules/";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "npm-lock", 1, "JavaScript", WantedPaths.of("**/{package-lock,npm-shrinkwrap}.json"))
            .declared()
            .yields(PackageType.NPM)
            .gives("dependencies, scope, digests")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("npm, package-lock.json")
            .proof("npm install with --lockfile-version 1, 2, 3");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = DocumentFile.json(file, facts);
        if (read.isEmpty()) {
            return;
        }
        var lock = read.get();
        var packages = new DeclaredPackages(PackageType.NPM, facts);
        if (lock.get("packages").isPresent()) {
            byFolder(lock.object("packages"), packages);
        } else {
            nested(lock.object("dependencies"), new ArrayList<>(), packages, facts);
        }
        packages.finish();
    }

    /// Lock file versions 2 and 3: the key is the folder, `node_modules/a/node_modules/b`.
    private static void byFolder(JsonObject folders, DeclaredPackages packages) {
        folders.members().forEach((folder, value) -> {
            var start = folder.lastIndexOf(FOLDER);
            if (start < 0 || !(value instanceof JsonObject entry) || isTrue(entry, "link")) {
                return; // the project itself, or a folder of it
            }
            var name = NpmName.of(entry.string("name").orElse(folder.substring(start + FOLDER.length())));
            var version = entry.string("version").orElse("");
            if (name.isEmpty() || version.isEmpty()) {
                return; // an address without a version, or a dependency left out for this machine
            }
            var needed = new ArrayList<String>();
            for (var member : List.of("dependencies", "optionalDependencies")) {
                for (var dependency : entry.object(member).members().keySet()) {
                    resolved(folders, folder, dependency).ifPresent(needed::add);
                }
            }
            packages.add(name.get()
                    .version(version)
                    .needing(needed)
                    .licensed(entry.string("license").map(List::of).orElse(List.of()))
                    .in(scope(entry))
                    .digest(Integrity.digest(entry.string("integrity").orElse(""))));
        });
    }

    /// What Node finds: the package of that name in the nearest `node_modules` around the folder.
    private static java.util.Optional<String> resolved(JsonObject folders, String folder, String dependency) {
        for (var around = folder; ; ) {
            var entry = folders.object((around.isEmpty() ? "" : around + "/") + FOLDER + dependency);
            var version = entry.string("version");
            if (version.isPresent()) {
                return java.util.Optional.of(entry.string("name").orElse(dependency) + "@" + version.get());
            }
            if (around.isEmpty()) {
                return java.util.Optional.empty();
            }
            var end = around.lastIndexOf("/" + FOLDER);
            around = end < 0 ? "" : around.substring(0, end);
        }
    }

    private static Scope scope(JsonObject entry) {
        return isTrue(entry, "dev")
                ? Scope.DEVELOPMENT
                : isTrue(entry, "optional") || isTrue(entry, "devOptional") ? Scope.OPTIONAL : Scope.RUNTIME;
    }

    private static boolean isTrue(JsonObject entry, String member) {
        return entry.get(member).orElse(null) instanceof JsonBoolean(var value) && value;
    }

    /// Lock file version 1: packages within packages, as they lie in the folders; the depth is that of the JSON reader.
    ///
    /// @param around what the folders around this one hold, the outermost first
    private static void nested(
            JsonObject dependencies, List<JsonObject> around, DeclaredPackages packages, FactSink facts) {
        around.addLast(dependencies);
        dependencies.members().forEach((key, value) -> {
            if (!(value instanceof JsonObject entry)) {
                return;
            }
            var inner = entry.object("dependencies");
            around.addLast(inner);
            var needed = new ArrayList<String>();
            entry.object("requires")
                    .members()
                    .forEach((name, _) -> required(name, around).ifPresent(needed::add));
            around.removeLast();
            var spelled = identifier(key, entry);
            var version = NpmName.rangeOf(spelled);
            var name = NpmName.of(NpmName.nameOf(spelled));
            if (NpmName.isVersion(version) && name.isPresent()) {
                packages.add(name.get()
                        .version(version)
                        .needing(needed)
                        .in(scope(entry))
                        .digest(Integrity.digest(entry.string("integrity").orElse(""))));
            } else if (!version.startsWith("file:")) {
                facts.unknown(key, "comes from an address; its version is not written");
            }
            nested(inner, around, packages, facts);
        });
        around.removeLast();
    }

    private static java.util.Optional<String> required(String name, List<JsonObject> around) {
        for (var level : around.reversed()) {
            if (level.get(name).orElse(null) instanceof JsonObject entry) {
                var spelled = identifier(name, entry);
                return NpmName.isVersion(NpmName.rangeOf(spelled))
                        ? java.util.Optional.of(spelled)
                        : java.util.Optional.empty();
            }
        }
        return java.util.Optional.empty();
    }

    /// `name@version`, of an alias those of the real package.
    private static String identifier(String key, JsonObject entry) {
        var version = entry.get("version").orElse(null) instanceof JsonString(var text) ? text : "";
        return version.startsWith("npm:") ? version.substring("npm:".length()) : key + "@" + version;
    }
}
