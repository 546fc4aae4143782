package dev.plimsoll.inventory.apk;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.Map;

/// Why Alpine's packages are installed: the world lists those that were asked for, all others came with them.
///
/// Source: apk-world(5). Stateless: one instance serves all threads.
public final class ApkWorldAnalyzer implements Analyzer {

    /// In packages.
    static final int MAX_PACKAGES = 200_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "apk-world", 1, "Alpine", WantedPaths.of("etc/apk/world"))
            .gives("install reason")
            .limit("a line", ApkDatabaseAnalyzer.MAX_LINE, "bytes")
            .limit("a file", MAX_PACKAGES, "packages")
            .source("apk-world(5)")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), ApkDatabaseAnalyzer.MAX_LINE);
        var count = 0;
        var reading = true;
        while (reading) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    for (var name : ApkRecord.names(text)) {
                        if (count++ < MAX_PACKAGES) {
                            facts.add(reason(name, "explicit"));
                        }
                    }
                }
                case Line.TooLong(var number) ->
                    facts.unknown("line " + number, "line over " + ApkDatabaseAnalyzer.MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        if (count > MAX_PACKAGES) {
            facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
        }
        facts.add(reason("", "dependency"));
    }

    private static Fact reason(String key, String reason) {
        return new Fact.Properties(PackageType.APK, key, Map.of(PackageProperty.INSTALL_REASON, reason));
    }
}
