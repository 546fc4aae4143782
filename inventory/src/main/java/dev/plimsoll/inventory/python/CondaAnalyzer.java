package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Packages that conda installed: a file of `conda-meta` for each. It lists the files that belong to the package, so
/// that the distribution of Python in it, which is the same thing by another name, is known to be its own.
///
/// Source: conda, "Package metadata", `conda-meta` (`PrefixRecord`): `name`, `version`, `build`, `channel`, `subdir`,
/// `depends`, `files`, `license`, `sha256`, `md5`, `url`. Stateless: one instance serves all threads.
public final class CondaAnalyzer implements Analyzer {

    /// In characters, of a name, a version or a path.
    static final int MAX_NAME = 512;

    /// In files of one package.
    static final int MAX_FILES = 300_000;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "conda-meta", 1, "Python", WantedPaths.of("**/conda-meta/*.json"))
            .yields(PackageType.CONDA)
            .gives("licences, dependencies, owned files, digests")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a package", MAX_FILES, "owned files")
            .source("conda, conda-meta")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var read = DocumentFile.json(file, facts);
        if (read.isEmpty()) {
            return;
        }
        var record = read.get();
        var name = record.string("name").map(String::strip).orElse("");
        var version = record.string("version").map(String::strip).orElse("");
        if (name.isEmpty() || version.isEmpty()) {
            facts.unknown("", "a record without name or version");
            return;
        }
        if (name.length() > MAX_NAME || version.length() > MAX_NAME) {
            facts.unknown("", "name or version over " + MAX_NAME + " characters");
            return;
        }
        facts.add(new PackageFound(
                PackageType.CONDA,
                "",
                name,
                version,
                Optional.empty(),
                "",
                "",
                Evidence.INSTALLED,
                "",
                qualifiers(record),
                record.string("license")
                        .filter(license -> !license.isBlank() && license.length() <= MAX_NAME)
                        .map(List::of)
                        .orElse(List.of()),
                files(file.path(), record, facts),
                List.of(),
                record.strings("depends").stream()
                        .map(needed -> needed.strip().split("\\s", 2)[0])
                        .filter(needed -> !needed.startsWith("__") && !needed.isEmpty() && needed.length() <= MAX_NAME)
                        .toList(),
                properties(record),
                ""));
    }

    /// Source: package-url/purl-spec, "conda".
    private static Map<String, String> qualifiers(JsonObject record) {
        var qualifiers = new TreeMap<String, String>();
        record.string("build").ifPresent(value -> qualifiers.put("build", value));
        record.string("subdir").ifPresent(value -> qualifiers.put("subdir", value));
        record.string("channel")
                .map(channel -> channel.endsWith("/") ? channel.substring(0, channel.length() - 1) : channel)
                .map(CondaAnalyzer::channel)
                .ifPresent(value -> qualifiers.put("channel", value));
        qualifiers.values().removeIf(value -> value.isBlank() || value.length() > MAX_NAME);
        return qualifiers;
    }

    /// The name of an address: without the platform at its end.
    private static String channel(String address) {
        var parts = address.split("/", -1);
        var last = parts.length - 1;
        var platform = parts[last].equals("noarch") || parts[last].matches("(linux|osx|win|emscripten|wasi)-.*");
        return parts[platform && last > 0 ? last - 1 : last];
    }

    /// With the folder that `conda-meta` lies in.
    private static List<String> files(String path, JsonObject record, FactSink facts) {
        var prefix = path.substring(0, path.indexOf("conda-meta/"));
        var files = record.strings("files");
        if (files.size() > MAX_FILES) {
            facts.unknown("", "over " + MAX_FILES + " owned files; the rest was not read");
        }
        return files.stream()
                .limit(MAX_FILES)
                .filter(name -> !name.isEmpty() && name.charAt(0) != '/')
                .map(name -> prefix + name)
                .toList();
    }

    private static Map<PackageProperty, String> properties(JsonObject record) {
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        record.string("sha256")
                .filter(value -> SHA256.matcher(value).matches())
                .ifPresent(value -> properties.put(PackageProperty.DIGEST, "sha256:" + value));
        record.string("url")
                .filter(CondaAnalyzer::isPublic)
                .ifPresent(value -> properties.put(PackageProperty.DOWNLOAD, value));
        return properties;
    }

    /// An address may hold a name and a password, or a token as `/t/…/`.
    private static boolean isPublic(String address) {
        return address.startsWith("https://")
                && address.length() <= 2 * MAX_NAME
                && !address.contains("/t/")
                && address.indexOf('@') < 0;
    }
}
