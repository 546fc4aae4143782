package dev.plimsoll.inventory.ruby;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Gems that Bundler's lock file lists, from registries and repositories; those of a `PATH` are parts of the project
/// itself. It does not say which groups they are for.
///
/// Source: Bundler, `Bundler::LockfileParser`: sections by name, gems indented by four blanks, what they need by six.
/// Stateless: one instance serves all threads.
public final class GemfileLockAnalyzer implements Analyzer {

    private static final Pattern GEM = Pattern.compile("    ([^ (!]+) \\(([^ ()]+)\\)");
    private static final Pattern NEEDED = Pattern.compile("      ([^ (!]+)(?: \\(.*\\))?!?");
    private static final Pattern CHECKSUM = Pattern.compile("  ([^ (!]+) \\(([^ ()]+)\\) sha256=([0-9a-f]{64})");

    /// In bytes.
    static final int MAX_LINE = 16 << 10;

    /// In lines.
    static final int MAX_LINES = 500_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "gemfile-lock",
                    1,
                    "Ruby",
                    WantedPaths.of("**/{Gemfile.lock,Gemfile.next.lock,gems.locked,*.gemfile.lock}"))
            .declared()
            .yields(PackageType.GEM)
            .gives("dependencies, digests")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_LINES, "lines")
            .source("Bundler, LockfileParser")
            .proof("Bundler::LockfileParser");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lock = new Lock();
        var lines = new LineReader(file.content(), MAX_LINE);
        var reading = true;
        for (int count = 0; reading; count++) {
            if (count == MAX_LINES) {
                facts.unknown("", "over " + MAX_LINES + " lines; the rest was not read");
                break;
            }
            switch (lines.next()) {
                case Line.Text(var number, var text) -> {
                    if (!lock.accept(text)) {
                        facts.unknown("line " + number, "a gem without its version");
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        lock.finish(facts);
    }

    /// The sections of the file.
    private static final class Lock {

        private final List<Gem> gems = new ArrayList<>();
        private final Map<String, String> digests = new HashMap<>();
        private String section = "";

        /// @param version with the platform behind it, where there is one
        private record Gem(String name, String version, List<String> needed) {}

        /// @return whether the line could be read
        boolean accept(String line) {
            if (!line.isEmpty() && line.charAt(0) != ' ') {
                section = line.strip();
                return true;
            }
            switch (section) {
                case "GEM", "GIT", "PLUGIN SOURCE" -> {
                    if (line.startsWith("      ")) {
                        var needed = NEEDED.matcher(line);
                        if (needed.matches() && !gems.isEmpty()) {
                            gems.getLast().needed().add(needed.group(1));
                        }
                    } else if (line.startsWith("    ")) {
                        var gem = GEM.matcher(line);
                        if (!gem.matches()) {
                            return false;
                        }
                        gems.add(new Gem(gem.group(1), gem.group(2), new ArrayList<>()));
                    }
                }
                case "CHECKSUMS" -> {
                    var checksum = CHECKSUM.matcher(line);
                    if (checksum.matches()) {
                        digests.put(checksum.group(1) + " " + checksum.group(2), "sha256:" + checksum.group(3));
                    }
                }
                default -> {} // platforms, what the user asked for, parts of the project
            }
            return true;
        }

        void finish(FactSink facts) {
            var packages = new DeclaredPackages(PackageType.GEM, facts);
            for (var gem : gems) {
                var platform = gem.version().indexOf('-');
                packages.add(DeclaredPackage.of(
                                "",
                                gem.name(),
                                platform < 0 ? gem.version() : gem.version().substring(0, platform))
                        .needing(gem.needed())
                        .digest(digests.getOrDefault(gem.name() + " " + gem.version(), "")));
            }
            packages.finish();
        }
    }
}
