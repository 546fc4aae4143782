package dev.plimsoll.inventory.dpkg;

import static dev.plimsoll.inventory.PackageDatabases.DPKG_STATUS;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageDatabases;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Packages that dpkg recorded as installed, in its status file or, in images without dpkg, in one file a package.
///
/// Source: dpkg(1), "Package states"; deb-control(5), fields `Package`, `Source`, `Version`, `Architecture`,
/// `Multi-Arch`. Stateless: one instance serves all threads.
public final class DpkgStatusAnalyzer implements Analyzer {

    /// In bytes; descriptions and lists of dependencies run to some ten thousand.
    static final int MAX_LINE = 1 << 20;

    /// In packages; a full desktop has some thousand.
    static final int MAX_PACKAGES = 200_000;

    /// The files are there in these states; `config-files` and `not-installed` mean that they are not.
    private static final Set<String> PRESENT = Set.of(
            "installed", "unpacked", "half-configured", "half-installed", "triggers-awaited", "triggers-pending");

    private static final Set<String> FIELDS =
            Set.of("package", "source", "version", "architecture", "status", "multi-arch");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "dpkg-status",
                    1,
                    "Debian",
                    WantedPaths.of("var/lib/dpkg/status", "var/lib/dpkg/status.d/*")
                            .when((path, _, _) -> PackageDatabases.typeOf(path).isPresent(), ""))
            .yields(PackageType.DEB)
            .gives("source package, architecture")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a database", MAX_PACKAGES, "packages")
            .source("deb-control(5), dpkg-query(1)")
            .proof("dpkg-query");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var statusNeeded = file.path().equals(DPKG_STATUS);
        var stanza = new Stanza();
        var count = 0;
        while (true) {
            switch (lines.next()) {
                case Line.Text(var _, var text)
                when text.isBlank() -> {
                    count += stanza.finish(statusNeeded, facts);
                    stanza = new Stanza();
                }
                case Line.Text(var number, var text) -> {
                    if (count == MAX_PACKAGES) {
                        facts.unknown("", "over " + MAX_PACKAGES + " packages; the rest was not read");
                        return;
                    }
                    if (!stanza.accept(number, text)) {
                        facts.unknown("line " + number, "not a field of a package's record");
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    stanza.finish(statusNeeded, facts); // the last record may lack its empty line
                    return;
                }
            }
        }
    }

    /// One package's record.
    private static final class Stanza {

        private final TreeMap<String, String> fields = new TreeMap<>();
        private int firstLine;

        /// Whether the line belongs into a record.
        boolean accept(int number, String line) {
            if (firstLine == 0) {
                firstLine = number;
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                return true; // goes on with a field; none that matters here has more than a line
            }
            var colon = line.indexOf(':');
            if (colon <= 0) {
                return false;
            }
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (FIELDS.contains(name)) {
                fields.put(name, line.substring(colon + 1).strip());
            }
            return true;
        }

        /// @return how many packages it gave
        int finish(boolean statusNeeded, FactSink facts) {
            if (firstLine == 0) {
                return 0;
            }
            var name = fields.getOrDefault("package", "");
            var version = fields.getOrDefault("version", "");
            var status = fields.getOrDefault("status", "");
            var state = status.substring(status.lastIndexOf(' ') + 1);
            if (statusNeeded && !PRESENT.contains(state)) {
                return 0;
            }
            if (name.isEmpty() || version.isEmpty() || version.chars().anyMatch(Character::isWhitespace)) {
                facts.unknown(
                        "line " + firstLine,
                        name.isEmpty() ? "a record without a package" : "package " + name + " has no version");
                return 0;
            }
            var architecture = fields.getOrDefault("architecture", "");
            var source = source(name, version);
            var qualifiers = new TreeMap<String, String>();
            if (!architecture.isEmpty()) {
                qualifiers.put("arch", architecture);
            }
            if (!source.version().equals(version)) {
                qualifiers.put("upstream", source.name() + "@" + source.version());
            } else if (!source.name().equals(name)) {
                qualifiers.put("upstream", source.name());
            }
            var key = fields.getOrDefault("multi-arch", "").equals("same") ? name + ":" + architecture : name;
            facts.add(new PackageFound(
                    PackageType.DEB,
                    "",
                    name,
                    version,
                    Optional.of(source),
                    architecture,
                    "",
                    Evidence.INSTALLED,
                    key,
                    qualifiers,
                    List.of(),
                    List.of(),
                    ""));
            return 1;
        }

        /// `Source: name (version)`; what is not said is the same as the binary's.
        private SourcePackage source(String name, String version) {
            var text = fields.getOrDefault("source", "");
            var open = text.indexOf('(');
            var sourceName = (open < 0 ? text : text.substring(0, open)).strip();
            var sourceVersion = open < 0 || !text.endsWith(")")
                    ? ""
                    : text.substring(open + 1, text.length() - 1).strip();
            return new SourcePackage(
                    sourceName.isEmpty() ? name : sourceName, sourceVersion.isEmpty() ? version : sourceVersion);
        }
    }
}
