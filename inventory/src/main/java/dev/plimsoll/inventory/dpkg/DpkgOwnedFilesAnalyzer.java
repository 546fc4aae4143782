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

/// Which files belong to a package of dpkg: `info/PACKAGE.list`, one path a line; in images without dpkg
/// `status.d/PACKAGE.md5sums`. opkg keeps such lists too, with the mode behind a tab.
///
/// Source: dpkg(1), "FILES"; deb-md5sums(5). Stateless: one instance serves all threads.
public final class DpkgOwnedFilesAnalyzer implements Analyzer {

    private static final String LIST = ".list";
    private static final String SUMS = ".md5sums";

    /// Length of an MD5 digest in hexadecimal digits, and of the two blanks behind it.
    private static final int SUM_WIDTH = 34;

    /// In bytes.
    static final int MAX_LINE = 8 << 10;

    /// In paths; the largest packages of Debian have some ten thousand.
    static final int MAX_PATHS = 500_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dpkg-owned-files",
                    2,
                    "Debian",
                    WantedPaths.of(
                            "var/lib/dpkg/{info/*.list,status.d/*.md5sums}",
                            "{usr/lib,var/lib,opt/lib}/opkg/info/*.list"))
            .gives("owned files")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a list", MAX_PATHS, "paths")
            .source("dpkg(1), dpkg-query(1) --listfiles")
            .proof("dpkg-query");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var isList = file.path().endsWith(LIST);
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        var key = name.substring(0, name.length() - (isList ? LIST : SUMS).length());
        var lines = new LineReader(file.content(), MAX_LINE);
        var paths = new ArrayList<String>();
        var reading = true;
        while (reading) {
            switch (lines.next()) {
                case Line.Text _
                when paths.size() == MAX_PATHS -> {
                    facts.unknown("", "over " + MAX_PATHS + " paths; the rest was not read");
                    reading = false;
                }
                case Line.Text(var _, var text) -> {
                    var tab = text.indexOf('\t');
                    var path = isList
                            ? tab < 0 ? text : text.substring(0, tab)
                            : text.length() > SUM_WIDTH ? text.substring(SUM_WIDTH) : "";
                    if (path.startsWith("/")) {
                        path = path.substring(1);
                    }
                    if (!path.isEmpty() && !path.equals(".")) {
                        paths.add(path);
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        facts.add(new Fact.OwnedFiles(PackageType.DEB, key, paths));
    }
}
