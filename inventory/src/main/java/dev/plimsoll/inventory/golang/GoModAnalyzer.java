package dev.plimsoll.inventory.golang;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Modules that a `go.mod` requires, with its replacements; what it excludes or retracts does not matter to them.
///
/// Source: Go Modules Reference, "go.mod files". Stateless: one instance serves all threads.
public final class GoModAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_LENGTH = 4 << 20;

    /// In modules of one file.
    static final int MAX_MODULES = 50_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "go-mod", 1, "Go", WantedPaths.of("**/go.mod"))
            .declared()
            .yields(PackageType.GOLANG)
            .gives("modules with replacements")
            .limit("the file", MAX_LENGTH, "bytes")
            .limit("modules of one file", MAX_MODULES, "modules")
            .source("Go Modules Reference, go.mod files")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    private record Module(String path, String version) {}

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_LENGTH, "a go.mod", facts);
        if (bytes.isEmpty()) {
            return;
        }
        Map<String, Module> required = new LinkedHashMap<>();
        Map<String, Module> replaced = new LinkedHashMap<>();
        var block = "";
        for (var line : new String(bytes.get(), StandardCharsets.UTF_8).lines().toList()) {
            var text = line.replaceFirst("//.*", "").strip();
            if (text.equals(")")) {
                block = "";
            } else if (text.endsWith("(")) {
                block = text.substring(0, text.length() - 1).strip();
            } else if (!text.isEmpty()) {
                directive(block.isEmpty() ? text : block + " " + text, required, replaced);
            }
            if (required.size() > MAX_MODULES) {
                facts.unknown("", "over " + MAX_MODULES + " modules");
                break;
            }
        }
        required.forEach((path, module) -> {
            var other = replaced.getOrDefault(path + " " + module.version(), replaced.getOrDefault(path, module));
            var path2 = other.version().isEmpty() && !other.equals(module) ? path : other.path();
            add(path2, other.version(), facts);
        });
    }

    private static void directive(String text, Map<String, Module> required, Map<String, Module> replaced) {
        var words = text.split("\\s+", 8);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replaceAll("^[\"`]|[\"`]$", "");
        }
        if (words[0].equals("require") && words.length >= 3) {
            required.put(words[1], new Module(words[1], words[2]));
        } else if (words[0].equals("replace") && words.length >= 4) {
            var arrow = words[2].equals("=>") ? 2 : 3;
            if (words[arrow].equals("=>") && words.length > arrow + 1) {
                // A folder that stands in for a module has no version.
                replaced.put(
                        arrow == 2 ? words[1] : words[1] + " " + words[2],
                        new Module(words[arrow + 1], words.length > arrow + 2 ? words[arrow + 2] : ""));
            }
        }
    }

    private static void add(String path, String version, FactSink facts) {
        var slash = path.lastIndexOf('/');
        if (!path.substring(slash + 1).isEmpty()) {
            facts.add(PackageFound.ofLanguage(
                            PackageType.GOLANG,
                            slash < 0 ? "" : path.substring(0, slash),
                            path.substring(slash + 1),
                            version,
                            List.of(),
                            "")
                    .declared());
        }
    }
}
