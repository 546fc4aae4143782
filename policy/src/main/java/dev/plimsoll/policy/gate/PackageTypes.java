package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.rule.ValueType;
import dev.plimsoll.policy.rule.ValueType.Parsed;
import dev.plimsoll.policy.rule.ValueType.Rejected;
import dev.plimsoll.policy.rule.ValueType.Value;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// Which packages a rule is about: all, the distribution's, those of languages, or those of one type.
///
/// @param word as the rule has it
record PackageTypes(String word, Predicate<String> types) {

    static final PackageTypes ALL = new PackageTypes("all", _ -> true);

    /// Package URL types, and Anchore's own words for some.
    static final ValueType<PackageTypes> TYPE = new ValueType<>(
            "type of packages",
            "all, os, non-os, or a type of package URLs such as apk, deb, rpm, npm, pypi, maven, golang",
            words(),
            (text, _) -> PackageTypes.of(text)
                    .<Parsed<PackageTypes>>map(Value::new)
                    .orElseGet(
                            () -> new Rejected<>(
                                    "must be all, os, non-os, or a type of package URLs such as apk, deb, rpm, npm, pypi, maven, golang")),
            PackageTypes::word);

    /// @param type of a package URL, perhaps one that this version does not know
    boolean holds(String type) {
        return types.test(type);
    }

    private static Optional<PackageTypes> of(String text) {
        var word = text.strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "all" -> Optional.of(ALL);
            case "os" -> Optional.of(new PackageTypes(word, PackageTypes::ofDistribution));
            case "non-os" -> Optional.of(new PackageTypes(word, type -> !ofDistribution(type)));
            default -> PackageType.of(ofAnchore(word)).map(type -> new PackageTypes(word, type.purlType()::equals));
        };
    }

    private static boolean ofDistribution(String type) {
        return PackageType.of(type).filter(PackageType::ofDistribution).isPresent();
    }

    /// Anchore's words, which are not those of package URLs.
    private static String ofAnchore(String word) {
        return switch (word) {
            case "apkg" -> "apk";
            case "dpkg" -> "deb";
            case "java" -> "maven";
            case "python" -> "pypi";
            case "go" -> "golang";
            case "js" -> "npm";
            default -> word;
        };
    }

    private static List<String> words() {
        var words = new ArrayList<>(List.of("all", "os", "non-os", "apkg", "dpkg", "java", "python", "go", "js"));
        for (var type : PackageType.values()) {
            words.add(type.purlType());
        }
        return words;
    }
}
