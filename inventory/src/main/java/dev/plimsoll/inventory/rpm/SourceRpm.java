package dev.plimsoll.inventory.rpm;

import dev.plimsoll.inventory.ImagePackage.SourcePackage;
import java.util.Optional;

/// The file name of a source package, `bash-5.1.8-4.el9.src.rpm`, by which rpm names what a package was built from.
public final class SourceRpm {

    private SourceRpm() {}

    /// `name-version-release.src.rpm`; name and version may hold dashes only before the last two. `nosrc` stands
    /// where sources may not be given away.
    ///
    /// @return empty where the text has another form
    public static Optional<SourcePackage> parse(String file) {
        var ending = file.endsWith(".src.rpm") ? ".src.rpm" : file.endsWith(".nosrc.rpm") ? ".nosrc.rpm" : "";
        if (ending.isEmpty()) {
            return Optional.empty();
        }
        var text = file.substring(0, file.length() - ending.length());
        var release = text.lastIndexOf('-');
        var version = text.lastIndexOf('-', release - 1);
        return version <= 0 || release - version < 2 || release + 1 == text.length()
                ? Optional.empty()
                : Optional.of(new SourcePackage(text.substring(0, version), text.substring(version + 1)));
    }
}
