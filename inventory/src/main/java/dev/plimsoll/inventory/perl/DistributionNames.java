package dev.plimsoll.inventory.perl;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Packages of CPAN as facts. They go by the name of the distribution alone: which author released it, only some of
/// the evidence says, and one package must not become two.
///
/// Source: purl-spec, "cpan"; CPAN::Meta::Spec, `name`.
final class DistributionNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    private DistributionNames() {}

    /// `Foo::Bar` is the main module of `Foo-Bar`.
    static String ofModule(String module) {
        return module.replace("::", "-");
    }

    static boolean isName(String text) {
        return text.length() <= ListedPackages.MAX_NAME && NAME.matcher(text).matches();
    }

    /// @param licenses that this file tells; those of other files find the package by its name
    static PackageFound found(String name, String version, List<String> licenses) {
        return new PackageFound(
                PackageType.CPAN,
                "",
                name,
                version.startsWith("v") ? version.substring(1) : version,
                Optional.empty(),
                "",
                "",
                Evidence.INSTALLED,
                name,
                Map.of(),
                licenses,
                List.of(),
                "");
    }
}
