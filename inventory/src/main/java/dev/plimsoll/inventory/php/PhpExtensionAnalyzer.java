package dev.plimsoll.inventory.php;

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
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Extensions of PHP that are loaded when it starts, named by their files. The version is the only text of the library
/// that is one; where several could be it, none is believed.
///
/// Source: PHP, `Zend/zend_modules.h`, `zend_module_entry`: `version` and `build_id` (`API20220829,NTS`). Stateless:
/// one
/// instance serves all threads.
public final class PhpExtensionAnalyzer implements Analyzer {

    /// In bytes; the largest of real ones (intl with its data apart) have some two million.
    static final int MAX_FILE = 32 << 20;

    private static final Pattern BUILD = Pattern.compile("\\x00API(?:[0-9]{8,10}),(?:N?TS)[A-Za-z,]*\\x00");

    /// Looked at from one end of text to the next, so that neighbours may share one. Some extensions have a date,
    /// beside
    /// the version of a library that they use.
    private static final Pattern VERSION = Pattern.compile(
            "(?<=\\x00)(?:[0-9]{8}|[0-9]{1,3}\\.[0-9]{1,4}\\.[0-9]{1,4}(?:-?(?:alpha|beta|RC|rc|dev)[0-9.]{0,4})?)(?=\\x00)");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "php-extension", 1, "PHP", WantedPaths.of("**/php*/**/*.so"))
            .yields(PackageType.GENERIC)
            .limit("a library", MAX_FILE, "bytes")
            .source("PHP, Zend/zend_modules.h")
            .proof("extensions of Debian, ReflectionExtension");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "an extension of PHP", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var text = new String(bytes.get(), StandardCharsets.ISO_8859_1);
        if (!BUILD.matcher(text).find()) {
            return; // a library of another kind
        }
        var versions = new TreeSet<String>();
        var matcher = VERSION.matcher(text);
        while (matcher.find() && versions.size() < 2) {
            versions.add(matcher.group());
        }
        var name = file.path().substring(file.path().lastIndexOf('/') + 1);
        if (versions.size() != 1) {
            facts.unknown(
                    "",
                    versions.isEmpty()
                            ? "an extension of PHP without a version"
                            : "an extension of PHP in which several texts may be the version");
            return;
        }
        facts.add(PackageFound.ofLanguage(
                        PackageType.GENERIC,
                        "",
                        "php-" + name.substring(0, name.length() - ".so".length()),
                        versions.first(),
                        List.of(),
                        "")
                .withProperties(Map.of(PackageProperty.CONFIDENCE, "low")));
    }
}
