package dev.plimsoll.inventory.apk;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Packages that apk recorded as installed.
///
/// Format: Alpine wiki, "Apk spec", section "Installed Database V2". Stateless: one instance serves all threads.
public final class ApkDatabaseAnalyzer implements Analyzer {

    /// In bytes; a longer line becomes an unknown and reading goes on behind it.
    static final int MAX_LINE = 1 << 20;

    /// In packages.
    static final int MAX_PACKAGES = 200_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "apk-database", 2, "Alpine", WantedPaths.of("lib/apk/db/installed", "usr/lib/apk/db/installed"))
            .yields(PackageType.APK)
            .gives("origin, architecture, owned files, licence, dependencies, maintainer")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a database", MAX_PACKAGES, "packages")
            .source("Alpine wiki, Apk spec")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var record = new ApkRecord();
        var count = 0;
        while (true) {
            switch (lines.next()) {
                case Line.Text(var _, var text)
                when text.isEmpty() -> {
                    count += record.finish(facts);
                    record = new ApkRecord();
                }
                case Line.Text(var number, var text) -> {
                    if (count == MAX_PACKAGES) {
                        facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
                        return;
                    }
                    if (!record.accept(number, text)) {
                        facts.unknown("line " + number, "not a field of an apk record");
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    record.finish(facts); // the last record may lack its empty line
                    return;
                }
            }
        }
    }
}
