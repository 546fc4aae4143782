package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Files that are not as the package databases say, as rules tell of them.
final class Deviations {

    /// What slim images leave out.
    ///
    /// Source: debuerreotype, the excludes that `debian:…-slim` gives dpkg.
    private static final List<String> DOCUMENTATION = List.of(
            "usr/share/doc/",
            "usr/share/groff/",
            "usr/share/info/",
            "usr/share/linda/",
            "usr/share/lintian/",
            "usr/share/locale/",
            "usr/share/man/",
            "usr/share/help/");

    private Deviations() {}

    static Gap notVerified(Subject subject) {
        return UnknownFacts.notCollected(
                subject, "files were not held against the package databases", "--verify-files");
    }

    /// What was left out because of a limit.
    static List<Gap> gaps(Subject subject) {
        return UnknownFacts.ofPlaces(
                subject,
                "not all files that deviate are known",
                unknown -> unknown.path().isEmpty() && unknown.place().equals("verification"));
    }

    static boolean isDocumentation(String path) {
        return DOCUMENTATION.stream().anyMatch(path::startsWith);
    }

    /// The name of the package that the file belongs to.
    static String packageName(FileDeviation deviation) {
        return PackageUrl.parse(deviation.owner()).map(PackageUrl::name).orElse(deviation.owner());
    }

    /// The packages by their package URLs.
    static Map<String, ImagePackage> owners(Subject subject) {
        return subject.inventory().packages().stream()
                .collect(Collectors.toMap(item -> item.purl().toString(), item -> item, (first, _) -> first));
    }

    /// All that is said of one file of one package, in their order.
    static List<List<FileDeviation>> byFile(List<FileDeviation> deviations) {
        Map<String, List<FileDeviation>> groups = new LinkedHashMap<>();
        for (var deviation : deviations) {
            groups.computeIfAbsent(deviation.path() + "\0" + deviation.owner(), _ -> new ArrayList<>())
                    .add(deviation);
        }
        return List.copyOf(groups.values());
    }

    /// @param owners see {@link #owners}
    /// @param sameFile what is said of one file
    static Firing ofAnchore(
            String key,
            String frozen,
            Subject subject,
            Map<String, ImagePackage> owners,
            List<FileDeviation> sameFile) {
        return about(Firing.of(key, message(sameFile), frozen, remedy(sameFile.getFirst())), subject, owners, sameFile);
    }

    /// The same, for a trigger that Anchore has not.
    static Firing ours(
            String trigger,
            String key,
            Subject subject,
            Map<String, ImagePackage> owners,
            List<FileDeviation> sameFile) {
        return about(
                Firing.ours(trigger, key, message(sameFile), remedy(sameFile.getFirst())), subject, owners, sameFile);
    }

    private static String message(List<FileDeviation> sameFile) {
        var first = sameFile.getFirst();
        var words = sameFile.stream()
                .map(deviation -> words(deviation.kind()))
                .distinct()
                .collect(Collectors.joining(" and "));
        return "/" + first.path() + " of the package " + packageName(first) + " " + words;
    }

    private static Remedy remedy(FileDeviation deviation) {
        return new Remedy(
                "Restore",
                "/" + deviation.path(),
                "files of packages",
                " (reinstall " + packageName(deviation) + "), or leave it as it was");
    }

    private static Firing about(
            Firing firing, Subject subject, Map<String, ImagePackage> owners, List<FileDeviation> sameFile) {
        var first = sameFile.getFirst();
        return Optional.ofNullable(owners.get(first.owner()))
                .map(firing::about)
                .orElse(firing)
                .at(FilePaths.place(subject.inventory().files(), first.path()));
    }

    private static String words(FileDeviation.Kind kind) {
        return switch (kind) {
            case CHANGED -> "has another content than the package database says";
            case MISSING -> "is missing";
            case MODE -> "has another mode than the package database says";
        };
    }
}
