package dev.plimsoll.inventory.conan;

import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.documents.ListedPackages;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A recipe as Conan names it: `name/version@user/channel#revision%time`, of a binary with `:package#revision`.
///
/// Source: Conan 2, "Conan references"; purl-spec, "conan": qualifiers `user`, `channel`, `rrev`.
record ConanReference(String name, String version, String user, String channel, String revision) {

    private static final Pattern FORM = Pattern.compile(
            "([^/@#:%\\s]+)/([^/@#:%\\s]+)(?:@(?:([^/@#:%\\s]+)/([^/@#:%\\s]+))?)?(?:#([^:%\\s]+))?(?:%[0-9.]+)?(?::.*)?");

    /// Empty where the text is none, asks for a range of versions, or names a project without a version.
    static Optional<ConanReference> of(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches() || parts.group(2).startsWith("[") || parts.group(2).equals("None")) {
            return Optional.empty();
        }
        return Optional.of(new ConanReference(
                parts.group(1), parts.group(2), or(parts.group(3)), or(parts.group(4)), or(parts.group(5))));
    }

    private static String or(@Nullable String group) {
        // `_` stands for none, and revision 0 for a recipe without revisions
        return group == null || group.equals("_") || group.equals("0") ? "" : group;
    }

    PackageFound found() {
        return PackageFound.ofLanguage(PackageType.CONAN, "", name, version, List.of(), "")
                .withQualifiers(qualifiers());
    }

    private Map<String, String> qualifiers() {
        var qualifiers = new TreeMap<>(Map.of("user", user, "channel", channel, "rrev", revision));
        qualifiers.values().removeIf(value -> !ListedPackages.isWord(value));
        return qualifiers;
    }
}
