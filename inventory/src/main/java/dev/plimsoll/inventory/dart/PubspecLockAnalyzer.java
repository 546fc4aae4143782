package dev.plimsoll.inventory.dart;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What pub locked. Packages of the SDK and of a path of the project's own have no version of theirs and are left out.
///
/// Source: dart.dev, "The pubspec lockfile"; dart-lang/pub, `lib/src/lock_file.dart`. Stateless: one instance serves
/// all threads.
public final class PubspecLockAnalyzer implements Analyzer {

    private static final Set<String> PUBLIC = Set.of("https://pub.dev", "https://pub.dartlang.org");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pubspec-lock", 1, "Dart", WantedPaths.of("**/pubspec.lock"))
            .declared()
            .yields(PackageType.PUB)
            .gives("digests, scope")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("dart-lang/pub, lock_file.dart")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = DocumentFile.yaml(file, facts);
        if (document.isEmpty()) {
            return;
        }
        var packages = new ListedPackages(facts);
        document.get().object("packages").members().forEach((name, value) -> {
            if (value instanceof JsonObject entry) {
                locked(name, entry, packages);
            } else {
                facts.unknown("packages", "an entry that is no package");
            }
        });
    }

    private static void locked(String name, JsonObject entry, ListedPackages packages) {
        var description = entry.object("description");
        var url = description.string("url").orElse("");
        var qualifiers = new TreeMap<String, String>();
        switch (entry.string("source").orElse("")) {
            case "hosted" -> {
                if (!url.isEmpty() && !PUBLIC.contains(url)) {
                    qualifiers.put("repository_url", url);
                }
            }
            case "git" -> {
                var commit = description.string("resolved-ref").orElse("");
                qualifiers.put("vcs_url", "git+" + url + (commit.isEmpty() ? "" : "@" + commit));
            }
            default -> {
                return;
            }
        }
        var digest = description.string("sha256").orElse("");
        packages.add(PackageFound.ofLanguage(
                        PackageType.PUB, "", name, DocumentFile.word(entry, "version"), List.of(), "")
                .declared()
                .withQualifiers(qualifiers)
                .withProperties(ListedPackages.properties(Map.of(
                        PackageProperty.SCOPE,
                        entry.string("dependency").orElse("").equals("direct dev") ? "development" : "",
                        PackageProperty.DIGEST,
                        digest.isEmpty() ? "" : "sha256:" + digest))));
    }
}
