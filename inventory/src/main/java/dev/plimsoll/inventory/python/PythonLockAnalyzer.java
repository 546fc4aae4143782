package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.declared.Reachable;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Distributions that the lock files in TOML list: Poetry's, PDM's, uv's, and `pylock.toml` of all tools. They differ
/// in
/// how they say what is needed and for whom.
///
/// Source: Poetry, "poetry.lock"; PDM, "pdm.lock"; uv, "uv.lock"; PEP 751, "pylock.toml". Stateless: one instance
/// serves
/// all threads.
public final class PythonLockAnalyzer implements Analyzer {

    /// Groups whose packages are there to run: Poetry's and PDM's.
    private static final Set<String> RUNTIME_GROUPS = Set.of("main", "default");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-lock",
                    1,
                    "Python",
                    WantedPaths.of("**/{poetry,uv,pdm}.lock", "**/pylock.toml", "**/pylock.*.toml"))
            .declared()
            .yields(PackageType.PYPI)
            .gives("dependencies; scope where the file tells")
            .limit("a file", 16 << 20, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Poetry, PDM, uv; PEP 751")
            .proof("uv lock, uv export; poetry and pdm written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = DocumentFile.toml(file, facts);
        if (read.isEmpty()) {
            return;
        }
        var listed = new ArrayList<>(read.get().objects("package"));
        listed.addAll(read.get().objects("packages"));
        var running = listed.stream().anyMatch(PythonLockAnalyzer::isProject) ? running(listed) : Set.<String>of();
        var packages = new DeclaredPackages(PackageType.PYPI, facts);
        for (var entry : listed) {
            var name = entry.string("name").orElse("");
            var version = entry.string("version").orElse("");
            if (isProject(entry) || (version.isEmpty() && !name.isEmpty())) {
                continue; // the project itself, or a folder or address whose version its builder will say
            }
            packages.add(
                    DeclaredPackage.of("", name, version).needing(needed(entry)).in(scope(entry, running)));
        }
        packages.finish();
    }

    /// uv lists the project and its parts too.
    private static boolean isProject(JsonObject entry) {
        var source = entry.object("source");
        return source.get("virtual").isPresent() || source.get("editable").isPresent();
    }

    /// What the projects of a uv.lock need without their groups for development.
    private static Set<String> running(List<JsonObject> listed) {
        Map<String, List<String>> edges = new HashMap<>();
        var roots = new HashSet<String>();
        for (var entry : listed) {
            var name = Requirement.normal(entry.string("name").orElse(""));
            var needed = new ArrayList<>(needed(entry));
            entry.object("optional-dependencies")
                    .members()
                    .keySet()
                    .forEach(extra -> entry.object("optional-dependencies")
                            .objects(extra)
                            .forEach(one ->
                                    one.string("name").map(Requirement::normal).ifPresent(needed::add)));
            edges.merge(name, needed, (first, second) -> {
                var both = new ArrayList<>(first);
                both.addAll(second);
                return both;
            });
            if (isProject(entry)) {
                roots.add(name);
            }
        }
        return Reachable.from(roots, edges);
    }

    private static Scope scope(JsonObject entry, Set<String> running) {
        var groups = new ArrayList<>(entry.strings("groups"));
        entry.string("category").ifPresent(groups::add);
        if (!groups.isEmpty() && groups.stream().noneMatch(RUNTIME_GROUPS::contains)) {
            return Scope.DEVELOPMENT;
        }
        if (!running.isEmpty()
                && !running.contains(Requirement.normal(entry.string("name").orElse("")))) {
            return Scope.DEVELOPMENT;
        }
        return entry.get("optional").orElse(null) instanceof dev.plimsoll.json.JsonValue.JsonBoolean(var optional)
                        && optional
                ? Scope.OPTIONAL
                : Scope.RUNTIME;
    }

    /// Poetry has a table by name, PDM a list of requirements, uv and PEP 751 a list of tables.
    private static List<String> needed(JsonObject entry) {
        var needed = new ArrayList<String>();
        entry.object("dependencies").members().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("python")) {
                needed.add(Requirement.normal(name));
            }
        });
        for (var dependency : entry.array("dependencies")) {
            switch (dependency) {
                case JsonString(var text) ->
                    Requirement.of(text).map(Requirement::normalName).ifPresent(needed::add);
                case JsonObject object ->
                    object.string("name").map(Requirement::normal).ifPresent(needed::add);
                default -> {} // nothing that names one
            }
        }
        return needed;
    }
}
