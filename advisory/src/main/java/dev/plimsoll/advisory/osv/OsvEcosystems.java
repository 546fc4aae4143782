package dev.plimsoll.advisory.osv;

import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The ecosystem names of OSV.
///
/// Source: OSV schema, "Defined Ecosystems".
final class OsvEcosystems {

    private static final Map<String, PackageType> LANGUAGES = Map.ofEntries(
            Map.entry("npm", PackageType.NPM),
            Map.entry("PyPI", PackageType.PYPI),
            Map.entry("Go", PackageType.GOLANG),
            Map.entry("crates.io", PackageType.CARGO),
            Map.entry("Maven", PackageType.MAVEN),
            Map.entry("RubyGems", PackageType.GEM),
            Map.entry("Packagist", PackageType.COMPOSER),
            Map.entry("NuGet", PackageType.NUGET),
            Map.entry("Hex", PackageType.HEX),
            Map.entry("Pub", PackageType.PUB),
            Map.entry("ConanCenter", PackageType.CONAN),
            Map.entry("SwiftURL", PackageType.SWIFT));

    private OsvEcosystems() {}

    /// What a name means here.
    ///
    /// @param type of the packages, whose scheme orders the versions
    /// @param ofSource whether names are those of source packages
    record Meaning(Ecosystem ecosystem, PackageType type, boolean ofSource) {}

    /// Empty for an ecosystem that is not known here. Ubuntu Pro's releases are a distribution of their own
    /// (`ubuntu-pro`): its fixes do not reach plain Ubuntu.
    static Optional<Meaning> of(String name) {
        var language = LANGUAGES.get(name);
        if (language != null) {
            return Optional.of(new Meaning(Ecosystem.of(language), language, false));
        }
        var colon = name.indexOf(':');
        var family = colon < 0 ? name : name.substring(0, colon);
        var rest = colon < 0 ? "" : name.substring(colon + 1);
        return switch (family) {
            case "Debian" -> release("debian", rest, PackageType.DEB, true);
            case "Ubuntu" ->
                rest.startsWith("Pro:")
                        ? ubuntuPro(rest.substring("Pro:".length()))
                        : release("ubuntu", first(rest), PackageType.DEB, true);
            case "Alpine" -> release("alpine", rest.startsWith("v") ? rest.substring(1) : rest, PackageType.APK, true);
            case "Wolfi" -> release("wolfi", "rolling", PackageType.APK, true);
            case "Chainguard" -> release("chainguard", "rolling", PackageType.APK, true);
            case "AlmaLinux" -> release("almalinux", rest, PackageType.RPM, false);
            case "Rocky Linux" -> release("rocky", rest, PackageType.RPM, false);
            case "Red Hat" -> redHat(rest);
            case "openSUSE" -> release("opensuse-leap", rest.replace("Leap ", ""), PackageType.RPM, false);
            case "SUSE" -> suse(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<Meaning> release(String id, String release, PackageType type, boolean ofSource) {
        return release.isEmpty() || release.indexOf(':') >= 0
                ? Optional.empty()
                : Optional.of(new Meaning(Ecosystem.of(new DistributionRelease(id, release)), type, ofSource));
    }

    /// `20.04:LTS`; `FIPS-updates:20.04:LTS` is a line of packages of its own.
    private static Optional<Meaning> ubuntuPro(String rest) {
        var first = first(rest);
        return first.isEmpty() || Character.isDigit(first.charAt(0))
                ? release("ubuntu-pro", first, PackageType.DEB, true)
                : release(
                        "ubuntu-pro-" + first.toLowerCase(Locale.ROOT),
                        first(rest.substring(Math.min(rest.length(), first.length() + 1))),
                        PackageType.DEB,
                        true);
    }

    private static String first(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    /// `enterprise_linux:9::baseos`.
    private static Optional<Meaning> redHat(String rest) {
        var parts = rest.split(":", -1);
        return parts.length >= 2 && parts[0].equals("enterprise_linux")
                ? release("rhel", parts[1].split("\\.", -1)[0], PackageType.RPM, false)
                : Optional.empty();
    }

    /// `Linux Enterprise Server 15 SP5`.
    private static Optional<Meaning> suse(String rest) {
        var prefix = "Linux Enterprise Server ";
        return rest.startsWith(prefix)
                ? release(
                        "sles",
                        rest.substring(prefix.length()).toLowerCase(Locale.ROOT).replace(" sp", "."),
                        PackageType.RPM,
                        false)
                : Optional.empty();
    }
}
