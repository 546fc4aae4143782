package dev.plimsoll.inventory.github;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Actions and reusable workflows that workflows and composite actions of GitHub use. Those of the repository itself
/// and images are no packages.
///
/// Source: GitHub Docs, "Workflow syntax", `jobs.*.steps[*].uses`, `jobs.*.uses`; "Metadata syntax", `runs.steps`;
/// purl-spec, "github". Stateless: one instance serves all threads.
public final class WorkflowAnalyzer implements Analyzer {

    /// `owner/repository/path@reference`.
    private static final Pattern USES = Pattern.compile("([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)(?:/[^@]*)?@(\\S+)");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "github-workflow",
                    1,
                    "GitHub Actions",
                    WantedPaths.of("**/.github/workflows/*.{yaml,yml}", "**/action.{yaml,yml}")
                            .when(
                                    (path, _, _) -> !path.contains("node_modules/") && !path.contains("site-packages/"),
                                    "without those that packages bring along"))
            .declared()
            .yields(PackageType.GITHUB)
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", ListedPackages.MAX_PACKAGES, "packages")
            .source("GitHub Docs, Workflow syntax, Metadata syntax")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var document = file.path().contains(".github/")
                ? DocumentFile.yaml(file, facts)
                : DocumentFile.yaml(file, silent()); // `action.yml` may be anything elsewhere
        if (document.isEmpty()) {
            return;
        }
        var uses = new LinkedHashSet<String>();
        document.get().object("jobs").members().values().forEach(value -> {
            if (value instanceof JsonObject job) {
                job.string("uses").ifPresent(uses::add);
                steps(job, uses);
            }
        });
        steps(document.get().object("runs"), uses);
        var packages = new ListedPackages(facts);
        for (var text : uses) {
            var parts = USES.matcher(text.strip());
            if (text.startsWith(".") || text.startsWith("docker://")) {
                continue;
            }
            if (parts.matches()) {
                packages.add(PackageFound.ofLanguage(
                                PackageType.GITHUB, parts.group(1), parts.group(2), parts.group(3), List.of(), "")
                        .declared());
            }
        }
    }

    private static void steps(JsonObject holder, Set<String> uses) {
        holder.objects("steps").forEach(step -> step.string("uses").ifPresent(uses::add));
    }

    private static FactSink silent() {
        return new FactSink() {
            @Override
            public void add(Fact fact) {
                throw new IllegalStateException("only unknowns are to be passed over");
            }

            @Override
            public void unknown(String place, String reason) {
                // the file is of something else
            }
        };
    }
}
