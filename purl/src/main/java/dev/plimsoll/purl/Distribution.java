package dev.plimsoll.purl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an image's os-release says.
///
/// Source: os-release(5).
///
/// @param id `ID`, lower case; `linux` where it is missing
/// @param versionId `VERSION_ID`, empty where it is missing (Debian testing, Arch)
/// @param codename `VERSION_CODENAME`, empty where it is missing
/// @param like `ID_LIKE`, nearest first
/// @param prettyName `PRETTY_NAME`, empty where it is missing
public record Distribution(String id, String versionId, String codename, List<String> like, String prettyName) {

    public Distribution {
        id = id.toLowerCase(Locale.ROOT);
        like = List.copyOf(like);
    }

    /// A distribution that a user names: `debian:12`, `alpine:3.18.4`.
    public static Optional<Distribution> parse(String text) {
        var colon = text.indexOf(':');
        return colon <= 0 || colon == text.length() - 1
                ? Optional.empty()
                : Optional.of(
                        new Distribution(text.substring(0, colon), text.substring(colon + 1), "", List.of(), text));
    }

    /// The release as advisories name it. Debian, RHEL and its rebuilds and Amazon's go by the first number, Alpine,
    /// Ubuntu, SUSE by two. Nobody's advisories serve another distribution: a rebuild is a distribution of its own.
    public DistributionRelease release() {
        var release = switch (id) {
            case "debian", "raspbian" -> DebianCodename.release(versionId.isEmpty() ? codename : first(versionId, 1));
            case "rhel", "centos", "rocky", "almalinux", "ol", "fedora", "amzn", "mariner", "azurelinux" ->
                first(versionId, 1);
            case "alpine" -> versionId.contains("_alpha") ? "edge" : first(versionId, 2);
            case "arch", "wolfi", "chainguard", "opensuse-tumbleweed", "gentoo" -> "rolling";
            default -> first(versionId, 2);
        };
        return new DistributionRelease(id, release.isEmpty() ? "unknown" : release);
    }

    /// The `distro` qualifier of a package URL: `debian-12`, `alpine-3.18.4`.
    public String qualifier() {
        var version = versionId.isEmpty() ? codename : versionId;
        return version.isEmpty() ? id : id + "-" + version;
    }

    private static String first(String version, int parts) {
        var end = -1;
        for (int i = 0; i < parts; i++) {
            end = version.indexOf('.', end + 1);
            if (end < 0) {
                return version;
            }
        }
        return version.substring(0, end);
    }
}
