package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Packages of archives that lie unpacked in a folder, as web applications and layered ones do.
///
/// Source: Maven, "Archiver: pom.properties". Stateless: one instance serves all threads.
public final class ExplodedArchiveAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_FILE = 1 << 20;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "java-exploded", 1, "Java", WantedPaths.of("**/META-INF/maven/*/*/pom.properties"))
            .yields(PackageType.MAVEN)
            .limit("a file", MAX_FILE, "bytes")
            .source("Maven, pom.properties")
            .proof("an archive of Maven Central, unpacked in the test image");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "pom.properties", facts);
        if (bytes.isEmpty()) {
            return;
        }
        try {
            var found = ArchiveContents.properties(new StringReader(new String(bytes.get(), StandardCharsets.UTF_8)));
            if (found.isEmpty()) {
                facts.unknown("", "pom.properties without group, artifact or version");
            }
            found.filter(ArchiveContents.Coordinates::isShort)
                    .ifPresent(named -> facts.add(PackageFound.ofLanguage(
                            PackageType.MAVEN, named.group(), named.artifact(), named.version(), List.of(), "")));
        } catch (IllegalArgumentException e) {
            facts.unknown("", "not a properties file: " + e.getMessage());
        }
    }
}
