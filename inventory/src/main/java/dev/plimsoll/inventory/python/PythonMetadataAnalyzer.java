package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact.PackageFound;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.lines.LineReader;
import dev.plimsoll.inventory.lines.LineReader.Line;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Installed distributions of Python: `METADATA` of `.dist-info`, `PKG-INFO` of `.egg-info`, and `.egg-info` files.
///
/// Source: PyPA, "Core metadata specifications", fields `Name`, `Version`, `License`, `License-Expression`,
/// `Classifier`; "Recording installed projects".
/// Stateless: one instance serves all threads.
public final class PythonMetadataAnalyzer implements Analyzer {

    private static final String LICENSE_CLASSIFIER = "License ::";

    /// A project's name. Source: PyPA, "Names and normalization".
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]");

    /// In bytes.
    static final int MAX_LINE = 256 << 10;

    /// In characters, of all header fields; the description follows them and is not read.
    static final int MAX_HEADERS = 1 << 20;

    /// In characters, of a name or a version.
    static final int MAX_NAME = 512;

    /// In characters; a longer licence is its text and not its name.
    static final int MAX_LICENSE = 200;

    /// In licence classifiers of one distribution.
    static final int MAX_CLASSIFIERS = 100;

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-metadata",
                    2,
                    "Python",
                    WantedPaths.of("**/*.dist-info/metadata", "**/*egg-info/pkg-info", "**/*.egg-info")
                            .ignoringCase())
            .yields(PackageType.PYPI)
            .gives("licences")
            .limit("a line", MAX_LINE, "bytes")
            .limit("a file", MAX_HEADERS, "headers")
            .source("Python packaging, core metadata specification")
            .proof("importlib.metadata, pip list");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var headers = new Headers();
        var lines = new LineReader(file.content(), MAX_LINE);
        var reading = true;
        for (long length = 0; reading; ) {
            switch (lines.next()) {
                case Line.Text(var _, var text) -> {
                    length += text.length() + 1;
                    if (length > MAX_HEADERS) {
                        facts.unknown("", "header fields over " + MAX_HEADERS + " characters; the rest was not read");
                    }
                    reading = length <= MAX_HEADERS && headers.accept(text);
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> reading = false;
            }
        }
        headers.finish(facts);
    }

    /// Header fields up to the empty line.
    private static final class Headers {

        private String name = "";
        private String version = "";
        private String license = "";
        private boolean inLicense;
        private boolean licenseGoesOn;
        private String expression = "";
        private final List<String> classifiers = new ArrayList<>();

        /// @return whether more headers may follow
        boolean accept(String line) {
            if (line.isEmpty()) {
                return false;
            }
            var colon = line.indexOf(':');
            if (colon <= 0 || Character.isWhitespace(line.charAt(0))) {
                licenseGoesOn |= inLicense && !line.isBlank();
                return true; // goes on with the field before
            }
            inLicense = false;
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "name" -> name = name.isEmpty() ? value : name;
                case "version" -> version = version.isEmpty() ? value : version;
                case "license" -> {
                    license = value;
                    inLicense = true;
                    licenseGoesOn = false;
                }
                case "license-expression" -> expression = value;
                case "classifier" -> {
                    if (value.startsWith(LICENSE_CLASSIFIER)
                            && value.length() <= MAX_LICENSE
                            && classifiers.size() < MAX_CLASSIFIERS) {
                        classifiers.add(
                                value.substring(value.lastIndexOf("::") + 2).strip());
                    }
                }
                default -> {
                    // the other fields say nothing that is asked for here
                }
            }
            return true;
        }

        void finish(FactSink facts) {
            if (name.isEmpty()) {
                facts.unknown("", "metadata without a name");
                return;
            }
            if (name.length() > MAX_NAME || version.length() > MAX_NAME) {
                facts.unknown("", "name or version over " + MAX_NAME + " characters");
                return;
            }
            if (!NAME.matcher(name).matches()) {
                facts.unknown("", "'" + name + "' is no name of a project");
                return;
            }
            if (version.isEmpty()) {
                facts.unknown("", "metadata of '" + name + "' without a version");
                return;
            }
            facts.add(PackageFound.ofLanguage(PackageType.PYPI, "", name, version, licenses(), ""));
        }

        /// An expression says most; then the field, unless it holds the whole text of a licence; then the classifiers.
        private List<String> licenses() {
            if (!expression.isEmpty() && expression.length() <= MAX_NAME) {
                return List.of(expression);
            }
            var usable = !license.isEmpty()
                    && !licenseGoesOn
                    && license.length() <= MAX_LICENSE
                    && !license.equalsIgnoreCase("unknown");
            return usable ? List.of(license) : classifiers;
        }
    }
}
