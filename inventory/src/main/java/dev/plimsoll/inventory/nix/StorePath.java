package dev.plimsoll.inventory.nix;

import java.util.Optional;
import java.util.regex.Pattern;

/// A path of the store of Nix that names a package with a version.
///
/// Source: Nix manual, "Store path" (32 digits of its base 32, a dash, a name) and `builtins.parseDrvName` (the version
/// begins behind the first dash that no letter follows). Of several outputs of one package each has a path.
///
/// @param path without the leading slash
public record StorePath(String path, String name, String version) {

    private static final String STORE = "nix/store/";

    private static final Pattern NAME = Pattern.compile(
            "[0-9a-df-np-sv-z]{32}-(.+?)-([^A-Za-z-].*?)(?:-(?:bin|dev|devdoc|doc|info|lib|man|out|static))?");

    /// Nothing for other paths, those beneath a store path included.
    ///
    /// @param path without the leading slash
    public static Optional<StorePath> of(String path) {
        if (!path.startsWith(STORE) || path.indexOf('/', STORE.length()) >= 0 || path.endsWith(".drv")) {
            return Optional.empty();
        }
        var name = NAME.matcher(path.substring(STORE.length()));
        return name.matches() ? Optional.of(new StorePath(path, name.group(1), name.group(2))) : Optional.empty();
    }
}
