package dev.plimsoll.inventory.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class TerraformAnalyzersTest {

    @Test
    void readsALockFile() {
        var analyzed = Analyzed.by(new TerraformLockAnalyzer(), ".terraform.lock.hcl", """
                # This file is maintained automatically by "terraform init".
                provider "registry.terraform.io/hashicorp/aws" {
                  version     = "5.72.1" // fixed
                  constraints = "~> 5.0"
                  hashes = [
                    "h1:version=",
                    "zh:00",
                  ]
                }
                /* another */
                provider "example.org/own/thing" {
                  constraints = "1.0"
                }
                other "x" { version = "1" }
                """);

        assertThat(analyzed.names()).containsExactly("registry.terraform.io/hashicorp/aws 5.72.1");
        assertThat(analyzed.packages().getFirst().evidence()).isEqualTo(Evidence.DECLARED);
        assertThat(analyzed.unknowns()).containsExactly("a provider without address or version");
    }

    @Test
    void thePathTellsAProvider() {
        var analyzer = new TerraformProviderAnalyzer();
        var path =
                "app/.terraform/providers/registry.terraform.io/hashicorp/aws/5.72.1/linux_amd64/terraform-provider-aws_v5.72.1_x5";

        assertThat(analyzer.wanted().wants(path, 0755, 1)).isTrue();
        assertThat(Analyzed.by(analyzer, path, "").names())
                .containsExactly("registry.terraform.io/hashicorp/aws 5.72.1");
        assertThat(analyzer.wanted().wants("usr/bin/terraform-provider-aws", 0755, 1))
                .isFalse();
    }
}
