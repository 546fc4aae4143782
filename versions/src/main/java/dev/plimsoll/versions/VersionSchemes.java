package dev.plimsoll.versions;

import dev.plimsoll.purl.PackageType;
import java.util.Optional;

/// The list of schemes; adding one is a class, its test and a line here.
final class VersionSchemes {

    private VersionSchemes() {}

    static Optional<VersionScheme> of(PackageType type) {
        return switch (type) {
            case DEB, RPM, APK, NPM, PYPI, MAVEN, GEM, GOLANG, CARGO -> Optional.empty();
            case ALPM, COMPOSER, CONAN, CONDA, GENERIC, GITHUB, HEX, NUGET, PUB, SWIFT -> Optional.empty();
        };
    }
}
