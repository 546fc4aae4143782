package dev.plimsoll.inventory.classifier;

import dev.plimsoll.inventory.Glob;
import dev.plimsoll.purl.PackageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the program of one product is known, and how the product is named.
///
/// @param product the product's name; the name of the package
/// @param files globs of names, or of the ends of paths
/// @param type of the package URL
/// @param namespace of the package URL; may be empty
/// @param name of the package URL
/// @param cpes `vendor:product`, each
/// @param evidences any of which tells the version
/// @param unless texts by which another product of the same file name is known
/// @param source where the fact comes from
/// @param verified the package whose program it was tried on; empty where none was to be had
public record Classifier(
        String product,
        List<Glob> files,
        PackageType type,
        String namespace,
        String name,
        List<String> cpes,
        List<Evidence> evidences,
        List<String> unless,
        String source,
        String verified) {

    /// Bytes that tell a version.
    sealed interface Evidence {

        /// A text, and around it a version.
        ///
        /// @param text the bytes, a character each
        /// @param version a pattern (RE2) with a group of that name, for the bytes around the
        ///     text; made ready only where the text is found: to make all ready takes longer than a scan may
        /// @param also another text that must be in the program; empty where none must
        record Text(String text, String version, String also) implements Evidence {}

        /// The build information of a Go program.
        ///
        /// @param module how the path of its main module or package begins
        /// @param toolchain whether the version is the toolchain's
        record Go(String module, boolean toolchain) implements Evidence {}
    }

    boolean fits(String path) {
        var start = path.lastIndexOf('/') + 1;
        for (var glob : files) {
            if (path.startsWith(beginning(glob), start) && glob.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /// CPE 2.3 names for a version, without the build's number behind it: the dictionary knows none.
    ///
    /// Source: NISTIR 7695, 6.2 (characters that must be quoted).
    List<String> cpes(String version) {
        var names = new ArrayList<String>();
        var quoted = version.replaceFirst("\\+.*", "").replaceAll("([^0-9A-Za-z._-])", "\\\\$1");
        for (var cpe : cpes) {
            names.add("cpe:2.3:a:" + cpe + ":" + quoted + ":*:*:*:*:*:*:*");
        }
        return names;
    }

    /// Whether there was a program to try it on.
    public boolean isVerified() {
        return !verified.isEmpty();
    }

    /// How a name must begin to fit the glob, the whole of it where the glob has no wildcards.
    static String beginning(Glob glob) {
        var last = glob.text().substring(glob.text().lastIndexOf('/') + 1);
        int length = 0;
        while (length < last.length() && "*?[{".indexOf(last.charAt(length)) < 0) {
            length++;
        }
        return last.substring(0, length);
    }

    /// The name that a file must have, where the glob has no wildcards.
    static Optional<String> literal(Glob glob) {
        var beginning = beginning(glob);
        return glob.text().endsWith("/" + beginning) ? Optional.of(beginning) : Optional.empty();
    }
}
