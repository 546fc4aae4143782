package dev.plimsoll.inventory.pacman;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Packages that pacman recorded as installed: one folder a package, with a file `desc` that describes it and a file
/// `files` that lists what belongs to it.
///
/// Source: libalpm, `lib/libalpm/be_local.c`. Stateless: one instance serves all threads.
public final class PacmanAnalyzer implements Analyzer {

    private static final String FILES = "/files";

    /// Where a version begins in `name>=1`, and a reason in `name: why`.
    private static final Pattern VERSION = Pattern.compile("[<>=:].*");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pacman-database", 1, "Arch Linux", WantedPaths.of("var/lib/pacman/local/*/{desc,files}"))
            .yields(PackageType.ALPM)
            .gives("source package, architecture, licences, owned files, dependencies, install reason, packager")
            .limit("a line", DescriptionSections.MAX_LINE, "bytes")
            .limit("a file", DescriptionSections.MAX_LINES, "lines")
            .source("libalpm, lib/libalpm/be_local.c")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var sections = DescriptionSections.read(file.content(), facts);
        var folder = file.path().substring(0, file.path().lastIndexOf('/'));
        var key = folder.substring(folder.lastIndexOf('/') + 1);
        if (file.path().endsWith(FILES)) {
            facts.add(new Fact.OwnedFiles(
                    PackageType.ALPM,
                    key,
                    sections.lines("FILES").stream()
                            .map(path -> path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                            .filter(path -> !path.isEmpty())
                            .toList()));
            return;
        }
        var name = sections.first("NAME");
        var version = sections.first("VERSION");
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "it names no package and version");
            return;
        }
        var base = sections.first("BASE");
        var architecture = sections.first("ARCH");
        var qualifiers = new TreeMap<String, String>();
        qualifiers.put("arch", architecture);
        qualifiers.put("upstream", base.equals(name) ? "" : base);
        qualifiers.values().removeIf(String::isEmpty);
        facts.add(new PackageFound(
                PackageType.ALPM,
                "",
                name,
                version,
                Optional.of(new SourcePackage(base.isEmpty() ? name : base, version)),
                architecture,
                "",
                Evidence.INSTALLED,
                key,
                qualifiers,
                sections.lines("LICENSE"),
                List.of(),
                List.of(),
                names(sections.lines("DEPENDS")),
                properties(sections),
                ""));
    }

    private static List<String> names(List<String> lines) {
        var names = new LinkedHashSet<String>();
        for (var line : lines) {
            var name = VERSION.matcher(line).replaceFirst("").strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static Map<PackageProperty, String> properties(DescriptionSections sections) {
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        properties.put(PackageProperty.MAINTAINER, sections.first("PACKAGER"));
        properties.put(PackageProperty.HOMEPAGE, sections.first("URL"));
        properties.put(PackageProperty.SUMMARY, sections.first("DESC"));
        properties.put(PackageProperty.PROVIDES, String.join(" ", names(sections.lines("PROVIDES"))));
        // written for what came as a dependency alone
        properties.put(
                PackageProperty.INSTALL_REASON, sections.first("REASON").equals("1") ? "dependency" : "explicit");
        properties.values().removeIf(String::isEmpty);
        return properties;
    }
}
