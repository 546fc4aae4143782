package dev.plimsoll.inventory.swift;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What CocoaPods locked, and the copy in `Pods/Manifest.lock`. Subspecs belong to their pod.
///
/// Source: CocoaPods, `Pod::Lockfile`: `PODS` with `Name/Subspec (version)`, `EXTERNAL SOURCES`. Stateless: one
/// instance serves all threads.
public final class PodfileLockAnalyzer implements Analyzer {

    private static final Pattern POD = Pattern.compile("([^ (]+)(?: \\(([^)]*)\\))?");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "cocoapods-lock", 1, "CocoaPods", WantedPaths.of("**/Podfile.lock", "**/Pods/Manifest.lock"))
            .declared()
            .yields(PackageType.COCOAPODS)
            .gives("dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("CocoaPods, Pod::Lockfile")
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
        Map<String, String> versions = new LinkedHashMap<>();
        Map<String, Set<String>> needed = new LinkedHashMap<>();
        for (var entry : document.get().array("PODS")) {
            switch (entry) {
                case JsonString(var text) -> pod(text, versions);
                case JsonObject object ->
                    object.members().keySet().forEach(text -> {
                        var name = pod(text, versions);
                        var others = needed.computeIfAbsent(name, _ -> new LinkedHashSet<>());
                        object.strings(text).stream()
                                .map(PodfileLockAnalyzer::mainName)
                                .filter(other -> !other.equals(name))
                                .forEach(others::add);
                    });
                default -> facts.unknown("PODS", "an entry that is no pod");
            }
        }
        var packages = new ListedPackages(facts);
        versions.forEach((name, version) -> packages.add(PackageFound.ofLanguage(
                        PackageType.COCOAPODS, "", name, version, List.of(), "")
                .declared()
                .withDependencies(ListedPackages.dependencies(List.copyOf(needed.getOrDefault(name, Set.of()))))));
    }

    private static String pod(String text, Map<String, String> versions) {
        var parts = POD.matcher(text.strip());
        if (!parts.matches() || parts.group(2) == null) {
            return "";
        }
        var name = mainName(parts.group(1));
        versions.putIfAbsent(name, parts.group(2).strip());
        return name;
    }

    /// `AFNetworking/Reachability (~> 4.0)` is of `AFNetworking`.
    private static String mainName(String text) {
        var end = 0;
        while (end < text.length() && " /(".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }
}
