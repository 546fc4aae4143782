package dev.plimsoll.inventory.java;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Java runtimes, by the `release` file at their root. Those that are built of OpenJDK are named `oracle/openjdk`, as
/// the vulnerabilities of that code are, whoever built them.
///
/// Source: JEP 223 and JEP 322 (`java.version`, the form of versions); OpenJDK, `make/ReleaseFile.gmk`: `JAVA_VERSION`,
/// `JAVA_RUNTIME_VERSION`, `IMPLEMENTOR`, `IMAGE_TYPE`, `BUILD_TYPE`. Stateless: one instance serves all threads.
public final class JvmReleaseAnalyzer implements Analyzer {

    /// In bytes; the list of modules is one line.
    static final int MAX_LINE = 64 << 10;

    /// In lines.
    static final int MAX_LINES = 1_000;

    /// In characters, of a value that is kept.
    static final int MAX_VALUE = 200;

    private static final Pattern ENTRY = Pattern.compile("([A-Z_]{1,40})=\"?([^\"]*)\"?");
    private static final Pattern VERSION = Pattern.compile("[0-9][0-9A-Za-z._+-]*");

    /// `1.8.0_302`: version and update, before JEP 223.
    private static final Pattern OLD = Pattern.compile("1\\.([0-9]+)\\.[0-9]+(?:_([0-9]+))?.*");

    private static final Pattern ZULU = Pattern.compile("Zulu([0-9.]+).*");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "jvm-release", 1, "Java", WantedPaths.of("**/release"))
            .yields(PackageType.GENERIC)
            .gives("vendor, CPEs")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_LINES, "lines")
            .source("OpenJDK, make/ReleaseFile.gmk")
            .proof("the JDK that runs the tests; other vendors written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var values = new HashMap<String, String>();
        var lines = new LineReader(file.content(), MAX_LINE);
        var reading = true;
        for (int count = 0; reading && count < MAX_LINES; count++) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    var entry = ENTRY.matcher(text.strip());
                    if (entry.matches() && entry.group(2).length() <= MAX_VALUE) {
                        values.put(entry.group(1), entry.group(2).strip());
                    }
                }
                case Line.TooLong _ -> {} // other files of that name are none of ours
                case Line.End() -> reading = false;
            }
        }
        var version = values.getOrDefault("JAVA_VERSION", "");
        if (version.isEmpty()) {
            return; // another program's release file
        }
        if (!VERSION.matcher(version).matches()) {
            facts.unknown("", "'" + version + "' is no version of Java");
            return;
        }
        facts.add(found(version, values));
    }

    private static PackageFound found(String version, Map<String, String> values) {
        var implementor = values.getOrDefault("IMPLEMENTOR", "");
        var builder = implementor.toLowerCase(Locale.ROOT);
        var full = values.getOrDefault("JAVA_RUNTIME_VERSION", version);
        var cpes = new ArrayList<String>();
        var namespace = "oracle";
        var name = "openjdk";
        if (values.containsKey("GRAALVM_VERSION")) {
            cpes.add(cpe("oracle", "graalvm", plain(values.get("GRAALVM_VERSION")), "*"));
        }
        if (builder.contains("azul")) {
            namespace = "azul";
            name = "zulu";
            var zulu = ZULU.matcher(values.getOrDefault("IMPLEMENTOR_VERSION", ""));
            if (zulu.matches()) {
                cpes.add(cpe("azul", "zulu", zulu.group(1), "*"));
            }
        } else if (builder.contains("oracle")
                && values.getOrDefault("BUILD_TYPE", "").equals("commercial")) {
            name = values.getOrDefault("IMAGE_TYPE", "JDK").equals("JRE") ? "jre" : "jdk";
        }
        var old = OLD.matcher(version);
        var product = name.equals("zulu") ? "openjdk" : name;
        if (old.matches()) {
            var update = old.group(2) == null ? "*" : "update" + old.group(2);
            cpes.add(cpe(
                    "oracle", product, product.equals("openjdk") ? old.group(1) : "1." + old.group(1) + ".0", update));
        } else {
            cpes.add(cpe("oracle", product, plain(version), "*"));
        }
        var properties = new EnumMap<PackageProperty, String>(PackageProperty.class);
        if (!implementor.isEmpty()) {
            properties.put(PackageProperty.VENDOR, implementor);
        }
        return PackageFound.ofLanguage(
                        PackageType.GENERIC,
                        namespace,
                        name,
                        VERSION.matcher(full).matches() ? full : version,
                        List.of(),
                        "")
                .withCpes(cpes)
                .withProperties(properties);
    }

    /// Without what a CPE would have to escape.
    private static String plain(String version) {
        return version.split("[^0-9A-Za-z._]", 2)[0];
    }

    private static String cpe(String vendor, String product, String version, String update) {
        return "cpe:2.3:a:" + vendor + ":" + product + ":" + version + ":" + update + ":*:*:*:*:*:*";
    }
}
