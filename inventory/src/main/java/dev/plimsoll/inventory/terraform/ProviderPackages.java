package dev.plimsoll.inventory.terraform;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.purl.PackageType;
import java.util.List;

/// Providers of Terraform and OpenTofu as facts: `registry.terraform.io/hashicorp/aws` is the package `aws` of the
/// namespace `registry.terraform.io/hashicorp`.
///
/// Source: Terraform, "Provider Requirements", "Source Addresses".
final class ProviderPackages {

    private ProviderPackages() {}

    static PackageFound found(String address, String version) {
        var slash = address.lastIndexOf('/');
        return PackageFound.ofLanguage(
                PackageType.TERRAFORM,
                slash < 0 ? "" : address.substring(0, slash),
                address.substring(slash + 1),
                version,
                List.of(),
                "");
    }
}
