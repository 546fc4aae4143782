package dev.plimsoll.inventory.sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    final List<String> cpes = new ArrayList<>();
    /// Comments of annotations, by which Trivy says more.
    final List<String> comments = new ArrayList<>();

    /// An external reference.
    ///
    /// @param type `purl`; older documents write it with the address of its list
    void reference(String type, String locator) {
        var word = type.substring(type.lastIndexOf('/') + 1);
        if (word.equals("purl") && packageUrl.isEmpty()) {
            packageUrl = locator;
        } else if (word.equals("cpe23Type")) {
            cpes.add(locator);
        }
    }

    /// What Plimsoll said in a comment.
    Map<String, List<String>> said() {
        return comments.stream()
                .filter(text -> text.startsWith(PlimsollProperties.PREFIX))
                .flatMap(text ->
                        JsonDocument.object(text.substring(PlimsollProperties.PREFIX.length())
                                        .strip())
                                .stream())
                .findFirst()
                .map(JsonDocument::lists)
                .orElse(Map.of());
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
