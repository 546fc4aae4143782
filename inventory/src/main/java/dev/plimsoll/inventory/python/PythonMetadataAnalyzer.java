package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Installed distributions of Python: `METADATA` of `.dist-info`, `PKG-INFO` of `.egg-info`, and `.egg-info` files.
///
/// Source: PyPA, "Core metadata specifications", fields `Name`, `Version`, `License`, `License-Expression`,
/// `Classifier`, `Requires-Dist`; "Recording installed projects". What is installed to be edited (`direct_url.json`,
/// `.egg-link`) has such metadata too, beside the others or in the folder of its source.
/// Stateless: one instance serves all threads.
public final class PythonMetadataAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-metadata",
                    4,
                    "Python",
                    WantedPaths.of("**/*.dist-info/metadata", "**/*egg-info/pkg-info", "**/*.egg-info")
                            .ignoringCase())
            .yields(PackageType.PYPI)
            .gives("licences, dependencies")
            .limit("a line", CoreMetadata.MAX_LINE, "bytes")
            .limit("a file", CoreMetadata.MAX_HEADERS, "characters of headers")
            .source("Python packaging, core metadata specification")
            .proof("importlib.metadata, pip list");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        CoreMetadata.read(file.content(), DistributionFolder.of(file.path()), "", facts);
    }
}
