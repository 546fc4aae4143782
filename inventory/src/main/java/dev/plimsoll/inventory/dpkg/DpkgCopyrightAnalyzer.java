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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Licences that a Debian package's copyright file names: the short names of the machine-readable form, else the files
/// of `/usr/share/common-licenses` that its prose points at.
///
/// Source: Debian, "Machine-readable debian/copyright file" 1.0, field `License`; Debian Policy 12.5. Stateless: one
/// instance serves all threads.
public final class DpkgCopyrightAnalyzer implements Analyzer {

    private static final Pattern PATH = Pattern.compile("usr/share/doc/([^/]+)/copyright");
    private static final String COMMON_FOLDER = "/usr/share/common-licenses/";
    private static final Pattern COMMON = Pattern.compile(COMMON_FOLDER + "([A-Za-z0-9][A-Za-z0-9.+-]*)");
    private static final Pattern ALTERNATIVES = Pattern.compile(",?\\s+(?:and/or|and|or)\\s+|,\\s*");

    /// In bytes.
    static final int MAX_LINE = 64 << 10;

    /// In bytes; what lies behind is not read, and not said: a licence is named early.
    static final int MAX_FILE = 1 << 20;

    /// In names; more only repeat themselves.
    static final int MAX_NAMES = 200;

    private static final int MAX_NAME_LENGTH = 200;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dpkg-copyright", 3, "Debian", WantedPaths.of("usr/share/doc/*/copyright"))
            .gives("licences")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_FILE, "bytes")
            .limit("a file", MAX_NAMES, "licences")
            .source("Debian Policy 12.5; machine-readable debian/copyright 1.0")
            .proof("files of Debian packages");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var matcher = PATH.matcher(file.path());
        if (!matcher.matches()) {
            return;
        }
        var lines = new LineReader(new BoundedPrefix(file.content(), MAX_FILE), MAX_LINE);
        var declared = new TreeSet<String>();
        var common = new TreeSet<String>();
        var machineReadable = false;
        var reading = true;
        while (reading) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    // most lines are prose
                    var first = text.isEmpty() ? ' ' : text.charAt(0);
                    machineReadable |=
                            first == 'F' && (text.startsWith("Format:") || text.startsWith("Format-Specification:"));
                    if (first == 'L' && text.startsWith("License:") && declared.size() < MAX_NAMES) {
                        var names = text.substring("License:".length()).strip();
                        // in prose a sentence may stand there
                        if (machineReadable || names.indexOf(' ') < 0) {
                            addAlternatives(names, declared);
                        }
                    }
                    if (text.contains(COMMON_FOLDER)) {
                        addCommon(text, common);
                    }
                }
                case Line.TooLong _ -> {}
                case Line.End() -> reading = false;
            }
        }
        var names = declared.isEmpty() ? common : declared;
        if (!names.isEmpty()) {
            facts.add(new Fact.Licenses(PackageType.DEB, matcher.group(1), List.copyOf(names)));
        }
    }

    private static void addCommon(String text, Set<String> names) {
        var found = COMMON.matcher(text);
        while (found.find() && names.size() < MAX_NAMES) {
            names.add(withoutFinalDot(found.group(1)));
        }
    }

    private static void addAlternatives(String text, Set<String> names) {
        for (var part : ALTERNATIVES.split(text, -1)) {
            var name = part.strip();
            if (!name.isEmpty() && name.length() <= MAX_NAME_LENGTH) {
                names.add(name);
            }
        }
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
