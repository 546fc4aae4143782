package dev.plimsoll.versions;

import dev.plimsoll.purl.PackageType;
import java.util.Comparator;
import java.util.Optional;

/// The list of schemes; adding one is a class, its test and a line here.
final class VersionSchemes {

    static final VersionScheme DPKG = ParsedScheme.of("dpkg", DebianVersion::parse);
    static final VersionScheme RPM = ParsedScheme.of("rpm", RpmVersion::parse);
    static final VersionScheme APK = ParsedScheme.of("apk", AlpineVersion::parse);
    static final VersionScheme NPM =
            new ParsedScheme<>("npm", NpmVersion.MAX_LENGTH, NpmVersion::parse, Comparator.naturalOrder());
    static final VersionScheme PEP440 = ParsedScheme.of("pep440", PythonVersion::parse);
    static final VersionScheme MAVEN = ParsedScheme.of("maven", MavenVersion::parse);
    static final VersionScheme RUBYGEMS = ParsedScheme.of("rubygems", RubyVersion::parse);
    static final VersionScheme GO = ParsedScheme.of("go", GoVersion::parse);
    static final VersionScheme CARGO = ParsedScheme.of("cargo", CargoVersion::parse);

    private VersionSchemes() {}

    static Optional<VersionScheme> of(PackageType type) {
        return switch (type) {
            case DEB -> Optional.of(DPKG);
            case RPM -> Optional.of(RPM);
            case APK -> Optional.of(APK);
            case NPM -> Optional.of(NPM);
            case PYPI -> Optional.of(PEP440);
            case MAVEN -> Optional.of(MAVEN);
            case GEM -> Optional.of(RUBYGEMS);
            case GOLANG -> Optional.of(GO);
            case CARGO -> Optional.of(CARGO);
            default -> Optional.empty();
        };
    }
}
