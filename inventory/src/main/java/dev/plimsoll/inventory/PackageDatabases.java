package dev.plimsoll.inventory;

import dev.plimsoll.purl.PackageType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where distributions keep their list of what is installed. A place in one of these files that could not be read may
/// hide a package, so that nobody can say what the image does not hold.
///
/// Source: dpkg(1), "FILES"; the `status.d` of images without dpkg; Alpine wiki, "Apk spec"; rpm's `%_dbpath` of
/// Fedora, SUSE and older releases.
public final class PackageDatabases {

    public static final String DPKG_STATUS = "var/lib/dpkg/status";

    /// One file a package, with companions that list its files.
    public static final String DPKG_STATUS_FOLDER = "var/lib/dpkg/status.d/";

    public static final List<String> APK = List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");

    public static final List<String> RPM_FOLDERS = List.of("var/lib/rpm/", "usr/lib/sysimage/rpm/", "usr/share/rpm/");

    /// In any of the folders: SQLite with its log, Berkeley DB, ndb.
    public static final List<String> RPM_FILES = List.of("rpmdb.sqlite", "rpmdb.sqlite-wal", "Packages", "Packages.db");

    private PackageDatabases() {}

    /// Whose packages a file lists; empty for all other files.
    ///
    /// @param path without the leading slash
    public static Optional<PackageType> typeOf(String path) {
        if (path.equals(DPKG_STATUS) || isStatusFile(path)) {
            return Optional.of(PackageType.DEB);
        }
        if (APK.contains(path)) {
            return Optional.of(PackageType.APK);
        }
        return RPM_FOLDERS.stream()
                        .anyMatch(folder ->
                                path.startsWith(folder) && RPM_FILES.contains(path.substring(folder.length())))
                ? Optional.of(PackageType.RPM)
                : Optional.empty();
    }

    /// Whose packages nobody can tell where a place could not be read: the file's own, and those of every database
    /// that may lie beneath it, where it is a folder.
    ///
    /// @param path without the leading slash
    public static Set<PackageType> typesAt(String path) {
        var types = EnumSet.noneOf(PackageType.class);
        typeOf(path).ifPresent(types::add);
        if (liesOver(path, List.of(DPKG_STATUS, DPKG_STATUS_FOLDER))) {
            types.add(PackageType.DEB);
        }
        if (liesOver(path, APK)) {
            types.add(PackageType.APK);
        }
        if (liesOver(path, RPM_FOLDERS)) {
            types.add(PackageType.RPM);
        }
        return types;
    }

    private static boolean liesOver(String folder, List<String> databases) {
        return !folder.isEmpty() && databases.stream().anyMatch(database -> database.startsWith(folder + "/"));
    }

    /// Whether a file of the folder describes a package.
    public static boolean isStatusFile(String path) {
        return path.startsWith(DPKG_STATUS_FOLDER) && !path.endsWith(".md5sums") && !path.endsWith(".list");
    }
}
