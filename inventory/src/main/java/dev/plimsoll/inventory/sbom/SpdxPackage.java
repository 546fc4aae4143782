package dev.plimsoll.inventory.sbom;

import java.util.ArrayList;
import java.util.List;

/// A package as SPDX 2 has it, in JSON and tag-value alike. What is missing, `NONE` or `NOASSERTION` is the empty text.
/// Filled while it is read; not safe for several threads.
final class SpdxPackage {

    String place = "";
    String name = "";
    String id = "";
    String version = "";
    String purpose = "";
    String licenseDeclared = "";
    String licenseConcluded = "";
    String sourceInfo = "";
    /// The first package URL.
    String packageUrl = "";
    /// Comments of annotations, by which Trivy says more.
    final List<String> comments = new ArrayList<>();

    /// An external reference.
    ///
    /// @param type `purl`; older documents write it with the address of its list
    void reference(String type, String locator) {
        if (type.substring(type.lastIndexOf('/') + 1).equals("purl") && packageUrl.isEmpty()) {
            packageUrl = locator;
        }
    }

    /// What an annotation says behind `key: `.
    String comment(String key) {
        return comments.stream()
                .filter(text -> text.startsWith(key + ": "))
                .map(text -> text.substring(key.length() + 2))
                .findFirst()
                .orElse("");
    }

    /// What SPDX writes where it says nothing.
    static String said(String text) {
        return text.equals("NOASSERTION") || text.equals("NONE") ? "" : text;
    }
}
