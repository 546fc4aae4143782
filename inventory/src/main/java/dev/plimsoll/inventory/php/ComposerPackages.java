package dev.plimsoll.inventory.php;

import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A package as Composer writes it, the same in `composer.lock` and in `installed.json`.
///
/// Source: Composer, "The composer.json schema": `name`, `version`, `license`, `require`, `dist.shasum`.
final class ComposerPackages {

    private static final Pattern NAME = Pattern.compile("[^/\\s]+/[^/\\s]+");
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

    private ComposerPackages() {}

    /// Empty where name or version are missing.
    static Optional<DeclaredPackage> read(JsonObject entry) {
        var name = entry.string("name").orElse("").toLowerCase(Locale.ROOT);
        var version = entry.string("version").orElse("");
        if (!NAME.matcher(name).matches() || version.isBlank()) {
            return Optional.empty();
        }
        var slash = name.indexOf('/');
        return Optional.of(DeclaredPackage.of(name.substring(0, slash), name.substring(slash + 1), version)
                .needing(needed(entry))
                .licensed(licenses(entry))
                .digest(entry.object("dist")
                        .string("shasum")
                        .filter(value -> SHA1.matcher(value).matches())
                        .map(value -> "sha1:" + value)
                        .orElse("")));
    }

    /// Without what is no package: `php`, `ext-json`, `lib-curl`, `composer-runtime-api`.
    private static List<String> needed(JsonObject entry) {
        return entry.object("require").members().keySet().stream()
                .filter(name -> name.indexOf('/') > 0)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> licenses(JsonObject entry) {
        var names = new ArrayList<>(entry.strings("license"));
        if (entry.get("license").orElse(null) instanceof JsonString(var text)) {
            names.add(text);
        }
        return names;
    }
}
