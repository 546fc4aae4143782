package dev.plimsoll.inventory.conan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Packages by `conaninfo.txt`, which Conan writes beside each binary, and what a `conanfile.txt` asks for. Of a binary
/// in the cache of Conan 1 the path names the package; what it needs is declared.
///
/// Source: Conan 1 and 2, "conaninfo.txt", "conanfile.txt". Stateless: one instance serves all threads.
public final class ConanTextAnalyzer implements Analyzer {

    /// `.conan/data/zlib/1.2.13/_/_/package/ID/conaninfo.txt`.
    private static final Pattern CACHED =
            Pattern.compile("(?:.*/)?data/([^/]+)/([^/]+)/([^/]+)/([^/]+)/package/[^/]+/conaninfo\\.txt");

    private static final Set<String> BUILD = Set.of("build_requires", "tool_requires", "test_requires");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "conan-text", 1, "C/C++", WantedPaths.of("**/conaninfo.txt", "**/conanfile.txt"))
            .yields(PackageType.CONAN)
            .gives("dependencies; what a package needs as declared")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("Conan, conaninfo.txt and conanfile.txt")
            .proof("written from the source");

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
        var sections = sections(text.get());
        var packages = new ListedPackages(facts);
        // the full references where there are some: the others leave the last digits of versions open
        var requires = sections.containsKey("full_requires") ? "full_requires" : "requires";
        var needed = references(sections.getOrDefault(requires, List.of()));
        var cached = CACHED.matcher(file.path());
        if (cached.matches()) {
            ConanReference.of(cached.group(1) + "/" + cached.group(2) + "@" + cached.group(3) + "/" + cached.group(4))
                    .ifPresent(self -> packages.add(self.found()
                            .withDependencies(ListedPackages.dependencies(needed.stream()
                                    .map(other -> other.name() + "@" + other.version())
                                    .toList()))));
        }
        needed.forEach(reference -> packages.add(reference.found().declared()));
        for (var section : BUILD.stream().sorted().toList()) {
            references(sections.getOrDefault(section, List.of()))
                    .forEach(reference -> packages.add(
                            reference.found().declared().withProperties(Map.of(PackageProperty.SCOPE, "development"))));
        }
    }

    private static List<ConanReference> references(List<String> lines) {
        return lines.stream()
                .flatMap(line -> ConanReference.of(line).stream())
                .filter(reference -> !reference.version().endsWith(".Z")) // 1.Y.Z: any of major version 1
                .toList();
    }

    /// Lines below `[name]`, without comments.
    private static Map<String, List<String>> sections(String text) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> current = new ArrayList<>();
        for (var line : text.lines().toList()) {
            var stripped = line.strip();
            if (stripped.startsWith("[") && stripped.endsWith("]")) {
                current =
                        sections.computeIfAbsent(stripped.substring(1, stripped.length() - 1), _ -> new ArrayList<>());
            } else if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                var comment = stripped.indexOf(" #");
                current.add(comment < 0 ? stripped : stripped.substring(0, comment));
            }
        }
        return sections;
    }
}
