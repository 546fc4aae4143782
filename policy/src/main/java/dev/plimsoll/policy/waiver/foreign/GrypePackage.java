package dev.plimsoll.policy.waiver.foreign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a rule of Grype says of packages, in a waiver's patterns.
///
/// Source: Grype, how ignore rules read a package's name: a text with one of `^$*+?[]()\{}|` in it is a regular
/// expression that the whole name must fit.
final class GrypePackage {

    private static final Pattern EXPRESSION = Pattern.compile("[\\^$*+?\\[\\](){}|\\\\]");
    /// Letters that stand for themselves, `.*`, and an escaped point.
    private static final Pattern SIMPLE = Pattern.compile("\\^?((?:[A-Za-z0-9_@/:~-]|\\\\\\.|\\.\\*)+)\\$?");

    /// Grype's types of packages, and how a package URL of them begins. A distribution's has the vendor for a
    /// namespace,
    /// Maven's the group, and a rule names neither.
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("deb", "pkg:deb/*/"),
            Map.entry("rpm", "pkg:rpm/*/"),
            Map.entry("apk", "pkg:apk/*/"),
            Map.entry("alpm", "pkg:alpm/*/"),
            Map.entry("npm", "pkg:npm/"),
            Map.entry("python", "pkg:pypi/"),
            Map.entry("gem", "pkg:gem/"),
            Map.entry("go-module", "pkg:golang/"),
            Map.entry("java-archive", "pkg:maven/*/"),
            Map.entry("jenkins-plugin", "pkg:maven/*/"),
            Map.entry("rust-crate", "pkg:cargo/"),
            Map.entry("php-composer", "pkg:composer/"),
            Map.entry("dotnet", "pkg:nuget/"));

    private static final Set<String> NAMES_WITH_SLASHES = Set.of("npm", "go-module", "php-composer");

    private GrypePackage() {}

    sealed interface Outcome {}

    /// @param packages none where the rule does not ask for a package
    record Said(List<String> packages) implements Outcome {}

    record Unsaid(String why) implements Outcome {}

    /// @param name may be empty, as version and type
    static Outcome of(String name, String version, String type) {
        if (name.isEmpty() && version.isEmpty() && type.isEmpty()) {
            return new Said(List.of());
        }
        if (version.indexOf('*') >= 0) {
            return new Unsaid("Grype takes the version " + Drafts.quoted(version)
                    + " as it stands; in a waiver * would be" + " any characters");
        }
        var pattern = name.isEmpty() ? Optional.of("*") : wildcards(name);
        if (pattern.isEmpty()) {
            return new Unsaid("the name " + Drafts.quoted(name)
                    + " is a regular expression to Grype, which waivers do not have: name the packages");
        }
        var suffix = version.isEmpty() ? "" : "@" + version;
        if (type.isEmpty()) {
            // Grype's name of a Java package is its artifact, ours has the group before it.
            return new Said(
                    name.isEmpty()
                            ? List.of("*" + suffix)
                            : List.of(
                                    pattern.get() + suffix,
                                    "pkg:maven/*/" + encoded(pattern.get()) + encodedVersion(suffix)));
        }
        var beginning = TYPES.get(type);
        if (beginning == null) {
            return new Unsaid("no package URL says what Grype's type " + Drafts.quoted(type) + " is");
        }
        if (NAMES_WITH_SLASHES.contains(type) && pattern.get().indexOf('*') >= 0 && !name.isEmpty()) {
            return new Unsaid("the name " + Drafts.quoted(name)
                    + " may fit names with a slash, which a package URL takes" + " apart: name the packages");
        }
        var any = name.isEmpty() && !beginning.endsWith("*/") ? "*/*" : encoded(pattern.get());
        return new Said(List.of(beginning + any + encodedVersion(suffix)));
    }

    private static Optional<String> wildcards(String name) {
        if (!EXPRESSION.matcher(name).find()) {
            return Optional.of(name);
        }
        var simple = SIMPLE.matcher(name);
        return simple.matches()
                ? Optional.of(simple.group(1).replace(".*", "*").replace("\\.", "."))
                : Optional.empty();
    }

    private static String encoded(String name) {
        return name.replace("%", "%25").replace("@", "%40").replace("#", "%23").replace("?", "%3F");
    }

    private static String encodedVersion(String suffix) {
        return suffix.isEmpty() ? "" : "@" + encoded(suffix.substring(1)).replace("+", "%2B");
    }
}
