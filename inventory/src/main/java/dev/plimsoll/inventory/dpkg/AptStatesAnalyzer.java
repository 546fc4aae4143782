package dev.plimsoll.inventory.dpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Why Debian's packages are installed: apt marks those that came as dependencies, all others were asked for.
///
/// Source: apt-mark(8), "FILES"; apt, `apt-pkg/depcache.cc`. Stateless: one instance serves all threads.
public final class AptStatesAnalyzer implements Analyzer {

    private static final Map<PackageProperty, String> DEPENDENCY = Map.of(PackageProperty.INSTALL_REASON, "dependency");
    private static final Map<PackageProperty, String> EXPLICIT = Map.of(PackageProperty.INSTALL_REASON, "explicit");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "apt-extended-states", 1, "Debian", WantedPaths.of("var/lib/apt/extended_states"))
            .gives("install reason")
            .limit("a line", ControlRecords.MAX_LINE, "bytes")
            .limit("a file", DpkgStatusAnalyzer.MAX_PACKAGES, "packages")
            .source("apt-mark(8)")
            .proof("apt-mark");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var fields = Set.of("package", "architecture", "auto-installed");
        var count = new int[1];
        new ControlRecords(file.content(), fields, Set.of(), facts).forEach(found -> {
            var name = found.field("package");
            if (name.isEmpty() || !found.field("auto-installed").equals("1")) {
                return true;
            }
            if (count[0]++ == DpkgStatusAnalyzer.MAX_PACKAGES) {
                facts.unknown("", "over " + DpkgStatusAnalyzer.MAX_PACKAGES + " packages; the rest was not read");
                return false;
            }
            // The name alone is the key of what only one architecture of can be installed.
            facts.add(new Fact.Properties(PackageType.DEB, name, DEPENDENCY));
            facts.add(new Fact.Properties(PackageType.DEB, name + ":" + found.field("architecture"), DEPENDENCY));
            return true;
        });
        facts.add(new Fact.Properties(PackageType.DEB, "", EXPLICIT));
    }
}
