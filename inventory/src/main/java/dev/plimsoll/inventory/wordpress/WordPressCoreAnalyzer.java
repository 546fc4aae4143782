package dev.plimsoll.inventory.wordpress;

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
import java.util.regex.Pattern;

/// WordPress itself: `wp-includes/version.php` assigns its version. Nothing is evaluated.
///
/// Source: WordPress Developer Resources, `$wp_version`; NVD's CPE dictionary, `wordpress:wordpress`. Stateless: one
/// instance serves all threads.
public final class WordPressCoreAnalyzer implements Analyzer {

    private static final Pattern VERSION =
            Pattern.compile("(?m)^[ \\t]*\\$wp_version[ \\t]*=[ \\t]*['\"]([0-9A-Za-z.+-]{1,60})['\"]");

    /// In bytes; the file has some hundred.
    static final int MAX_FILE = 64 << 10;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "wordpress-core", 1, "WordPress", WantedPaths.of("**/wp-includes/version.php"))
            .yields(PackageType.GENERIC)
            .gives("CPE")
            .limit("a file", MAX_FILE, "bytes")
            .source("WordPress Developer Resources, $wp_version")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "version.php", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var version = VERSION.matcher(new String(bytes.get(), StandardCharsets.UTF_8));
        if (version.find()) {
            facts.add(PackageFound.ofLanguage(
                            PackageType.GENERIC, "", "wordpress", version.group(1), List.of("GPL-2.0-or-later"), "")
                    .withCpes(List.of("cpe:2.3:a:wordpress:wordpress:" + escaped(version.group(1)) + ":*:*:*:*:*:*:*"))
                    .withProperties(Map.of(PackageProperty.HOMEPAGE, "https://wordpress.org/")));
        } else {
            facts.unknown("", "it assigns no version of WordPress");
        }
    }

    /// Signs other than letters, digits, `.`, `-` and `_` are escaped (CPE 2.3 naming, 6.2).
    private static String escaped(String version) {
        return version.replace("+", "\\+");
    }
}
