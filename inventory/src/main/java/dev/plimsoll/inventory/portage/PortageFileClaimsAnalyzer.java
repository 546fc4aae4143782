package dev.plimsoll.inventory.portage;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// What portage says of the files of packages: their MD5. What lies in /etc is protected as configuration.
///
/// Source: portage(5), `/var/db/pkg`; make.conf(5), CONFIG_PROTECT. Stateless: one instance serves all threads.
public final class PortageFileClaimsAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "portage-file-claims", 1, "Gentoo", WantedPaths.of("var/db/pkg/*/*/CONTENTS"))
            .gives("digests of owned files")
            .limit("a package", PortageContents.MAX_LINES, "paths")
            .source("portage(5)")
            .proof("written from the source")
            .onlyForVerification();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var folder = PortageFolder.of(file.path());
        if (folder.isPresent()) {
            facts.add(new Fact.FileClaims(
                    PackageType.PORTAGE, folder.get().key(), PortageContents.read(file.content(), facts)));
        }
    }
}
