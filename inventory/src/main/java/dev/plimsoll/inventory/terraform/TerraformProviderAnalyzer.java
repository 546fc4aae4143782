package dev.plimsoll.inventory.terraform;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.regex.Pattern;

/// Providers that lie where Terraform and OpenTofu install or mirror them. The path tells all; the program is not read.
///
/// Source: Terraform, "CLI Configuration", "Provider Installation": `HOST/NAMESPACE/TYPE/VERSION/SYSTEM_ARCHITECTURE/`.
/// Stateless: one instance serves all threads.
public final class TerraformProviderAnalyzer implements Analyzer {

    private static final Pattern PLACE = Pattern.compile(
            "(?:.*/)?((?:[A-Za-z0-9-]+\\.)+[A-Za-z0-9-]+(?::[0-9]+)?/[A-Za-z0-9_-]+/[A-Za-z0-9_-]+)/([0-9][A-Za-z0-9.+-]*)/[a-z0-9]+_[a-z0-9]+/terraform-provider-[^/]+");

    /// In characters.
    static final int MAX_PATH = 1_000;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "terraform-provider", 1, "Terraform", WantedPaths.of("**/*.*/*/*/[0-9]*/*_*/terraform-provider-*"))
            .yields(PackageType.TERRAFORM)
            .limit("a path", MAX_PATH, "characters")
            .source("Terraform, Provider Installation")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) {
        var place = PLACE.matcher(file.path());
        if (file.path().length() <= MAX_PATH && place.matches()) {
            new ListedPackages(facts).add(ProviderPackages.found(place.group(1), place.group(2)));
        }
    }
}
