package dev.plimsoll.inventory.dotnet;

import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.program.Program;
import dev.plimsoll.inventory.program.Program.Format;
import dev.plimsoll.inventory.program.ProgramAnalyzer;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What Windows programs and libraries, .NET assemblies among them, say of their product and version. An assembly is
/// taken for the NuGet package of its name; others have only a name.
///
/// Source: Microsoft, "PE Format" and "Version Information"; ECMA-335, II.25.3.3 (the CLI header). Stateless: one
/// instance serves all threads.
public final class PortableExecutableAnalyzer implements ProgramAnalyzer {

    private static final int CLI_HEADER = 14;

    /// In characters, of a name or version.
    static final int MAX_NAME = 200;

    private static final Pattern VERSION = Pattern.compile("([0-9]+(?:\\.[0-9]+){1,3}(?:-[0-9A-Za-z.-]+)?)(?:[+ ].*)?");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "portable-executable",
                    1,
                    ".NET",
                    WantedPaths.of("**/*.dll", "**/*.exe", "**/*.bpl").ignoringCase())
            .yields(PackageType.NUGET, PackageType.GENERIC)
            .gives("products of version resources, marked as of low confidence")
            .limit("directories of resources", VersionResource.MAX_DIRECTORIES, "bytes")
            .limit("version resource", VersionResource.MAX_RESOURCE, "bytes")
            .limit("texts", VersionResource.MAX_TEXTS, "texts")
            .limit("name or version", MAX_NAME, "characters")
            .source("Microsoft, PE Format and Version Information; ECMA-335")
            .proof("written from the source");

    /// By which assembly tells whose facts they are.
    public static final AnalyzerId ID = DECLARATION.id();

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void examine(ProgramFile file, FactSink facts) throws IOException {
        var program = file.program();
        if (program.format() != Format.PE) {
            return;
        }
        Map<String, String> texts;
        try {
            texts = VersionResource.of(program);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            facts.unknown("version resource", "is damaged");
            return;
        }
        var assembly = isAssembly(program);
        var name = assembly ? assemblyName(texts, file.name()) : texts.getOrDefault("ProductName", "");
        var version = version(texts);
        if (name.isEmpty() || version.isEmpty() || name.length() > MAX_NAME || version.length() > MAX_NAME) {
            return;
        }
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        properties.put(PackageProperty.CONFIDENCE, "low");
        var company = texts.getOrDefault("CompanyName", "");
        if (!company.isEmpty() && company.length() <= MAX_NAME) {
            properties.put(PackageProperty.VENDOR, company);
        }
        facts.add(PackageFound.ofLanguage(
                        assembly ? PackageType.NUGET : PackageType.GENERIC, "", name, version, List.of(), "")
                .withProperties(properties));
    }

    private static boolean isAssembly(Program program) {
        return program.directories().size() > CLI_HEADER
                && program.directories().get(CLI_HEADER).size() > 0;
    }

    /// As the compiler named the file; renamed files keep that.
    private static String assemblyName(Map<String, String> texts, String fileName) {
        for (var name :
                List.of(texts.getOrDefault("InternalName", ""), texts.getOrDefault("OriginalFilename", ""), fileName)) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".dll") || lower.endsWith(".exe")) {
                return name.substring(0, name.length() - ".dll".length());
            }
        }
        return "";
    }

    /// The product's is the package's; the file's has the number of a build in it.
    private static String version(Map<String, String> texts) {
        for (var key : List.of("ProductVersion", "FileVersion")) {
            var matcher = VERSION.matcher(texts.getOrDefault(key, ""));
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
