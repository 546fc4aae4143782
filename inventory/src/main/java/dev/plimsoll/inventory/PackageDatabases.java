package dev.plimsoll.inventory;

import dev.plimsoll.purl.PackageType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where distributions keep their list of what is installed. A place in one of these files that could not be read may
/// hide a package, so that nobody can say what the image does not hold.
///
/// Source: dpkg(1), "FILES"; the `status.d` of images without dpkg; Alpine wiki, "Apk spec"; rpm's `%_dbpath` of
/// Fedora, SUSE and older releases; opkg's `info_dir` and `status_file` of OpenWrt and Yocto; alpm, `libalpm(3)`;
/// Gentoo's Package Manager Specification, 14.
public final class PackageDatabases {

    public static final String DPKG_STATUS = "var/lib/dpkg/status";

    /// One file a package, with companions that list its files.
    public static final String DPKG_STATUS_FOLDER = "var/lib/dpkg/status.d/";

    public static final List<String> APK = List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");

    public static final List<String> RPM_FOLDERS = List.of("var/lib/rpm/", "usr/lib/sysimage/rpm/", "usr/share/rpm/");

    /// In any of the folders: SQLite with its log, Berkeley DB, ndb.
    public static final List<String> RPM_FILES = List.of("rpmdb.sqlite", "rpmdb.sqlite-wal", "Packages", "Packages.db");

    /// Of images of CBL-Mariner and Azure Linux that have no rpm.
    public static final String RPM_MANIFEST = "var/lib/rpmmanifest/container-manifest-2";

    /// Of opkg, which OpenWrt and Yocto have; the last is where others mount it.
    public static final List<String> OPKG_STATUS =
            List.of("usr/lib/opkg/status", "var/lib/opkg/status", "opt/lib/opkg/status");

    /// One file a package, by name and `.control`; with a list of files by name and `.list`.
    public static final List<String> OPKG_INFO =
            List.of("usr/lib/opkg/info/", "var/lib/opkg/info/", "opt/lib/opkg/info/");

    /// One folder a package, by name and version, in which the file `desc` describes it.
    public static final String PACMAN = "var/lib/pacman/local/";

    /// One folder a package, by category, then by name and version.
    public static final String PORTAGE = "var/db/pkg/";

    /// Of Bottlerocket, which has no database of rpm.
    public static final String BOTTLEROCKET = "usr/share/bottlerocket/application-inventory.json";

    /// What Bitnami unpacked; documents of its packages lie anywhere beneath.
    public static final String BITNAMI = "opt/bitnami/";

    /// Of a base snap of Ubuntu.
    public static final String SNAPPY = "usr/share/snappy/dpkg.yaml";

    private static final Map<PackageType, List<String>> PLACES = Map.of(
            PackageType.DEB,
            Stream.of(List.of(DPKG_STATUS, DPKG_STATUS_FOLDER, SNAPPY), OPKG_STATUS, OPKG_INFO)
                    .flatMap(List::stream)
                    .toList(),
            PackageType.APK,
            APK,
            PackageType.RPM,
            Stream.of(RPM_FOLDERS, List.of(RPM_MANIFEST, BOTTLEROCKET))
                    .flatMap(List::stream)
                    .toList(),
            PackageType.ALPM,
            List.of(PACMAN),
            PackageType.PORTAGE,
            List.of(PORTAGE),
            PackageType.BITNAMI,
            List.of(BITNAMI));

    private PackageDatabases() {}

    /// Whose packages a file lists; empty for all other files.
    ///
    /// @param path without the leading slash
    public static Optional<PackageType> typeOf(String path) {
        if (path.equals(DPKG_STATUS) || isStatusFile(path) || isOpkg(path) || path.equals(SNAPPY)) {
            return Optional.of(PackageType.DEB);
        }
        if (APK.contains(path)) {
            return Optional.of(PackageType.APK);
        }
        if (path.startsWith(PACMAN) && path.endsWith("/desc")) {
            return Optional.of(PackageType.ALPM);
        }
        if (path.startsWith(PORTAGE) && path.endsWith("/CONTENTS")) {
            return Optional.of(PackageType.PORTAGE);
        }
        if (path.startsWith(BITNAMI) && (path.endsWith("/.bitnami_components.json") || isSpdx(path))) {
            return Optional.of(PackageType.BITNAMI);
        }
        return path.equals(RPM_MANIFEST)
                        || path.equals(BOTTLEROCKET)
                        || RPM_FOLDERS.stream()
                                .anyMatch(folder ->
                                        path.startsWith(folder) && RPM_FILES.contains(path.substring(folder.length())))
                ? Optional.of(PackageType.RPM)
                : Optional.empty();
    }

    private static boolean isSpdx(String path) {
        return path.endsWith(".spdx")
                && path.substring(path.lastIndexOf('/') + 1).startsWith(".spdx-");
    }

    private static boolean isOpkg(String path) {
        return OPKG_STATUS.contains(path)
                || (path.endsWith(".control") && OPKG_INFO.stream().anyMatch(path::startsWith));
    }

    /// Whose packages nobody can tell where a place could not be read: the file's own, and those of every database
    /// that may lie beneath it, where it is a folder.
    ///
    /// @param path without the leading slash
    public static Set<PackageType> typesAt(String path) {
        var types = EnumSet.noneOf(PackageType.class);
        typeOf(path).ifPresent(types::add);
        PLACES.forEach((type, places) -> {
            if (liesOver(path, places)) {
                types.add(type);
            }
        });
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
