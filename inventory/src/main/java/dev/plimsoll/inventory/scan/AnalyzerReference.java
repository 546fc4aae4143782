package dev.plimsoll.inventory.scan;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.AnalyzerDeclaration.Limit;
import dev.plimsoll.inventory.classifier.Classifiers;
import dev.plimsoll.purl.PackageType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes down what analyzers declare: the generated part of `docs/coverage.md`.
public final class AnalyzerReference {

    /// Where the generated part of the page begins and ends.
    public static final String BEGIN = "<!-- generated from the declarations: AnalyzerReferenceTest -->\n";

    public static final String END = "<!-- end of what is generated -->\n";

    private AnalyzerReference() {}

    /// All declarations, by ecosystem and name.
    public static List<AnalyzerDeclaration> sorted() {
        return Analyzers.all().stream()
                .map(Analyzer::declaration)
                .sorted(Comparator.comparing(
                                (AnalyzerDeclaration item) -> item.ecosystem().toLowerCase(Locale.ROOT))
                        .thenComparing(item -> item.id().name()))
                .toList();
    }

    /// What it reads, for people: globs and conditions.
    ///
    /// @param quote what stands on both sides of a glob
    public static String reads(AnalyzerDeclaration declaration, String quote) {
        var globs = declaration.reads().globs().stream()
                .map(glob -> quote + glob + quote)
                .collect(Collectors.joining(", "));
        var words = declaration.reads().described();
        return globs.isEmpty() || words.isEmpty() ? globs + words : globs + " (" + words + ")";
    }

    /// The generated part, with its marks.
    public static String markdown() {
        var page = new StringBuilder(BEGIN);
        page.append(
                        "| analyzer | ecosystem | reads | evidence | package URL | gives besides name and version | held against |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (var item : sorted()) {
            page.append("| `")
                    .append(item.id())
                    .append("` | ")
                    .append(item.ecosystem())
                    .append(" | ")
                    .append(cell(reads(item, "`")))
                    .append(" | ")
                    .append(item.evidence().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(
                            item.types().isEmpty()
                                    ? "–"
                                    : item.types().stream()
                                            .map(PackageType::purlType)
                                            .map(type -> "`" + type + "`")
                                            .collect(Collectors.joining(", ")))
                    .append(" | ")
                    .append(cell(item.gives()))
                    .append(" | ")
                    .append(cell(item.proof()))
                    .append(" |\n");
        }
        page.append(
                "\nLimits; what lies beyond one is an *unknown*:\n\n| analyzer | limits | source of the format |\n|---|---|---|\n");
        for (var item : sorted()) {
            page.append("| `")
                    .append(item.id().name())
                    .append("` | ")
                    .append(item.limits().stream().map(AnalyzerReference::words).collect(Collectors.joining("; ")))
                    .append(" | ")
                    .append(cell(item.source()))
                    .append(" |\n");
        }
        classifiers(page);
        return page.append(END).toString();
    }

    private static void classifiers(StringBuilder page) {
        var all = Classifiers.table().all();
        page.append("\nProducts that `binary-classifier` and `script-classifier` know by their bytes (")
                .append(all.size())
                .append(
                        " rows); what they say bears a low confidence, and nothing where a distribution's package owns the file.\n")
                .append(
                        "*Unverified*: no program was to be had to try it on, and the fact is from general knowledge.\n\n")
                .append(
                        "| product | files | package URL | CPE | the fact is from | tried on |\n|---|---|---|---|---|---|\n");
        for (var row : all) {
            page.append("| ")
                    .append(row.product())
                    .append(" | ")
                    .append(cell(row.files().stream()
                            .map(glob -> "`" + glob.text().replaceFirst("^\\*\\*/", "") + "`")
                            .collect(Collectors.joining(", "))))
                    .append(" | `pkg:")
                    .append(row.type().purlType())
                    .append('/')
                    .append(row.namespace().isEmpty() ? "" : row.namespace() + "/")
                    .append(row.name())
                    .append("` | ")
                    .append(cell(String.join(", ", row.cpes())))
                    .append(" | ")
                    .append(cell(row.source()))
                    .append(" | ")
                    .append(row.isVerified() ? cell(row.verified()) : "*unverified*")
                    .append(" |\n");
        }
    }

    /// `a line: 1,048,576 bytes`.
    public static String words(Limit limit) {
        return limit.what() + ": " + String.format(Locale.ROOT, "%,d", limit.most()) + " " + limit.unit();
    }

    private static String cell(String text) {
        return text.isEmpty() ? "–" : text.replace("|", "\\|");
    }
}
