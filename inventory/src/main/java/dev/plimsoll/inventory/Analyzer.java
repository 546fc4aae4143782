package dev.plimsoll.inventory;

import java.io.IOException;

/// Reads one kind of evidence. Stateless: one instance serves all threads.
///
/// Adding one is a class, its test and a line in `inventory.scan.Analyzers`.
public interface Analyzer {

    /// What it is and wants. The same object each time: it is asked for often.
    AnalyzerDeclaration declaration();

    /// Reads a file and says what it found. What is wrong with the content becomes an unknown in `facts`; what was
    /// found before stays.
    ///
    /// @throws IOException only when the stream fails
    void analyze(LayerFile file, FactSink facts) throws IOException;

    /// Name and version.
    default AnalyzerId id() {
        return declaration().id();
    }

    /// Which files it wants to see.
    default WantedPaths wanted() {
        return declaration().reads();
    }

    /// Name and version; the version is raised whenever the same bytes would yield other facts.
    record AnalyzerId(String name, int version) {
        @Override
        public String toString() {
            return name + "/" + version;
        }
    }
}
