package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/// Artifacts that a Maven project asks for, as far as its `pom.xml` alone says in which version. What a parent or an
/// imported list settles is not seen, nor what an artifact needs in turn.
///
/// Source: Maven, "POM Reference", `dependencies`, `dependencyManagement`, `properties`. Stateless: one instance serves
/// all threads.
public final class MavenProjectAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_FILE = 4 << 20;

    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]*");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "maven-project",
                    1,
                    "Java",
                    WantedPaths.of("**/pom.xml")
                            .when((path, _, _) -> !path.contains("META-INF/maven/"), "not those of META-INF/maven"))
            .declared()
            .yields(PackageType.MAVEN)
            .gives("scope")
            .limit("a file", MAX_FILE, "bytes")
            .limit("a file", MavenProject.MAX_ELEMENTS, "elements")
            .source("Maven, POM Reference")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "pom.xml", facts);
        if (bytes.isEmpty()) {
            return;
        }
        MavenProject project;
        try {
            project = MavenProject.read(bytes.get());
        } catch (XMLStreamException e) {
            facts.unknown(
                    "",
                    "not the XML of a Maven project: "
                            + String.valueOf(e.getMessage())
                                    .lines()
                                    .reduce((a, b) -> b)
                                    .orElse(""));
            return;
        }
        var packages = new DeclaredPackages(PackageType.MAVEN, facts);
        for (var dependency : project.dependencies()) {
            var group = project.resolved(dependency.group());
            var artifact = project.resolved(dependency.artifact());
            var version = project.version(dependency);
            if (VERSION.matcher(version).matches() && isName(group) && isName(artifact)) {
                packages.add(DeclaredPackage.of(group, artifact, version)
                        .in(
                                dependency.scope().equals("test")
                                        ? Scope.DEVELOPMENT
                                        : dependency.optional() ? Scope.OPTIONAL : Scope.RUNTIME));
            }
        }
        packages.finish();
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '$' && c != '{' && c != ':');
    }
}
