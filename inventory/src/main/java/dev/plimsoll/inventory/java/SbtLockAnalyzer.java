package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/// Artifacts that the lock file of sbt's plugin lists.
///
/// Source: sbt-dependency-lock, "Lock file format", `lockVersion` 1: `dependencies` with `org`, `name`, `version`,
/// `configurations`, and `artifacts` with their SHA-1. Stateless: one instance serves all threads.
public final class SbtLockAnalyzer implements Analyzer {

    private static final Set<String> RUNNING = Set.of("compile", "runtime", "provided", "optional");
    private static final Pattern DIGEST = Pattern.compile("sha1:[0-9a-f]{40}");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "sbt-lock", 1, "Java", WantedPaths.of("**/build.sbt.lock"))
            .declared()
            .yields(PackageType.MAVEN)
            .gives("scope, digests")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("sbt-dependency-lock, lock file format")
            .proof("written from the source");

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
        var packages = new DeclaredPackages(PackageType.MAVEN, facts);
        for (var entry : read.get().objects("dependencies")) {
            var configurations = entry.strings("configurations");
            packages.add(DeclaredPackage.of(
                            entry.string("org").orElse(""),
                            entry.string("name").orElse(""),
                            entry.string("version").orElse(""))
                    .in(
                            configurations.isEmpty() || configurations.stream().anyMatch(RUNNING::contains)
                                    ? Scope.RUNTIME
                                    : Scope.DEVELOPMENT)
                    .digest(digest(entry)));
        }
        packages.finish();
    }

    /// Of several artifacts (sources, documentation) none is said to be the archive of classes.
    private static String digest(JsonObject entry) {
        var artifacts = entry.objects("artifacts");
        return artifacts.size() != 1
                ? ""
                : artifacts
                        .getFirst()
                        .string("hash")
                        .filter(value -> DIGEST.matcher(value).matches())
                        .orElse("");
    }
}
