package dev.plimsoll.inventory.license;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// Licences whose texts lie beside a package: Debian's copyright files in prose, and files named `LICENSE` or `COPYING`
/// in the folder of a package of npm or Python. Those of Debian are keyed by the folder of documents, as
/// {@link dev.plimsoll.inventory.dpkg.DpkgCopyrightAnalyzer} keys them; the others by `folder:` and the folder that the
/// package's own evidence lies in. Stateless: one instance serves all threads.
///
/// Source: Debian Policy 12.5; npm, "package.json", `license`; PyPA, "Core metadata", `License-File`, and PEP 639.
public final class LicenseFileAnalyzer implements Analyzer {

    /// What the key of a fact begins with that belongs to the package of a folder.
    public static final String FOLDER = "folder:";

    private static final Pattern DEBIAN = Pattern.compile("usr/share/doc/([^/]+)/copyright");
    private static final Pattern NODE = Pattern.compile("(.*/?node_modules/(?:@[^/]+/)?[^/]+)/[^/]+");
    private static final Pattern PYTHON = Pattern.compile("(.*\\.(?:dist-info|egg-info))/(?:licenses/)?[^/]+");

    /// In bytes: where the machine-readable form of Debian's files says what it is.
    private static final int BEGINNING = 64 << 10;

    /// In bytes.
    private static final int LINE = 256;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "license-file",
                    1,
                    "Texts of licences",
                    WantedPaths.of(
                                    "usr/share/doc/*/copyright",
                                    "**/node_modules/*/{license,licence,copying}*",
                                    "**/node_modules/@*/*/{license,licence,copying}*",
                                    "**/*.dist-info/{license,licence,copying}*",
                                    "**/*.dist-info/licenses/{license,licence,copying}*",
                                    "**/*.egg-info/{license,licence,copying}*")
                            .ignoringCase())
            .gives("licences by their texts")
            .limit("a file", TextShingles.MAX_BYTES, "bytes")
            .source("the official texts of the SPDX licence list, as hashes of runs of words")
            .proof("texts of Debian's /usr/share/common-licenses and of npm packages");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var content = file.content();
        var debian = DEBIAN.matcher(file.path());
        if (debian.matches()) {
            // most name their form in the first line
            var start = content.readNBytes(LINE);
            if (!isElsewhere(start)) {
                var beginning = Arrays.copyOf(start, BEGINNING);
                var length = start.length + content.readNBytes(beginning, start.length, BEGINNING - start.length);
                beginning = Arrays.copyOf(beginning, length);
                if (!isElsewhere(beginning)) {
                    var whole = new SequenceInputStream(new ByteArrayInputStream(beginning), content);
                    add(PackageType.DEB, debian.group(1), whole, facts);
                }
            }
            return;
        }
        var node = NODE.matcher(file.path());
        if (node.matches()) {
            add(PackageType.NPM, FOLDER + node.group(1), content, facts);
            return;
        }
        var python = PYTHON.matcher(file.path());
        if (python.matches()) {
            add(PackageType.PYPI, FOLDER + python.group(1), content, facts);
        }
    }

    /// The machine-readable form names its licences, and where the text lies is read elsewhere.
    private static boolean isElsewhere(byte[] beginning) {
        // a character a byte: what is looked for is ASCII
        var text = new String(beginning, StandardCharsets.ISO_8859_1);
        return text.contains("Format:")
                || text.contains("Format-Specification:")
                || text.contains("/usr/share/common-licenses/");
    }

    private static void add(PackageType type, String key, InputStream content, FactSink facts) throws IOException {
        var ids = LicenseFingerprints.KNOWN.recognise(content);
        if (!ids.isEmpty()) {
            facts.add(new Fact.Licenses(type, key, ids));
        }
    }
}
