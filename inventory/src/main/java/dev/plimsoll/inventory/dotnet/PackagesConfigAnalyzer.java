package dev.plimsoll.inventory.dotnet;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Packages that a `packages.config` or a `…Packages.props` names. Versions that are computed, `$(Name)`, are left out:
/// nothing is evaluated.
///
/// Source: NuGet documentation, "packages.config reference" and "Central Package Management". Stateless: one instance
/// serves all threads.
public final class PackagesConfigAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_LENGTH = 4 << 20;

    private static final Pattern COMMENT = Pattern.compile("<!--.*?(?:-->|\\z)", Pattern.DOTALL);

    /// An element with its attributes.
    private static final Pattern ELEMENT =
            Pattern.compile("<(?:package|PackageVersion|PackageReference|GlobalPackageReference)\\s([^<>]{1,4000})>");

    private static final Pattern ATTRIBUTE =
            Pattern.compile("([A-Za-z]{1,40})\\s*=\\s*(?:\"([^\"]{0,300})\"|'([^']{0,300})')");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    /// A version, or the lowest of a range.
    private static final Pattern VERSION =
            Pattern.compile("[\\[(]?\\s*([0-9][0-9A-Za-z.+-]*)\\s*(?:,[^)\\]]*)?[\\])]?");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "nuget-config", 1, ".NET", WantedPaths.of("**/packages.config", "**/*Packages.props"))
            .declared()
            .yields(PackageType.NUGET)
            .gives("development dependencies, marked")
            .limit("the file", MAX_LENGTH, "bytes")
            .source("NuGet, packages.config reference and Central Package Management")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_LENGTH, "a list of packages", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var text =
                COMMENT.matcher(new String(bytes.get(), StandardCharsets.UTF_8)).replaceAll("");
        var element = ELEMENT.matcher(text);
        while (element.find()) {
            var attributes = element.group(1);
            var name = attribute(attributes, "id").or(() -> attribute(attributes, "include"));
            var version = attribute(attributes, "version")
                    .map(VERSION::matcher)
                    .filter(java.util.regex.Matcher::matches)
                    .map(matcher -> matcher.group(1));
            if (name.isPresent() && NAME.matcher(name.get()).matches() && version.isPresent()) {
                var development = attribute(attributes, "developmentdependency")
                        .filter("true"::equals)
                        .isPresent();
                facts.add(PackageFound.ofLanguage(PackageType.NUGET, "", name.get(), version.get(), List.of(), "")
                        .withProperties(development ? Map.of(PackageProperty.SCOPE, "development") : Map.of())
                        .declared());
            }
        }
    }

    private static Optional<String> attribute(String attributes, String name) {
        var matcher = ATTRIBUTE.matcher(attributes);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                return Optional.of(matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return Optional.empty();
    }
}
