package dev.plimsoll.inventory.license;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.PackageType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        var content = new BufferedInputStream(file.content(), BEGINNING);
        var debian = DEBIAN.matcher(file.path());
        if (debian.matches()) {
            content.mark(BEGINNING);
            var beginning = new String(content.readNBytes(BEGINNING), StandardCharsets.UTF_8);
            content.reset();
            // the machine-readable form names its licences, and where the text lies is read elsewhere
            if (!beginning.contains("Format:")
                    && !beginning.contains("Format-Specification:")
                    && !beginning.contains("/usr/share/common-licenses/")) {
                add(PackageType.DEB, debian.group(1), content, facts);
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

    private static void add(PackageType type, String key, BufferedInputStream content, FactSink facts)
            throws IOException {
        var ids = LicenseFingerprints.KNOWN.recognise(content);
        if (!ids.isEmpty()) {
            facts.add(new Fact.Licenses(type, key, ids));
        }
    }
}
