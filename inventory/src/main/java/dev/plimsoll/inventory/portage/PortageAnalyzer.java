package dev.plimsoll.inventory.portage;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Packages that portage recorded as installed: one folder a package, with a file for each thing that is known of it.
/// The package itself stands for its `CONTENTS`, which every one has.
///
/// Source: Gentoo, Package Manager Specification 8; portage(5), `/var/db/pkg`. Values of several lines are left out.
/// Stateless: one instance serves all threads.
public final class PortageAnalyzer implements Analyzer {

    /// In bytes, of the files of one value; licences of large collections take some thousand.
    static final int MAX_VALUE = 64 << 10;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "portage-database",
                    2,
                    "Gentoo",
                    WantedPaths.of("var/db/pkg/*/*/{CONTENTS,LICENSE,RDEPEND,SLOT,repository,HOMEPAGE,DESCRIPTION}"))
            .yields(PackageType.PORTAGE)
            .gives("licences, owned files, repository, slot, dependencies")
            .limit("a line", PortageContents.MAX_LINE, "bytes")
            .limit("a package", PortageContents.MAX_LINES, "paths")
            .limit("a value", MAX_VALUE, "bytes")
            .limit("a package", DependencyAtoms.MAX_NAMES, "dependencies")
            .source("Package Manager Specification 8; portage(5)")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var folder = PortageFolder.of(file.path());
        if (folder.isEmpty()) {
            facts.unknown("", "its folder is not named as a package and its version are");
            return;
        }
        var about = folder.get();
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        if (name.equals("CONTENTS")) {
            contents(about, file, facts);
            return;
        }
        var value = file.bytes(MAX_VALUE, "the value is", facts)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .orElse("");
        if (value.isEmpty()) {
            return;
        }
        switch (name) {
            case "LICENSE" -> facts.add(new Fact.Licenses(PackageType.PORTAGE, about.key(), List.of(value)));
            case "RDEPEND" ->
                facts.add(new Fact.Dependencies(PackageType.PORTAGE, about.key(), DependencyAtoms.names(value)));
            case "SLOT" -> facts.add(properties(about, slot(about, value)));
            case "HOMEPAGE" -> facts.add(properties(about, Map.of(PackageProperty.HOMEPAGE, value)));
            case "DESCRIPTION" -> facts.add(properties(about, Map.of(PackageProperty.SUMMARY, value)));
            default -> facts.add(properties(about, Map.of(PackageProperty.ORIGIN, value)));
        }
    }

    private static Fact properties(PortageFolder about, Map<PackageProperty, String> values) {
        return new Fact.Properties(PackageType.PORTAGE, about.key(), ListedPackages.properties(values));
    }

    /// It also answers to its name with the slot, by which others may need it.
    private static Map<PackageProperty, String> slot(PortageFolder about, String value) {
        var subslot = value.indexOf('/');
        var slot = subslot < 0 ? value : value.substring(0, subslot);
        return Map.of(
                PackageProperty.SLOT,
                value,
                PackageProperty.PROVIDES,
                about.category() + "/" + about.name() + ":" + slot);
    }

    private static void contents(PortageFolder about, LayerFile file, FactSink facts) throws IOException {
        facts.add(new PackageFound(
                PackageType.PORTAGE,
                about.category(),
                about.name(),
                about.version(),
                Optional.empty(),
                "",
                "",
                Evidence.INSTALLED,
                about.key(),
                Map.of(),
                List.of(),
                PortageContents.read(file.content(), facts).stream()
                        .map(FileClaim::path)
                        .toList(),
                ""));
    }
}
