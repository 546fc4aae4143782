package dev.plimsoll.inventory.portage;

import dev.plimsoll.inventory.PackageDatabases;
import java.util.Optional;
import java.util.regex.Pattern;

/// The folder in which portage describes an installed package: `var/db/pkg/CATEGORY/NAME-VERSION`.
///
/// Source: Gentoo, Package Manager Specification 8, 3.1.2 (names), 3.2 (versions).
///
/// @param key what facts name the package by: `dev-libs/openssl-3.0.9-r1`
record PortageFolder(String category, String name, String version, String key) {

    private static final Pattern PATH = Pattern.compile(Pattern.quote(PackageDatabases.PORTAGE)
            + "([^/]+)/([A-Za-z0-9+_-]+?)"
            + "-([0-9]+(?:\\.[0-9]+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)[0-9]*)*(?:-r[0-9]+)?)/[^/]+");

    /// @param file a file in the folder
    static Optional<PortageFolder> of(String file) {
        var path = PATH.matcher(file);
        if (!path.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PortageFolder(
                path.group(1),
                path.group(2),
                path.group(3),
                path.group(1) + "/" + path.group(2) + "-" + path.group(3)));
    }
}
