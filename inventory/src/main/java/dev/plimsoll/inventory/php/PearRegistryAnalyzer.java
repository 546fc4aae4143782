package dev.plimsoll.inventory.php;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Packages that PEAR and PECL installed: a file of PEAR's registry for each, those of other channels than
/// `pear.php.net` in folders of their own (`.channel.pecl.php.net`).
///
/// Source: PEAR, `PEAR_Registry`; "package.xml 2.0" for the members `name`, `channel`, `version`, `license`,
/// `dependencies`. Stateless: one instance serves all threads.
public final class PearRegistryAnalyzer implements Analyzer {

    /// In bytes; a package's list of files is in it.
    static final int MAX_FILE = 16 << 20;

    /// In characters, of a name, a channel or a version.
    static final int MAX_NAME = 512;

    private static final String DEFAULT_CHANNEL = "pear.php.net";

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "pear-registry", 1, "PHP", WantedPaths.of("**/.registry/*.reg", "**/.registry/.channel.*/*.reg"))
            .yields(PackageType.PEAR)
            .gives("licences, dependencies")
            .limit("a file", MAX_FILE, "bytes")
            .limit("a file", PhpSerialized.MAX_VALUES, "values")
            .source("PEAR, PEAR_Registry; package.xml 2.0")
            .proof("pear list");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "a file of PEAR's registry", facts);
        if (bytes.isEmpty()) {
            return;
        }
        JsonValue read;
        try {
            read = PhpSerialized.read(bytes.get());
        } catch (PhpSerialized.Malformed e) {
            facts.unknown("", String.valueOf(e.getMessage()));
            return;
        }
        if (!(read instanceof JsonObject entry)) {
            facts.unknown("", "no entry of PEAR's registry");
            return;
        }
        var name = entry.string("name").or(() -> entry.string("package")).orElse("");
        var channel = entry.string("channel").orElse(DEFAULT_CHANNEL);
        var version = entry.object("version")
                .string("release")
                .or(() -> entry.string("version"))
                .orElse("");
        if (name.isBlank() || version.isBlank()) {
            facts.unknown("", "an entry of PEAR's registry without name or version");
        } else if (name.length() > MAX_NAME || version.length() > MAX_NAME || channel.length() > MAX_NAME) {
            facts.unknown("", "name or version over " + MAX_NAME + " characters");
        } else {
            facts.add(PackageFound.ofLanguage(PackageType.PEAR, channel, name, version, licenses(entry), "")
                    .withDependencies(needed(entry)));
        }
    }

    /// A text, or an array with the text as `_content` and an address.
    private static List<String> licenses(JsonObject entry) {
        var license = entry.get("license").orElse(null) instanceof JsonString(var text)
                ? Optional.of(text)
                : entry.object("license").string("_content");
        return license.filter(name -> !name.isBlank() && name.length() <= MAX_NAME)
                .map(List::of)
                .orElse(List.of());
    }

    /// One package that is required, or an array of such.
    private static List<String> needed(JsonObject entry) {
        var required = entry.object("dependencies").object("required").object("package");
        var needed = new ArrayList<String>();
        needed(required, needed);
        required.members().keySet().forEach(key -> needed(required.object(key), needed));
        return needed.stream().filter(name -> name.length() <= MAX_NAME).toList();
    }

    private static void needed(JsonObject dependency, List<String> needed) {
        var name = dependency.string("name");
        var channel = dependency.string("channel");
        if (name.isPresent() && channel.isPresent()) {
            needed.add(channel.get() + "/" + name.get());
        }
    }
}
