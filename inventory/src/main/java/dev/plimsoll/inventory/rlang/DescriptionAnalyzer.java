package dev.plimsoll.inventory.rlang;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.HeaderFields;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Packages of R that are installed: `DESCRIPTION` with the field `Built`, which `R CMD INSTALL` adds, or in a folder
/// of a library. Other files of that name are silent.
///
/// Source: "Writing R Extensions", 1.1.1 "The DESCRIPTION file", 1.1.2 "Licensing". Stateless: one instance serves all
/// threads.
public final class DescriptionAnalyzer implements Analyzer {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.]{1,200}");
    private static final Pattern VERSION = Pattern.compile("[0-9]+([.-][0-9]+)*");
    /// Where R looks for packages: `R_HOME/library`, `site-library`, `~/R/x86_64-pc-linux-gnu-library/4.2`.
    private static final Pattern LIBRARY = Pattern.compile("(?:.*/)?(?:[^/]*library(?:/[0-9.]+)?)/([^/]+)/DESCRIPTION");

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern ALTERNATIVE = Pattern.compile("\\|");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "r-description", 1, "R", WantedPaths.of("**/DESCRIPTION"))
            .yields(PackageType.CRAN)
            .gives("licences, dependencies")
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a field", HeaderFields.MAX_VALUE, "characters")
            .source("Writing R Extensions, 1.1.1 The DESCRIPTION file")
            .proof("files that R CMD INSTALL wrote (Debian's r-cran packages)");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var text = DocumentFile.text(file, facts).orElse("");
        var paragraph = new HeaderFields(text).next();
        if (paragraph.isEmpty()) {
            return;
        }
        var fields = paragraph.get();
        var name = fields.get("package");
        var library = LIBRARY.matcher(file.path());
        var inLibrary = library.matches() && library.group(1).equals(name);
        if (name.isEmpty() || !(inLibrary || fields.fields().containsKey("built"))) {
            return; // a source of R, or something else of that name
        }
        var version = fields.get("version");
        if (!NAME.matcher(name).matches()
                || !ListedPackages.isWord(version)
                || !VERSION.matcher(version).matches()) {
            facts.unknown("", "a package of R whose name or version is none");
            return;
        }
        var needed = new ArrayList<String>();
        for (var field : List.of("depends", "imports", "linkingto")) {
            COMMA.splitAsStream(fields.get(field))
                    .map(DescriptionAnalyzer::bareName)
                    .filter(other -> !other.equals("R") && NAME.matcher(other).matches())
                    .forEach(needed::add);
        }
        new ListedPackages(facts)
                .add(PackageFound.ofLanguage(PackageType.CRAN, "", name, version, licenses(fields.get("license")), "")
                        .withDependencies(ListedPackages.dependencies(needed))
                        .withProperties(ListedPackages.properties(Map.of(
                                PackageProperty.SUMMARY, fields.get("title"),
                                PackageProperty.HOMEPAGE, firstOf(fields.get("url")),
                                PackageProperty.ORIGIN, fields.get("repository"),
                                PackageProperty.MAINTAINER, fields.get("maintainer")))));
    }

    private static String bareName(String requirement) {
        var open = requirement.indexOf('(');
        return (open < 0 ? requirement : requirement.substring(0, open)).strip();
    }

    /// Of `https://a (paper), https://b` the first.
    private static String firstOf(String list) {
        var end = 0;
        while (end < list.length() && list.charAt(end) != ',' && !Character.isWhitespace(list.charAt(end))) {
            end++;
        }
        return list.substring(0, end);
    }

    /// `GPL (>= 2) | MIT + file LICENSE`: alternatives, each perhaps with a file of its text.
    private static List<String> licenses(String text) {
        return ListedPackages.licenses(ALTERNATIVE
                .splitAsStream(text)
                .map(part -> part.replaceAll("\\+\\s*file\\s+\\S+", "").replaceAll("file\\s+LICEN[CS]E", ""))
                .toList());
    }
}
