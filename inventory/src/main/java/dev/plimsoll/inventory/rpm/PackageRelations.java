package dev.plimsoll.inventory.rpm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// What a package needs and what it answers to, by name alone.
///
/// Source: rpm's manual, "Dependencies". Left out is what no package of an image answers to by that name: features of
/// rpm itself (`rpmlib(…)`), files, boolean expressions, and what a package says of itself (`config(…)`).
final class PackageRelations {

    /// In names of one package; kernels provide some thousand.
    static final int MAX_NAMES = 20_000;

    private PackageRelations() {}

    static List<String> needed(RpmHeader header, String name) throws DamagedHeaderException {
        return names(header, RpmHeader.REQUIRE_NAMES, name);
    }

    static List<String> provided(RpmHeader header, String name) throws DamagedHeaderException {
        return names(header, RpmHeader.PROVIDE_NAMES, name);
    }

    private static List<String> names(RpmHeader header, int tag, String own) throws DamagedHeaderException {
        var names = new LinkedHashSet<String>();
        for (var name : header.texts(tag, MAX_NAMES)) {
            if (!name.isEmpty()
                    && !name.equals(own)
                    && name.indexOf(' ') < 0
                    && !name.startsWith("/")
                    && !name.startsWith("(")
                    && !name.startsWith("rpmlib(")
                    && !name.startsWith("config(")) {
                names.add(name);
            }
        }
        return new ArrayList<>(names);
    }
}
