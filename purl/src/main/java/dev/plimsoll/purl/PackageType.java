package dev.plimsoll.purl;

import java.util.Locale;
import java.util.Optional;

/// The types of package that Plimsoll tells apart, by the type of their package URL.
///
/// Source: package-url/purl-spec, "PURL-TYPES".
public enum PackageType {
    ALPM("alpm", true),
    APK("apk", true),
    DEB("deb", true),
    RPM("rpm", true),
    CARGO("cargo", false),
    COMPOSER("composer", false),
    CONAN("conan", false),
    CONDA("conda", false),
    GEM("gem", false),
    GENERIC("generic", false),
    GITHUB("github", false),
    GOLANG("golang", false),
    HEX("hex", false),
    MAVEN("maven", false),
    NPM("npm", false),
    NUGET("nuget", false),
    PUB("pub", false),
    PYPI("pypi", false),
    SWIFT("swift", false);

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
