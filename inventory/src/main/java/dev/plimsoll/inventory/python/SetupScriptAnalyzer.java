package dev.plimsoll.inventory.python;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.inventory.declared.DeclaredPackage;
import dev.plimsoll.inventory.declared.DeclaredPackages;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Distributions that a `setup.py` pins to one version in a literal list of `install_requires`. Nothing is evaluated:
/// what the script computes is not seen.
///
/// Source: setuptools, "setup() keywords", `install_requires`. Stateless: one instance serves all threads.
public final class SetupScriptAnalyzer implements Analyzer {

    /// In bytes.
    static final int MAX_FILE = 1 << 20;

    private static final Pattern LIST = Pattern.compile("\\binstall_requires\\s*=\\s*\\[");
    private static final Pattern TEXT = Pattern.compile("#[^\\n]*|\"([^\"\\n\\\\]*)\"|'([^'\\n\\\\]*)'|(\\])");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "python-setup", 1, "Python", WantedPaths.of("**/setup.py"))
            .declared()
            .yields(PackageType.PYPI)
            .gives("what install_requires pins in literal texts")
            .limit("a file", MAX_FILE, "bytes")
            .source("setuptools, install_requires")
            .proof("written from the source");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "setup.py", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var code = new String(bytes.get(), StandardCharsets.UTF_8);
        var list = LIST.matcher(code);
        if (!list.find()) {
            return;
        }
        var packages = new DeclaredPackages(PackageType.PYPI, facts);
        var texts = TEXT.matcher(code);
        for (var at = list.end(); texts.find(at) && texts.group(3) == null; at = texts.end()) {
            var text = texts.group(1) == null ? texts.group(2) : texts.group(1);
            if (text != null) {
                Requirement.of(text)
                        .flatMap(found -> found.pinned().map(version -> DeclaredPackage.of("", found.name(), version)))
                        .ifPresent(packages::add);
            }
        }
        packages.finish();
    }
}
