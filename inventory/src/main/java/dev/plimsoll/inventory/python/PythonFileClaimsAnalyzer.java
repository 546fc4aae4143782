package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// What installers of Python recorded of the files of distributions: their SHA-256.
///
/// Source: PyPA, "Recording installed projects", "The RECORD file". Stateless: one instance serves all threads.
public final class PythonFileClaimsAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-file-claims", 1, "Python", InstalledFilesAnalyzer.PLACES)
            .gives("digests of owned files")
            .limit("a distribution", InstalledFiles.MAX_FILES, "files")
            .source("PyPA, Recording installed projects")
            .proof("pip")
            .onlyForVerification();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        facts.add(new Fact.FileClaims(
                PackageType.PYPI, DistributionFolder.of(file.path()), InstalledFiles.read(file, facts)));
    }
}
