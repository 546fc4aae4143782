package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.declared.DeclaredPackage;
import java.util.Optional;

/// A package's name with its scope, if any: `@babel/core`, `express`.
///
/// @param scope with its `@`, empty where there is none
record NpmName(String scope, String name) {

    private static final String ALIAS = "npm:";

    static Optional<NpmName> of(String full) {
        var slash = full.startsWith("@") ? full.indexOf('/') : -1;
        var name = full.substring(slash + 1);
        return name.isBlank() || (full.startsWith("@") && slash < 2)
                ? Optional.empty()
                : Optional.of(new NpmName(slash < 0 ? "" : full.substring(0, slash), name));
    }

    /// The name before the last `@` of `name@version`; all of it where there is none.
    static String nameOf(String identifier) {
        var at = identifier.indexOf('@', 1);
        return at < 0 ? identifier : identifier.substring(0, at);
    }

    /// What stands behind the name of `name@version`, empty where nothing does.
    static String rangeOf(String identifier) {
        var at = identifier.indexOf('@', 1);
        return at < 0 ? "" : identifier.substring(at + 1);
    }

    /// The real name of a dependency: an alias says it in its range, `npm:left-pad@1.3.0`.
    static String realName(String name, String range) {
        return range.startsWith(ALIAS) && range.indexOf('@', ALIAS.length() + 1) > 0
                ? nameOf(range.substring(ALIAS.length()))
                : name;
    }

    DeclaredPackage version(String version) {
        return DeclaredPackage.of(scope, name, version);
    }

    /// Whether it is a version as the registry has them, and no address or folder.
    static boolean isVersion(String version) {
        return !version.isEmpty()
                && version.charAt(0) >= '0'
                && version.charAt(0) <= '9'
                && version.indexOf('/') < 0
                && version.indexOf(':') < 0;
    }
}
