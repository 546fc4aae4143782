package dev.plimsoll.purl;

import java.util.Locale;
import java.util.Optional;

/// The types of package that Plimsoll tells apart, by the type of their package URL.
///
/// Source: package-url/purl-spec, "PURL-TYPES"; those that it does not know (`brew`, `ebuild`, `nix`, `pear`, `snap`,
/// `swiplpack`, `terraform`, `vcpkg`, `wordpress-…`) are named as other scanners name them.
public enum PackageType {
    ALPM("alpm", true),
    APK("apk", true),
    BITNAMI("bitnami", false),
    CARGO("cargo", false),
    COCOAPODS("cocoapods", false),
    COMPOSER("composer", false),
    CONAN("conan", false),
    CONDA("conda", false),
    CPAN("cpan", false),
    CRAN("cran", false),
    DEB("deb", true),
    GEM("gem", false),
    GENERIC("generic", false),
    GITHUB("github", false),
    GOLANG("golang", false),
    HACKAGE("hackage", false),
    HEX("hex", false),
    HOMEBREW("brew", false),
    HUGGINGFACE("huggingface", false),
    JULIA("julia", false),
    LUAROCKS("luarocks", false),
    MAVEN("maven", false),
    NIX("nix", false),
    NPM("npm", false),
    NUGET("nuget", false),
    OPAM("opam", false),
    OTP("otp", false),
    PEAR("pear", false),
    PORTAGE("ebuild", true),
    PUB("pub", false),
    PYPI("pypi", false),
    RPM("rpm", true),
    SNAP("snap", false),
    SWIFT("swift", false),
    SWIPLPACK("swiplpack", false),
    TERRAFORM("terraform", false),
    VCPKG("vcpkg", false),
    WORDPRESS_PLUGIN("wordpress-plugin", false),
    WORDPRESS_THEME("wordpress-theme", false);

    private final String purlType;
    private final boolean ofDistribution;

    PackageType(String purlType, boolean ofDistribution) {
        this.purlType = purlType;
        this.ofDistribution = ofDistribution;
    }

    /// The type as a package URL writes it, lower case.
    public String purlType() {
        return purlType;
    }

    /// Whether a distribution ships such packages, so that its release decides which advisories apply.
    public boolean ofDistribution() {
        return ofDistribution;
    }

    /// The type of that name, in any case.
    public static Optional<PackageType> of(String purlType) {
        var wanted = purlType.toLowerCase(Locale.ROOT);
        for (var type : values()) {
            if (type.purlType.equals(wanted)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
