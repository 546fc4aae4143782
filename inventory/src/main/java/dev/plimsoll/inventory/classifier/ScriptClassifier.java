package dev.plimsoll.inventory.classifier;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.classifier.Classifier.Evidence;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.ProgramContent;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Products of the table whose file is no program of the processor: archives of PHP, scripts, archives of objects.
/// Stateless: one instance serves all threads.
public final class ScriptClassifier implements Analyzer {

    /// In bytes.
    static final int MAX_LENGTH = 32 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "script-classifier",
                    1,
                    "any",
                    WantedPaths.of(
                            "**/composer",
                            "**/composer.phar",
                            "**/wp",
                            "**/wp-cli.phar",
                            "**/elixir",
                            "**/elixir/ebin/elixir.app",
                            "**/liberts_internal.a"))
            .yields(PackageType.GENERIC)
            .gives("products by the text of their scripts, with CPEs, marked as of low confidence")
            .limit("the file", MAX_LENGTH, "bytes")
            .source("classifiers.yaml, a source for each product")
            .proof("as the table says");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.content().readNBytes(MAX_LENGTH);
        if (Program.begins(bytes, bytes.length)) {
            return; // for the other one
        }
        var content = ProgramContent.of(bytes, bytes.length);
        for (var classifier : Classifiers.table().of(file.path())) {
            for (var evidence : classifier.evidences()) {
                var version = evidence instanceof Evidence.Text text
                        ? ProgramClassifier.version(text, content)
                        : java.util.Optional.<String>empty();
                if (version.isPresent()) {
                    facts.add(ProgramClassifier.found(classifier, version.get()));
                    break;
                }
            }
        }
    }
}
