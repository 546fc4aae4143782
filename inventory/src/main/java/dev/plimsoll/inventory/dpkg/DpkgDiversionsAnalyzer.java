package dev.plimsoll.inventory.dpkg;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;

/// Paths that dpkg diverts: what packages bring there lies elsewhere.
///
/// Source: dpkg-divert(1), "FILES"; dpkg, `lib/dpkg/db-fsys-divert.c`: three lines each, the path, where it lies, and
/// the package whose own file stays at the path, or a colon where an administrator diverts. Stateless: one instance
/// serves all threads.
public final class DpkgDiversionsAnalyzer implements Analyzer {

    /// In bytes; Linux's PATH_MAX, twice.
    static final int MAX_LINE = 8 << 10;

    /// In diversions; full desktops have some hundred.
    static final int MAX_DIVERSIONS = 100_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dpkg-diversions", 1, "Debian", WantedPaths.of("var/lib/dpkg/diversions"))
            .gives("where diverted files of packages lie")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_DIVERSIONS, "diversions")
            .source("dpkg-divert(1)")
            .proof("dpkg-divert, dpkg-query");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var three = new ArrayList<String>();
        var count = 0;
        while (true) {
            switch (lines.next()) {
                case Line.Text(var number, var text) -> {
                    three.add(text);
                    if (three.size() == 3) {
                        if (count++ == MAX_DIVERSIONS) {
                            facts.unknown("", "over " + MAX_DIVERSIONS + " diversions; the rest was not read");
                            return;
                        }
                        add(number, three.get(0), three.get(1), three.get(2), facts);
                        three.clear();
                    }
                }
                case Line.TooLong(var number) -> {
                    facts.unknown("line " + number, "line over " + MAX_LINE + " bytes; the rest was not read");
                    return;
                }
                case Line.End() -> {
                    if (!three.isEmpty()) {
                        facts.unknown("", "its last diversion has not three lines");
                    }
                    return;
                }
            }
        }
    }

    private static void add(int number, String path, String elsewhere, String except, FactSink facts) {
        if (!path.startsWith("/") || !elsewhere.startsWith("/")) {
            facts.unknown("line " + number, "no diversion of a path");
            return;
        }
        facts.add(new Fact.Diverted(
                PackageType.DEB, path.substring(1), elsewhere.substring(1), except.equals(":") ? "" : except));
    }
}
