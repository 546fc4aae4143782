package dev.plimsoll.inventory.wordpress;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// Themes of WordPress: the `style.css` with a header in a theme's folder, by whose name it goes. A child theme needs
/// its template.
///
/// Source: WordPress Theme Handbook, "Main stylesheet (style.css)". Stateless: one instance serves all threads.
public final class WordPressThemeAnalyzer implements Analyzer {

    private static final Pattern PLACE = Pattern.compile("(?:.*/)?wp-content/themes/([^/]+)/style\\.css");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "wordpress-theme", 1, "WordPress", WantedPaths.of("**/wp-content/themes/*/style.css"))
            .yields(PackageType.WORDPRESS_THEME)
            .gives("licences, vendor, dependencies")
            .limit("a header", WordPressHeader.MAX_HEADER, "bytes")
            .source("WordPress Theme Handbook, Main stylesheet")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var place = PLACE.matcher(file.path());
        var header = WordPressHeader.of(file);
        var title = header.get("theme name");
        if (!place.matches() || title.isEmpty() || header.get("version").isEmpty()) {
            return; // a style sheet alone
        }
        new ListedPackages(facts)
                .add(header.found(PackageType.WORDPRESS_THEME, place.group(1), title)
                        .withDependencies(ListedPackages.dependencies(List.of(header.get("template")))));
    }
}
