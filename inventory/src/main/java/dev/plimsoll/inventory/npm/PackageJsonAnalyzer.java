package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Installed packages of Node.js: every `package.json` that has a name and a version.
///
/// Source: npm, "package.json", fields `name`, `version`, `license`, the older `licenses`, `dependencies`,
/// `optionalDependencies`. Stateless: one instance serves all threads.
public final class PackageJsonAnalyzer implements Analyzer {

    /// In bytes; the largest of some thousand real ones has 41 thousand. A tree of values takes many times the text's
    /// memory.
    static final int MAX_FILE = 2 << 20;

    /// In characters, of a name, a version or a licence; npm allows 214 for a name.
    static final int MAX_NAME = 512;

    /// In dependencies of one package; the rest is passed over.
    static final int MAX_DEPENDENCIES = 5_000;

    private static final Set<String> MEMBERS =
            Set.of("name", "version", "license", "licenses", "dependencies", "optionalDependencies");

    /// In licences of one package.
    static final int MAX_LICENSES = 100;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "npm-package", 3, "JavaScript", WantedPaths.of("**/package.json"))
            .yields(PackageType.NPM)
            .gives("licences, dependencies")
            .limit("a file", MAX_FILE, "bytes")
            .source("npm, package.json")
            .proof("Node, npm ls");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "package.json", facts);
        if (bytes.isEmpty()) {
            return;
        }
        JsonValue value;
        try {
            value = read(DocumentFile.withoutByteOrderMark(bytes.get()));
        } catch (JsonException e) {
            facts.unknown("", String.valueOf(e.getMessage()));
            return;
        }
        if (!(value instanceof JsonObject object)) {
            return; // test data of packages; nothing is installed by it
        }
        var name = object.string("name").map(String::strip).orElse("");
        var version = object.string("version")
                .or(() -> object.number("version").map(BigDecimal::toString))
                .map(String::strip)
                .orElse("");
        if (name.isEmpty() || version.isEmpty()) {
            return; // marks a folder as a module, and is no package
        }
        if (name.length() > MAX_NAME || version.length() > MAX_NAME) {
            facts.unknown("", "name or version over " + MAX_NAME + " characters");
            return;
        }
        var slash = name.startsWith("@") ? name.indexOf('/') : -1;
        if (name.substring(slash + 1).isEmpty()) {
            facts.unknown("", "'" + name + "' is no name of a package");
            return;
        }
        facts.add(PackageFound.ofLanguage(
                        PackageType.NPM,
                        slash < 0 ? "" : name.substring(0, slash),
                        name.substring(slash + 1),
                        version.startsWith("v") ? version.substring(1) : version,
                        licenses(object),
                        "")
                .withDependencies(dependencies(object)));
    }

    /// Most of such a file tells of scripts, people and tools: a tree of it all would cost more than all the rest.
    private static JsonValue read(byte[] text) throws JsonException {
        var start = 0;
        while (start < text.length && text[start] <= ' ') {
            start++;
        }
        if (start == text.length || text[start] != '{') {
            return JsonReader.read(text, JsonLimits.FOREIGN);
        }
        try {
            return JsonReader.readObject(
                    new ByteArrayInputStream(text), JsonLimits.FOREIGN, MEMBERS, Map.of(), Integer.MAX_VALUE);
        } catch (JsonException e) {
            throw e;
        } catch (IOException e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Names of what must be there for it to run, and of what may be.
    private static List<String> dependencies(JsonObject object) {
        var names = new ArrayList<String>();
        for (var member : List.of("dependencies", "optionalDependencies")) {
            object.object(member).members().forEach((name, range) -> {
                var real = range instanceof JsonString(var text) ? NpmName.realName(name, text) : name;
                if (real.length() <= MAX_NAME && names.size() < MAX_DEPENDENCIES) {
                    names.add(real);
                }
            });
        }
        return names;
    }

    /// `license` as a text or an object with a `type`; `licenses` as a list of these.
    private static List<String> licenses(JsonObject object) {
        var names = new ArrayList<String>();
        object.get("license").ifPresent(value -> license(value, names));
        object.get("licenses").ifPresent(value -> license(value, names));
        object.array("licenses").forEach(value -> license(value, names));
        return names.stream()
                .filter(name -> name.length() <= MAX_NAME)
                .limit(MAX_LICENSES)
                .toList();
    }

    private static void license(JsonValue value, List<String> names) {
        if (value instanceof JsonString(var text) && !text.isBlank()) {
            names.add(text.strip());
        } else if (value instanceof JsonObject object) {
            object.string("type").filter(type -> !type.isBlank()).ifPresent(type -> names.add(type.strip()));
        }
    }
}
