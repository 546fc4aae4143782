package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Packages that a `yarn.lock` lists, of the classic Yarn 1 or of the later ones (berry). It does not say which are
/// there for development.
///
/// Source: Yarn, "yarn.lock" of version 1, whose form is Yarn's own; "Lockfile" of later versions, which is YAML.
/// Stateless: one instance serves all threads.
public final class YarnLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "yarn-lock", 1, "JavaScript", WantedPaths.of("**/yarn.lock"))
            .declared()
            .yields(PackageType.NPM)
            .gives("dependencies; digests of version 1")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Yarn, yarn.lock")
            .proof("yarn install of 1.22 and 4.5");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = DocumentFile.bytes(file, facts);
        if (bytes.isEmpty()) {
            return;
        }
        var text = new String(bytes.get(), StandardCharsets.UTF_8);
        var entries = text.startsWith("__metadata:") || text.contains("\n__metadata:")
                ? berry(bytes.get(), facts)
                : ClassicYarnLock.read(text, facts);
        var packages = new DeclaredPackages(PackageType.NPM, facts);
        Map<String, String> resolved = new HashMap<>();
        for (var entry : entries) {
            entry.patterns().forEach(pattern -> resolved.put(pattern, entry.identifier()));
        }
        for (var entry : entries) {
            var needed = new ArrayList<String>();
            entry.dependencies().forEach((name, range) -> {
                var found = resolved.get(name + "@" + range);
                found = found == null ? resolved.get(name + "@npm:" + range) : found;
                if (found != null) {
                    needed.add(found);
                }
            });
            var version = NpmName.rangeOf(entry.identifier());
            var name = NpmName.of(NpmName.nameOf(entry.identifier()));
            if (name.isPresent() && NpmName.isVersion(version)) {
                packages.add(name.get().version(version).needing(needed).digest(entry.digest()));
            } else {
                facts.unknown(entry.identifier(), "an entry without name or version");
            }
        }
        packages.finish();
    }

    /// An entry of either form.
    ///
    /// @param patterns `name@range` that it answers
    /// @param identifier `name@version`
    /// @param dependencies ranges by name
    record Entry(List<String> patterns, String identifier, Map<String, String> dependencies, String digest) {}

    private static List<Entry> berry(byte[] text, FactSink facts) {
        var entries = new ArrayList<Entry>();
        var lock = DocumentFile.yaml(text, facts);
        if (lock.isEmpty()) {
            return entries;
        }
        for (var key : lock.get().members().keySet()) {
            var entry = lock.get().object(key);
            var resolution = entry.string("resolution").orElse("");
            if (key.equals("__metadata") || resolution.contains("@workspace:") || resolution.contains("@link:")) {
                continue;
            }
            var dependencies = new LinkedHashMap<String, String>();
            for (var member : List.of("dependencies", "optionalDependencies")) {
                var needed = entry.object(member);
                needed.members().keySet().forEach(name -> dependencies.put(name, text(needed, name)));
            }
            entries.add(new Entry(
                    List.of(key.split(", *", -1)),
                    NpmName.nameOf(resolution) + "@" + text(entry, "version"),
                    dependencies,
                    ""));
        }
        return entries;
    }

    /// A version of two numbers is a number to YAML.
    private static String text(dev.plimsoll.json.JsonValue.JsonObject entry, String member) {
        return entry.string(member)
                .or(() -> entry.number(member).map(java.math.BigDecimal::toPlainString))
                .orElse("");
    }
}
