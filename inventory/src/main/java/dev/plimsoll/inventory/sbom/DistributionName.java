package dev.plimsoll.inventory.sbom;

import dev.plimsoll.purl.DebianCodename;
import dev.plimsoll.purl.Distribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How documents name a distribution.
final class DistributionName {

    /// What vendors and tools call distributions whose `ID` of os-release is another.
    ///
    /// Source: purl-spec, namespaces of `rpm` in use; Trivy's names of families.
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("redhat", "rhel"),
            Map.entry("red hat", "rhel"),
            Map.entry("amazon", "amzn"),
            Map.entry("amazonlinux", "amzn"),
            Map.entry("oracle", "ol"),
            Map.entry("oraclelinux", "ol"),
            Map.entry("alma", "almalinux"),
            Map.entry("cbl-mariner", "mariner"),
            Map.entry("suse linux enterprise server", "sles"),
            Map.entry("suse", "sles"),
            Map.entry("opensuse.leap", "opensuse-leap"),
            Map.entry("opensuse.tumbleweed", "opensuse-tumbleweed"));

    private static final Set<String> WITH_DASH = Set.of("opensuse-leap", "opensuse-tumbleweed", "cbl-mariner");

    private static final Pattern VERSION = Pattern.compile("[0-9][A-Za-z0-9._+]*");

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");

    private DistributionName() {}

    /// A distribution as Plimsoll wrote it.
    ///
    /// @return empty where Plimsoll did not
    static Optional<Distribution> said(Map<String, List<String>> values) {
        var id = first(values, PlimsollProperties.DISTRIBUTION_ID);
        return ID.matcher(id).matches()
                ? Optional.of(new Distribution(
                        id,
                        first(values, PlimsollProperties.DISTRIBUTION_VERSION),
                        first(values, PlimsollProperties.DISTRIBUTION_CODENAME),
                        values.getOrDefault(PlimsollProperties.DISTRIBUTION_LIKE, List.of()),
                        first(values, PlimsollProperties.DISTRIBUTION_NAME)))
                : Optional.empty();
    }

    private static String first(Map<String, List<String>> values, String name) {
        var all = values.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : all.getFirst();
    }

    /// A distribution by what a document calls it and its version.
    ///
    /// @return empty where the name is no id of a distribution
    static Optional<Distribution> of(
            String name, String version, String codename, List<String> like, String prettyName) {
        var lower = name.strip().toLowerCase(Locale.ROOT);
        var id = IDS.getOrDefault(lower, lower);
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        boolean named = version.isEmpty() || VERSION.matcher(version).matches();
        return Optional.of(new Distribution(
                id, named ? version : "", named || !codename.isEmpty() ? codename : version, like, prettyName));
    }

    /// The qualifier `distro` of a package URL: `debian-12.15`, `opensuse-tumbleweed`, `bookworm`.
    ///
    /// Source: purl-spec, "Known qualifiers key/value pairs" and the types `deb`, `rpm`, `apk`.
    ///
    /// @return empty where the text names none
    static Optional<Distribution> ofQualifier(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        if (DebianCodename.isKnown(lower)) {
            return of("debian", "", lower, List.of(), "");
        }
        if (WITH_DASH.contains(lower)) {
            return of(lower, "", "", List.of(), "");
        }
        int dash = lower.lastIndexOf('-');
        if (dash <= 0 || dash == lower.length() - 1) {
            return of(lower, "", "", List.of(), "");
        }
        var version = lower.substring(dash + 1);
        return VERSION.matcher(version).matches() || DebianCodename.isKnown(version)
                ? of(lower.substring(0, dash), version, "", List.of(), "")
                : of(lower, "", "", List.of(), "");
    }
}
