package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Packages of images of CBL-Mariner and Azure Linux without rpm: a list that was written when the image was built, one
/// package a line.
///
/// Source: CBL-Mariner, `toolkit/tools/imagegen/installutils` (the query by which `container-manifest-2` is written):
/// name, version-release, time of installation, time of building, vendor, epoch or `(none)`, size, architecture, epoch
/// as a number, source rpm; tabs between. Stateless: one instance serves all threads.
public final class ContainerManifestAnalyzer implements Analyzer {

    private static final Pattern TAB = Pattern.compile("\t");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

    /// In fields; later ones are not read.
    private static final int MOST_FIELDS = 20;

    private static final int FIELDS = 10;
    private static final int VENDOR = 4;
    private static final int ARCHITECTURE = 7;
    private static final int EPOCH = 8;
    private static final int SOURCE_RPM = 9;

    /// In bytes.
    static final int MAX_LINE = 8 << 10;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "rpm-container-manifest", 1, "rpm", WantedPaths.of(PackageDatabases.RPM_MANIFEST))
            .yields(PackageType.RPM)
            .gives("epoch, source rpm, architecture, vendor")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a list", HeaderCollector.MAX_PACKAGES, "packages")
            .source("CBL-Mariner, toolkit/tools/imagegen/installutils")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var count = 0;
        while (true) {
            switch (lines.next()) {
                case Line.Text(var _, var text) when text.isBlank() -> {}
                case Line.Text(var number, var text) -> {
                    if (count++ == HeaderCollector.MAX_PACKAGES) {
                        facts.unknown("", "over " + HeaderCollector.MAX_PACKAGES + " packages; the rest was not read");
                        return;
                    }
                    accept("line " + number, List.of(TAB.split(text, MOST_FIELDS)), facts);
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    return;
                }
            }
        }
    }

    private static void accept(String place, List<String> fields, FactSink facts) {
        if (fields.size() < FIELDS || isNoWord(fields.get(0)) || isNoWord(fields.get(1))) {
            facts.unknown(place, "not the " + FIELDS + " fields of a package");
            return;
        }
        if (fields.getFirst().equals("gpg-pubkey")) {
            return;
        }
        var epoch = NUMBER.matcher(fields.get(EPOCH)).matches() ? fields.get(EPOCH) : "";
        var qualifiers = new TreeMap<>(Map.of(
                "arch", said(fields.get(ARCHITECTURE)), "upstream", said(fields.get(SOURCE_RPM)), "epoch", epoch));
        qualifiers.values().removeIf(String::isEmpty);
        var vendor = said(fields.get(VENDOR));
        facts.add(new PackageFound(
                PackageType.RPM,
                "",
                fields.getFirst(),
                (epoch.isEmpty() ? "" : epoch + ":") + fields.get(1),
                SourceRpm.parse(fields.get(SOURCE_RPM)),
                said(fields.get(ARCHITECTURE)),
                "",
                Evidence.INSTALLED,
                "",
                qualifiers,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                vendor.isEmpty() ? Map.of() : Map.of(PackageProperty.VENDOR, vendor),
                ""));
    }

    private static String said(String field) {
        var text = field.strip();
        return text.equals("(none)") ? "" : text;
    }

    private static boolean isNoWord(String text) {
        return text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f);
    }
}
