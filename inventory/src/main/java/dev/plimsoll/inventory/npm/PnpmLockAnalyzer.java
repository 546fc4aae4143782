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
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packages that a `pnpm-lock.yaml` lists. Up to version 6 an entry says itself that it is for development; from 9 on
/// that follows from the projects at the beginning of the file.
///
/// Source: pnpm, "lockfile", versions 5, 6 and 9. Stateless: one instance serves all threads.
public final class PnpmLockAnalyzer implements Analyzer {

    /// The first version that lists dependencies apart from packages.
    private static final int WITH_SNAPSHOTS = 9;

    /// The first version that writes `name@version`, not `name/version`.
    private static final int WITH_AT = 6;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pnpm-lock", 1, "JavaScript", WantedPaths.of("**/pnpm-lock.yaml"))
            .declared()
            .yields(PackageType.NPM)
            .gives("dependencies, scope, digests")
            .limit("a file", 8 << 20, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("pnpm, pnpm-lock.yaml")
            .proof("pnpm install of 7, 8 and 9");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = DocumentFile.bytes(file, facts).flatMap(text -> DocumentFile.yaml(text, facts));
        if (read.isEmpty()) {
            return;
        }
        var lock = read.get();
        var version = version(lock);
        if (version < 5) {
            facts.unknown("", "a pnpm-lock.yaml of a version that is not known");
            return;
        }
        var entries = lock.object(version >= WITH_SNAPSHOTS ? "snapshots" : "packages");
        Map<String, List<String>> edges = new HashMap<>();
        entries.members().keySet().forEach(key -> edges.put(key, needed(entries.object(key), version)));
        var running =
                version >= WITH_SNAPSHOTS ? Reachable.from(roots(lock, version), edges) : java.util.Set.<String>of();
        var packages = new DeclaredPackages(PackageType.NPM, facts);
        for (var key : entries.members().keySet()) {
            var entry = entries.object(key);
            var identifier = identifier(key, version);
            var name = NpmName.of(entry.string("name").orElse(NpmName.nameOf(identifier)));
            var number = entry.string("version").orElse(NpmName.rangeOf(identifier));
            var archive =
                    version >= WITH_SNAPSHOTS ? lock.object("packages").object(withoutPeers(key, version)) : entry;
            if (name.isEmpty() || !NpmName.isVersion(archive.string("version").orElse(number))) {
                if (!number.startsWith("file:") && !number.startsWith("link:")) {
                    facts.unknown(identifier, "comes from an address; its version is not written");
                }
                continue;
            }
            packages.add(name.get()
                    .version(archive.string("version").orElse(number))
                    .needing(edges.getOrDefault(key, List.of()).stream()
                            .map(needed -> identifier(needed, version))
                            .toList())
                    .in(scope(entry, version < WITH_SNAPSHOTS || running.contains(key)))
                    .digest(Integrity.digest(
                            archive.object("resolution").string("integrity").orElse(""))));
        }
        packages.finish();
    }

    private static int version(JsonObject lock) {
        var text = lock.string("lockfileVersion")
                .or(() -> lock.number("lockfileVersion").map(java.math.BigDecimal::toPlainString))
                .orElse("");
        var end = text.indexOf('.');
        var digits = end < 0 ? text : text.substring(0, end);
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    private static Scope scope(JsonObject entry, boolean running) {
        if (!running || isTrue(entry, "dev")) {
            return Scope.DEVELOPMENT;
        }
        return isTrue(entry, "optional") ? Scope.OPTIONAL : Scope.RUNTIME;
    }

    private static boolean isTrue(JsonObject entry, String member) {
        return entry.get(member).orElse(null) instanceof JsonBoolean(var value) && value;
    }

    /// What the projects need to run, as keys of entries.
    private static List<String> roots(JsonObject lock, int version) {
        var roots = new ArrayList<String>();
        var importers = lock.object("importers");
        for (var project : importers.members().keySet()) {
            for (var member : List.of("dependencies", "optionalDependencies")) {
                var dependencies = importers.object(project).object(member);
                for (var name : dependencies.members().keySet()) {
                    dependencies
                            .object(name)
                            .string("version")
                            .ifPresent(value -> roots.add(key(name, value, version)));
                }
            }
        }
        return roots;
    }

    /// As keys of entries.
    private static List<String> needed(JsonObject entry, int version) {
        var needed = new ArrayList<String>();
        for (var member : List.of("dependencies", "optionalDependencies")) {
            entry.object(member).members().forEach((name, value) -> {
                if (value instanceof JsonString(var text) && !text.startsWith("link:")) {
                    needed.add(key(name, text, version));
                }
            });
        }
        return needed;
    }

    /// The key of the entry that a dependency means; an alias writes it out.
    private static String key(String name, String value, int version) {
        if (version >= WITH_SNAPSHOTS) {
            return NpmName.isVersion(withoutParentheses(value))
                            && !withoutParentheses(value).contains("@")
                    ? name + "@" + value
                    : value;
        }
        return value.startsWith("/") ? value : "/" + name + (version >= WITH_AT ? "@" : "/") + value;
    }

    /// `name@version` of a key.
    private static String identifier(String key, int version) {
        var plain = withoutPeers(key.startsWith("/") ? key.substring(1) : key, version);
        if (version >= WITH_AT) {
            return plain;
        }
        var slash = plain.lastIndexOf('/');
        return slash < 0 ? plain : plain.substring(0, slash) + "@" + plain.substring(slash + 1);
    }

    /// Which packages it was paired with stands behind the version: `(react@18.0.0)`, earlier `_react@18.0.0`.
    private static String withoutPeers(String key, int version) {
        if (version >= WITH_AT) {
            return withoutParentheses(key);
        }
        var end = key.indexOf('_', key.lastIndexOf('/') + 1);
        // a pair with a scope has a slash of its own, which pnpm writes as +
        return end < 0 ? key : key.substring(0, end);
    }

    private static String withoutParentheses(String text) {
        var end = text.indexOf('(');
        return end < 0 ? text : text.substring(0, end);
    }
}
