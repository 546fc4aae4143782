package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackage.Scope;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Artifacts that Gradle's lock files list. What only configurations for tests or the build script itself use is there
/// for development.
///
/// Source: Gradle, "Locking dependency versions": `group:artifact:version=configuration,…`; before Gradle 7 a file for
/// each configuration, without what follows the version. Stateless: one instance serves all threads.
public final class GradleLockAnalyzer implements Analyzer {

    private static final Pattern ENTRY = Pattern.compile("([^:=\\s#]+):([^:=\\s]+):([^:=\\s]+)(?:=(\\S*))?");

    /// In bytes; a library that everything uses names all configurations.
    static final int MAX_LINE = 64 << 10;

    /// In lines.
    static final int MAX_LINES = 200_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "gradle-lock",
                    1,
                    "Java",
                    WantedPaths.of(
                            "**/gradle.lockfile*",
                            "**/{buildscript-gradle,settings-gradle}.lockfile",
                            "**/gradle/dependency-locks/*.lockfile"))
            .declared()
            .yields(PackageType.MAVEN)
            .gives("scope")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_LINES, "lines")
            .source("Gradle, Locking dependency versions")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        var ofBuild = name.startsWith("buildscript-") || name.startsWith("settings-");
        var packages = new DeclaredPackages(PackageType.MAVEN, facts);
        var lines = new LineReader(file.content(), MAX_LINE);
        var reading = true;
        for (int count = 0; reading; count++) {
            if (count == MAX_LINES) {
                facts.unknown("", "over " + MAX_LINES + " lines; the rest was not read");
                break;
            }
            switch (lines.next()) {
                case Line.Text(var number, var text) -> {
                    var entry = ENTRY.matcher(text.strip());
                    if (entry.matches()) {
                        var development = ofBuild || isOfTests(entry.group(4) == null ? name : entry.group(4));
                        packages.add(DeclaredPackage.of(entry.group(1), entry.group(2), entry.group(3))
                                .in(development ? Scope.DEVELOPMENT : Scope.RUNTIME));
                    } else if (!text.isBlank() && !text.startsWith("#") && !text.startsWith("empty=")) {
                        facts.unknown("line " + number, "no line of a lock file of Gradle");
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        packages.finish();
    }

    private static boolean isOfTests(String configurations) {
        for (var configuration : configurations.split(",", -1)) {
            if (!configuration.toLowerCase(Locale.ROOT).contains("test")) {
                return false;
            }
        }
        return true;
    }
}
