package dev.plimsoll.inventory.models;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Models as facts: those of Hugging Face by owner and name, others by their name alone.
///
/// Source: purl-spec, "huggingface": the version is a revision.
final class ModelPackages {

    private static final Pattern HUGGING_FACE =
            Pattern.compile("https?://(?:huggingface\\.co|hf\\.co)/([A-Za-z0-9_.-]+)/([A-Za-z0-9_.-]+)(?:/.*)?");

    private ModelPackages() {}

    /// @param address of the repository that it comes from, or empty
    static PackageFound found(
            String name, String version, String address, String license, Map<PackageProperty, String> properties) {
        var licenses = ListedPackages.licenses(List.of(license));
        var repository = HUGGING_FACE.matcher(address);
        return (repository.matches()
                        ? PackageFound.ofLanguage(
                                PackageType.HUGGINGFACE,
                                repository.group(1),
                                repository.group(2),
                                version,
                                licenses,
                                "")
                        : PackageFound.ofLanguage(PackageType.GENERIC, "", name, version, licenses, ""))
                .withProperties(ListedPackages.properties(properties));
    }
}
