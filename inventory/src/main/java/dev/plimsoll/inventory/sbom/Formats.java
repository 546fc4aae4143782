package dev.plimsoll.inventory.sbom;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Tells a document's format by its beginning.
final class Formats {

    /// What a user may give, for messages.
    static final String READ_HERE =
            "CycloneDX 1.4 to 1.7 (JSON, XML), SPDX 2.2, 2.3 (JSON, tag-value) and 3.0.1 (JSON-LD),"
                    + " Syft JSON and lists of package URLs are read";

    private Formats() {}

    /// @param bytes the beginning, or all where it is short
    static DocumentReading of(byte[] bytes) throws SbomException {
        if (bytes.length == 0) {
            throw new SbomException("it is empty");
        }
        requireText(bytes);
        if (isWide(bytes)) {
            if (new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "").indexOf('<') >= 0) {
                return CycloneDxXml::read;
            }
            throw new SbomException("it is UTF-16 or UTF-32 text; write it as UTF-8");
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        text = text.startsWith("\ufeff") ? text.substring(1) : text;
        var stripped = text.stripLeading();
        if (stripped.isEmpty()) {
            throw new SbomException("it holds nothing but white space");
        }
        return switch (stripped.charAt(0)) {
            case '{' -> JsonDocument::read;
            case '<' -> CycloneDxXml::read;
            case '[' ->
                throw new SbomException(
                        "it is a JSON array, and the documents that are read are objects; " + READ_HERE);
            default -> ofLines(stripped);
        };
    }

    private static DocumentReading ofLines(String text) throws SbomException {
        var first = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
        if (first.startsWith("SPDXVersion:")) {
            return SpdxTagValue::read;
        }
        if (first.isEmpty() || first.toLowerCase(Locale.ROOT).startsWith("pkg:")) {
            return PackageUrlList::read;
        }
        throw new SbomException(
                "it begins with '" + InventoryDraft.shown(first) + "', which is no format that is known; " + READ_HERE);
    }

    private static void requireText(byte[] bytes) throws SbomException {
        if (begins(bytes, 0x1f, 0x8b)) {
            throw new SbomException(
                    "it is compressed with gzip; unpack it first (`gunzip -c FILE | plimsoll … sbom:-`)");
        }
        if (begins(bytes, 0x28, 0xb5, 0x2f, 0xfd)) {
            throw new SbomException(
                    "it is compressed with zstd; unpack it first (`zstd -dc FILE | plimsoll … sbom:-`)");
        }
        if (begins(bytes, 'P', 'K', 3, 4)) {
            throw new SbomException("it is a zip archive or a spreadsheet; " + READ_HERE);
        }
    }

    /// Byte order marks, and the zero bytes of what has none.
    private static boolean isWide(byte[] bytes) {
        return begins(bytes, 0xfe, 0xff)
                || begins(bytes, 0xff, 0xfe)
                || (bytes.length > 1 && (bytes[0] == 0 || bytes[1] == 0));
    }

    private static boolean begins(byte[] bytes, int... with) {
        if (bytes.length < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[i] & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
