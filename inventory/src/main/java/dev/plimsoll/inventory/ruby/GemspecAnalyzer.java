package dev.plimsoll.inventory.ruby;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Installed gems: the specifications that RubyGems wrote, whose assignments are literal. Nothing is evaluated.
///
/// Source: RubyGems, "Specification Reference"; `Gem::Specification#to_ruby_for_cache`, whose second line is `# stub: name version platform paths`.
/// Stateless: one instance serves all threads.
public final class GemspecAnalyzer implements Analyzer {

    private static final AnalyzerId ID = new AnalyzerId("gemspec", 1);
    private static final Pattern STUB = Pattern.compile("# stub: (\\S+) (\\S+) (\\S+) .*");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "\\s*\\w+\\.(name|version|license|licenses)\\s*=\\s*(.*)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"|'([^']*+)'");

    /// In bytes.
    static final int MAX_LINE = 1 << 20;

    /// In lines.
    static final int MAX_LINES = 20_000;

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public WantedPaths wanted() {
        return WantedPaths.where(path -> path.endsWith(".gemspec") && path.contains("specifications/"));
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var name = "";
        var version = "";
        List<String> licenses = List.of();
        var reading = true;
        for (int count = 0; reading && count < MAX_LINES; count++) {
            switch (lines.next()) {
                case Line.Text(_, var text) -> {
                    var stub = STUB.matcher(text);
                    if (stub.matches()) {
                        name = stub.group(1);
                        version = stub.group(2);
                        continue;
                    }
                    var assignment = ASSIGNMENT.matcher(text);
                    if (assignment.matches()) {
                        var literals = literals(assignment.group(2));
                        switch (assignment.group(1)) {
                            case "name" -> name = literals.isEmpty() ? name : literals.getFirst();
                            case "version" -> version = literals.isEmpty() ? version : literals.getFirst();
                            default -> licenses = literals.isEmpty() ? licenses : literals;
                        }
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "a specification whose name or version is not written out");
        } else {
            facts.add(PackageFound.ofLanguage(PackageType.GEM, "", name, version, licenses, ""));
        }
    }

    private static List<String> literals(String code) {
        var found = new ArrayList<String>();
        var matcher = LITERAL.matcher(code);
        while (matcher.find()) {
            found.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return found;
    }
}
