package dev.plimsoll.inventory.wordpress;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.regex.Pattern;

/// Plugins of WordPress: the file with a header in a plugin's folder, or a plugin of one file. A plugin goes by the
/// name
/// of its folder, as in WordPress's directory and in advisories.
///
/// Source: WordPress Plugin Handbook, "Header requirements". Stateless: one instance serves all threads.
public final class WordPressPluginAnalyzer implements Analyzer {

    private static final Pattern PLACE =
            Pattern.compile("(?:.*/)?wp-content/(?:mu-)?plugins/(?:([^/]+)/)?([^/]+)\\.php");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "wordpress-plugin",
                    1,
                    "WordPress",
                    WantedPaths.of(
                            "**/wp-content/{plugins,mu-plugins}/*/*.php", "**/wp-content/{plugins,mu-plugins}/*.php"))
            .yields(PackageType.WORDPRESS_PLUGIN)
            .gives("licences, vendor, dependencies")
            .limit("a header", WordPressHeader.MAX_HEADER, "bytes")
            .source("WordPress Plugin Handbook, Header requirements")
            .proof("written from the source");

    private static final Pattern COMMA = Pattern.compile(",");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var place = PLACE.matcher(file.path());
        var header = WordPressHeader.of(file);
        var title = header.get("plugin name");
        if (!place.matches() || title.isEmpty() || header.get("version").isEmpty()) {
            return; // a part of a plugin
        }
        var folder = place.group(1);
        var needed = COMMA.splitAsStream(header.get("requires plugins"))
                .map(String::strip)
                .toList();
        new ListedPackages(facts)
                .add(header.found(PackageType.WORDPRESS_PLUGIN, folder == null ? place.group(2) : folder, title)
                        .withDependencies(ListedPackages.dependencies(needed)));
    }
}
