package dev.plimsoll.inventory.ruby;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Installed gems: the specifications that RubyGems wrote, whose assignments are literal; and those of gems that
/// Bundler
/// took from a repository, as their authors wrote them. Nothing is evaluated: an author's that computes its version is
/// said to be unknown.
///
/// Source: RubyGems, "Specification Reference"; `Gem::Specification#to_ruby_for_cache`, whose second line is `# stub:
/// name version platform paths`.
/// Stateless: one instance serves all threads.
public final class GemspecAnalyzer implements Analyzer {

    private static final Pattern STUB = Pattern.compile("# stub: (\\S+) (\\S+) (\\S+) .*");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("\\s*\\w+\\.(name|version|license|licenses)\\s*=\\s*(.*)");

    private static final Pattern DEPENDENCY = Pattern.compile(
            "\\s*\\w+\\.add_(?:runtime_)?dependency[ (]\\s*(?:%q<([^<>]+)>|\"([^\"#\\\\]+)\"|'([^'\\\\]+)').*");

    /// In bytes; what is asked for stands on short lines.
    static final int MAX_LINE = 16 << 10;

    /// In lines.
    static final int MAX_LINES = 20_000;

    /// In characters, of a name, a version or a licence.
    static final int MAX_NAME = 512;

    /// In licences of one gem.
    static final int MAX_LICENSES = 100;

    /// In dependencies of one gem.
    static final int MAX_DEPENDENCIES = 5_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "gemspec",
                    3,
                    "Ruby",
                    WantedPaths.of("**/specifications/**/*.gemspec", "**/bundler/gems/*/*.gemspec"))
            .yields(PackageType.GEM)
            .gives("licences, dependencies")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_LINES, "lines")
            .source("RubyGems, Specification Reference")
            .proof("Gem::Specification, gem list");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var lines = new LineReader(file.content(), MAX_LINE);
        var name = "";
        var version = "";
        List<String> licenses = List.of();
        var dependencies = new LinkedHashSet<String>();
        var reading = true;
        for (int count = 0; reading && count < MAX_LINES; count++) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    var stub = STUB.matcher(text);
                    if (stub.matches()) {
                        name = stub.group(1);
                        version = stub.group(2);
                        continue;
                    }
                    dependency(text)
                            .filter(needed -> dependencies.size() < MAX_DEPENDENCIES)
                            .ifPresent(dependencies::add);
                    var assignment = ASSIGNMENT.matcher(text);
                    if (assignment.matches()) {
                        var literals = RubyLiteral.read(assignment.group(2));
                        switch (assignment.group(1)) {
                            case "name" -> name = literals.size() == 1 ? literals.getFirst() : name;
                            case "version" -> version = literals.size() == 1 ? literals.getFirst() : version;
                            default ->
                                licenses = literals.isEmpty()
                                        ? licenses
                                        : literals.stream()
                                                .filter(license -> license.length() <= MAX_NAME)
                                                .limit(MAX_LICENSES)
                                                .toList();
                        }
                    }
                }
                case Line.TooLong _ -> {} // lists of files may be long
                case Line.End() -> reading = false;
            }
        }
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "a specification whose name or version is not written out");
        } else if (name.length() > MAX_NAME || version.length() > MAX_NAME) {
            facts.unknown("", "name or version over " + MAX_NAME + " characters");
        } else {
            facts.add(PackageFound.ofLanguage(PackageType.GEM, "", name, version, licenses, "")
                    .withDependencies(List.copyOf(dependencies)));
        }
    }

    private static Optional<String> dependency(String line) {
        if (!line.contains("dependency")) {
            return Optional.empty();
        }
        var matcher = DEPENDENCY.matcher(line);
        return !matcher.matches()
                ? Optional.empty()
                : Stream.of(1, 2, 3)
                        .map(matcher::group)
                        .filter(name -> name != null && name.length() <= MAX_NAME)
                        .findFirst();
    }
}
