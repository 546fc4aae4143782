package dev.plimsoll.inventory.terraform;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.documents.DocumentFile;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;

/// Providers that Terraform or OpenTofu locked.
///
/// Source: Terraform, "Dependency Lock File": blocks `provider "address" { version = … }`. Stateless: one instance
/// serves all threads.
public final class TerraformLockAnalyzer implements Analyzer {

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "terraform-lock", 1, "Terraform", WantedPaths.of("**/.terraform.lock.hcl"))
            .declared()
            .yields(PackageType.TERRAFORM)
            .limit("a file", DocumentFile.MAX_FILE, "bytes")
            .limit("a file", HclBlocks.MAX_BLOCKS, "blocks")
            .source("Terraform, Dependency Lock File")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var text = DocumentFile.text(file, facts);
        if (text.isEmpty()) {
            return;
        }
        var packages = new ListedPackages(facts);
        for (var block : HclBlocks.read(text.get())) {
            if (!block.name().equals("provider")) {
                continue;
            }
            var version = block.texts().getOrDefault("version", "");
            if (block.labels().size() != 1 || version.isEmpty()) {
                facts.unknown("", "a provider without address or version");
            } else {
                packages.add(ProviderPackages.found(block.labels().getFirst(), version)
                        .declared());
            }
        }
    }
}
