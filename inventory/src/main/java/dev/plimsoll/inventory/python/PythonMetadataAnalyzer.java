package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
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

/// Installed distributions of Python: `METADATA` of `.dist-info`, `PKG-INFO` of `.egg-info`, and `.egg-info` files.
///
/// Source: PyPA, "Core metadata specifications", fields `Name`, `Version`, `License`, `License-Expression`, `Classifier`; "Recording installed projects".
/// Stateless: one instance serves all threads.
public final class PythonMetadataAnalyzer implements Analyzer {

    private static final AnalyzerId ID = new AnalyzerId("python-metadata", 1);
    private static final String LICENSE_CLASSIFIER = "License ::";

    /// In bytes.
    static final int MAX_LINE = 256 << 10;

    /// In lines; the description follows the headers and is not read.
    static final int MAX_LINES = 20_000;

    private static final int MAX_LICENSE = 200;

    @Override
    public AnalyzerId id() {
        return ID;
    }

    @Override
    public WantedPaths wanted() {
        return WantedPaths.where(path -> {
            var lower = path.endsWith("METADATA") || path.endsWith("PKG-INFO") || path.endsWith("-info")
                    ? path.toLowerCase(Locale.ROOT)
                    : "";
            return lower.endsWith(".dist-info/metadata")
                    || lower.endsWith(".egg-info/pkg-info")
                    || lower.endsWith("egg-info/pkg-info")
                    || lower.endsWith(".egg-info");
        });
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var headers = new Headers();
        var lines = new LineReader(file.content(), MAX_LINE);
        for (int count = 0; count < MAX_LINES; count++) {
            switch (lines.next()) {
                case Line.Text(_, var text) -> {
                    if (!headers.accept(text)) {
                        headers.finish(facts);
                        return;
                    }
                }
                case Line.TooLong(var number) -> facts.unknown("line " + number, "line over " + MAX_LINE + " bytes");
                case Line.End() -> {
                    headers.finish(facts);
                    return;
                }
            }
        }
        headers.finish(facts);
    }

    /// Header fields up to the empty line.
    private static final class Headers {

        private String name = "";
        private String version = "";
        private String license = "";
        private String expression = "";
        private final List<String> classifiers = new ArrayList<>();

        /// @return whether more headers may follow
        boolean accept(String line) {
            if (line.isEmpty()) {
                return false;
            }
            var colon = line.indexOf(':');
            if (colon <= 0 || Character.isWhitespace(line.charAt(0))) {
                return true; // goes on with the field before
            }
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "name" -> name = name.isEmpty() ? value : name;
                case "version" -> version = version.isEmpty() ? value : version;
                case "license" -> license = value;
                case "license-expression" -> expression = value;
                case "classifier" -> {
                    if (value.startsWith(LICENSE_CLASSIFIER)) {
                        classifiers.add(value.substring(value.lastIndexOf("::") + 2).strip());
                    }
                }
                default -> {
                    // the other fields say nothing that is asked for here
                }
            }
            return true;
        }

        void finish(FactSink facts) {
            if (name.isEmpty() || version.isEmpty() || name.indexOf(' ') >= 0) {
                facts.unknown("", name.isEmpty() ? "metadata without a name" : "metadata of '" + name + "' without a version");
                return;
            }
            facts.add(PackageFound.ofLanguage(PackageType.PYPI, "", name, version, licenses(), ""));
        }

        /// An expression says most; then the field, unless it holds the whole text of a licence; then the classifiers.
        private List<String> licenses() {
            if (!expression.isEmpty()) {
                return List.of(expression);
            }
            var usable = !license.isEmpty() && license.length() <= MAX_LICENSE && !license.equalsIgnoreCase("unknown");
            return usable ? List.of(license) : classifiers;
        }
    }
}
