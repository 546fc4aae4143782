package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/// Packages in Java archives, and in the archives within them.
///
/// Source: JAR File Specification, "The META-INF directory"; Maven, "Archiver: pom.properties". Stateless: one instance
/// serves all threads.
public final class JavaArchiveAnalyzer implements Analyzer {

    static final Set<String> ENDINGS = Set.of("jar", "war", "ear", "par", "sar", "nar", "jpi", "hpi", "kar", "lpkg");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "java-archive",
                    4,
                    "Java",
                    WantedPaths.of("**/*.{jar,war,ear,par,sar,nar,jpi,hpi,kar,lpkg}")
                            .ignoringCase())
            .yields(PackageType.MAVEN)
            .gives("every package that was packed in, nested archives; licences, digests")
            .source("JAR File Specification; Maven, pom.properties")
            .proof("archives of Maven Central");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    static boolean isArchive(String path) {
        var dot = path.lastIndexOf('.');
        var ending = dot < 0 || path.length() - dot > 5 ? "" : path.substring(dot + 1);
        return ENDINGS.contains(ending) || ENDINGS.contains(ending.toLowerCase(Locale.ROOT));
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        new ArchiveReader(file.content(), file.budget(), facts).read(file.path());
    }
}
