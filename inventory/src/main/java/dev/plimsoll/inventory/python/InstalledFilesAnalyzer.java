package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Which files belong to installed distributions of Python.
///
/// Source: PyPA, "Recording installed projects", "The RECORD file". Stateless: one instance serves all threads.
public final class InstalledFilesAnalyzer implements Analyzer {

    static final WantedPaths PLACES = WantedPaths.of("**/*.dist-info/RECORD");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-installed-files", 1, "Python", PLACES)
            .gives("owned files")
            .limit("a line", InstalledFiles.MAX_LINE, "bytes")
            .limit("a distribution", InstalledFiles.MAX_FILES, "files")
            .source("PyPA, Recording installed projects")
            .proof("pip");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        facts.add(new Fact.OwnedFiles(
                PackageType.PYPI,
                DistributionFolder.of(file.path()),
                InstalledFiles.read(file, facts).stream().map(FileClaim::path).toList()));
    }
}
