package dev.plimsoll.inventory.license;

import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes `license-fingerprints.txt` of the official texts: `LicenseFingerprintGenerator LICENSES OUT`, where LICENSES
/// is
/// the folder `licenses` of the npm package `spdx-license-list` (one JSON object a licence, member `licenseText`).
final class LicenseFingerprintGenerator {

    /// The most common, and those that would be taken for them.
    private static final List<String> IDS = List.of(
            "0BSD",
            "AFL-2.1",
            "AGPL-3.0-only",
            "Apache-1.1",
            "Apache-2.0",
            "Artistic-1.0-Perl",
            "Artistic-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "BSD-4-Clause",
            "BSL-1.0",
            "BlueOak-1.0.0",
            "CC-BY-3.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC0-1.0",
            "CDDL-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "GFDL-1.2-only",
            "GFDL-1.3-only",
            "GPL-1.0-only",
            "GPL-2.0-only",
            "GPL-3.0-only",
            "HPND",
            "ISC",
            "LGPL-2.0-only",
            "LGPL-2.1-only",
            "LGPL-3.0-only",
            "MIT",
            "MIT-0",
            "MPL-1.1",
            "MPL-2.0",
            "NCSA",
            "OFL-1.1",
            "OpenSSL",
            "PSF-2.0",
            "Python-2.0",
            "Ruby",
            "UPL-1.0",
            "Unlicense",
            "W3C",
            "WTFPL",
            "X11",
            "ZPL-2.1",
            "Zlib");

    private LicenseFingerprintGenerator() {}

    /// The list's text of the lesser licence has the whole of the other behind it.
    private static String withoutAnother(String text) {
        int other = text.startsWith("GNU LESSER") ? text.indexOf("GNU GENERAL PUBLIC LICENSE\n") : -1;
        return other < 0 ? text : text.substring(0, other);
    }

    public static void main(String[] arguments) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("# Fingerprints of licences: an SPDX identifier, a tab, and in Base64 the lowest "
                + LicenseFingerprints.SAMPLE + " hashes (unsigned, 64 bits)");
        lines.add("# of the runs of " + TextShingles.WORDS
                + " words of its text. Made by LicenseFingerprintGenerator of the npm package spdx-license-list.");
        for (var id : IDS) {
            var text = Files.readString(Path.of(arguments[0], id + ".json"));
            var license = (JsonObject) JsonReader.read(text, JsonLimits.FOREIGN);
            var words = withoutAnother(license.string("licenseText").orElseThrow());
            lines.add(LicenseFingerprints.line(id, new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8))));
        }
        Files.write(Path.of(arguments[1]), lines);
    }
}
