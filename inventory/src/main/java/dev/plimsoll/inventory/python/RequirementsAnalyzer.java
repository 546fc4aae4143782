package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.regex.Pattern;

/// Distributions that a requirements file pins to one version (`==`, `===`). What is not pinned has no version that one
/// could know, and is passed over; files that it includes (`-r`) are read for themselves.
///
/// Source: pip, "Requirements File Format". Stateless: one instance serves all threads.
public final class RequirementsAnalyzer implements Analyzer {

    /// In bytes; hashes stand on continued lines.
    static final int MAX_LINE = 16 << 10;

    /// In lines.
    static final int MAX_LINES = 200_000;

    /// In characters, of a line with all that continue it; what is longer is cut, behind name and version.
    static final int MAX_LOGICAL = 64 << 10;

    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern OPTIONS = Pattern.compile("\\s--[a-z].*");
    private static final Pattern HASH = Pattern.compile("--hash=(sha256|sha384|sha512):([0-9a-f]{64,128})\\b");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-requirements",
                    1,
                    "Python",
                    WantedPaths.of("**/*requirements*.txt", "**/requirements/*.txt"))
            .declared()
            .yields(PackageType.PYPI)
            .gives("what is pinned; its digest where there is only one")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_LINES, "lines")
            .source("pip, Requirements File Format")
            .proof("pip freeze, pip-compile");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var packages = new DeclaredPackages(PackageType.PYPI, facts);
        var lines = new LineReader(file.content(), MAX_LINE);
        var logical = new StringBuilder();
        var reading = true;
        for (int count = 0; reading; count++) {
            if (count == MAX_LINES) {
                facts.unknown("", "over " + MAX_LINES + " lines; the rest was not read");
                break;
            }
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    var goesOn = text.endsWith("\\");
                    var part = goesOn ? text.substring(0, text.length() - 1) : text;
                    if (!part.stripLeading().startsWith("#") && logical.length() < MAX_LOGICAL) {
                        logical.append(logical.isEmpty() ? "" : " ").append(part);
                    }
                    if (!goesOn) {
                        requirement(logical.toString(), packages);
                        logical.setLength(0);
                    }
                }
                case Line.TooLong(var number) -> {
                    facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                    logical.setLength(0);
                }
                case Line.End() -> {
                    requirement(logical.toString(), packages);
                    reading = false;
                }
            }
        }
        packages.finish();
    }

    private static void requirement(String line, DeclaredPackages packages) {
        var text = COMMENT.matcher(line).replaceFirst("");
        if (text.isBlank() || text.stripLeading().startsWith("-")) {
            return; // an option: another file, an index, a folder to be installed as it stands
        }
        Requirement.of(OPTIONS.matcher(text).replaceFirst(""))
                .flatMap(found -> found.pinned()
                        .map(version ->
                                DeclaredPackage.of("", found.name(), version).digest(digest(text))))
                .ifPresent(packages::add);
    }

    /// Each archive of a version has a digest of its own, so only a single one says what is installed.
    private static String digest(String text) {
        var matcher = HASH.matcher(text);
        if (!matcher.find()) {
            return "";
        }
        var digest = matcher.group(1) + ":" + matcher.group(2);
        return matcher.find() ? "" : digest;
    }
}
