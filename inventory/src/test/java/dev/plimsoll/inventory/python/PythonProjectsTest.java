package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import dev.plimsoll.inventory.PackageProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// What projects declare, and what is installed otherwise than as a `.dist-info`.
class PythonProjectsTest {

    private static List<String> lines(Analyzer analyzer, String path, String text) {
        var analyzed = Analyzed.by(analyzer, path, text);
        assertThat(analyzed.unknowns()).isEmpty();
        assertThat(analyzed.packages()).allMatch(found -> found.evidence() == Evidence.DECLARED);
        return analyzed.packages().stream()
                .map(found -> found.name() + " " + found.version() + " "
                        + found.properties().getOrDefault(PackageProperty.SCOPE, "-") + " " + found.dependencies())
                .toList();
    }

    @Test
    void onlyWhatIsPinnedIsKnown() {
        assertThat(lines(new RequirementsAnalyzer(), "srv/requirements-web.txt", """
                # a comment
                -r base.txt
                --index-url https://index.example/simple
                -e /src/own
                Flask == 2.3.2  # why
                requests[socks,security]===2.31.0 ; python_version > "3"
                zope.interface==8.7 \\
                    --hash=sha256:%1$s \\
                    --hash=sha256:%1$s
                open>=1.0
                range==1.*
                both>=1,<2
                bare
                own @ file:///src/own
                ==1.0
                last==1!2.0.post1+local""".formatted("0".repeat(64))))
                .containsExactly(
                        "Flask 2.3.2 - []",
                        "requests 2.31.0 - []",
                        "zope.interface 8.7 - []",
                        "last 1!2.0.post1+local - []");
    }

    @Test
    void aSingleHashIsTheDigest() {
        var digest = "0a".repeat(32);
        var found = Analyzed.by(new RequirementsAnalyzer(), "requirements.txt", "a==1 --hash=sha256:" + digest + "\n")
                .packages()
                .getFirst();

        assertThat(found.properties()).isEqualTo(Map.of(PackageProperty.DIGEST, "sha256:" + digest));
    }

    @Test
    void requirementsHoldToTheirLimitOfBytes() {
        var analyzed = Analyzed.by(
                new RequirementsAnalyzer(),
                "requirements.txt",
                "a==1\nb==1 #" + "x".repeat(RequirementsAnalyzer.MAX_LINE) + "\nc==1\n");

        assertThat(analyzed.names()).containsExactly("a 1", "c 1");
        assertThat(analyzed.unknowns()).containsExactly("line 2: line over 16384 bytes");
    }

    @Test
    void pipenvTellsDevelopmentApart() {
        assertThat(lines(new PipfileLockAnalyzer(), "Pipfile.lock", """
                {"_meta": {"hash": {}, "requires": {"version": "==3.11"}},
                 "default": {"flask": {"hashes": [], "index": "pypi", "version": "==2.3.2"}, "own": {"path": "."}},
                 "develop": {"pytest": {"version": "==7.4.0"}, "flask": {"version": "==2.3.2"}}}
                """))
                .containsExactly("flask 2.3.2 - []", "pytest 7.4.0 development []");
    }

    @Test
    void poetrysOlderAndLaterGroups() {
        assertThat(lines(new PythonLockAnalyzer(), "poetry.lock", """
                [[package]]
                name = "Jinja2"
                version = "3.1.6"
                optional = false
                groups = ["main", "dev"]

                [package.dependencies]
                MarkupSafe = ">=2.0"
                python = "*"

                [[package]]
                name = "markupsafe"
                version = "3.0.4"
                category = "main"
                optional = true

                [[package]]
                name = "pytest"
                version = "7.4.0"
                category = "dev"
                optional = false

                [metadata]
                lock-version = "2.0"
                """))
                .containsExactly(
                        "Jinja2 3.1.6 - [markupsafe]", "markupsafe 3.0.4 optional []", "pytest 7.4.0 development []");
    }

    @Test
    void pdmListsRequirements() {
        assertThat(lines(new PythonLockAnalyzer(), "pdm.lock", """
                [metadata]
                groups = ["default", "dev"]

                [[package]]
                name = "flask"
                version = "2.3.2"
                groups = ["default"]
                dependencies = ["Jinja2>=3.1.2", "importlib-metadata>=3.6.0; python_version < \\"3.10\\""]

                [[package]]
                name = "pytest"
                version = "7.4.0"
                groups = ["dev"]
                """))
                .containsExactly("flask 2.3.2 - [jinja2, importlib-metadata]", "pytest 7.4.0 development []");
    }

    @Test
    void uvSaysAtTheProjectWhatIsForDevelopment() {
        assertThat(lines(new PythonLockAnalyzer(), "uv.lock", """
                version = 1

                [[package]]
                name = "jinja2"
                version = "3.1.6"
                source = { registry = "https://index.example/simple" }
                dependencies = [{ name = "markupsafe" }]

                [[package]]
                name = "markupsafe"
                version = "3.0.4"
                source = { registry = "https://index.example/simple" }

                [[package]]
                name = "pytest"
                version = "7.4.0"
                source = { registry = "https://index.example/simple" }

                [[package]]
                name = "sample"
                version = "0.1.0"
                source = { virtual = "." }
                dependencies = [{ name = "jinja2" }]

                [package.dev-dependencies]
                dev = [{ name = "pytest" }]
                """))
                .containsExactly("jinja2 3.1.6 - [markupsafe]", "markupsafe 3.0.4 - []", "pytest 7.4.0 development []");
    }

    @Test
    void theCommonLockFile() {
        assertThat(lines(new PythonLockAnalyzer(), "pylock.web.toml", """
                lock-version = "1.0"
                created-by = "uv"

                [[packages]]
                name = "jinja2"
                version = "3.1.6"
                dependencies = [{ name = "markupsafe" }]

                [[packages]]
                name = "own"
                directory = { path = "." }
                """))
                .containsExactly("jinja2 3.1.6 - [markupsafe]");
    }

    @Test
    void aSetupScriptsLiteralList() {
        assertThat(lines(new SetupScriptAnalyzer(), "setup.py", """
                setup(
                    name='own', version='1.0',
                    install_requires=[
                        'flask==2.3.2',  # 'commented==1'
                        "requests[socks]==2.31.0; python_version>'3'",
                        'open>=1', NAME + '==1',
                    ],
                    tests_require=['pytest==7.4.0'],
                )
                """))
                .containsExactly("flask 2.3.2 - []", "requests 2.31.0 - []");
    }

    @Test
    void metadataSaysWhatItNeedsWithoutExtras() {
        var found = Analyzed.by(new PythonMetadataAnalyzer(), "a.dist-info/METADATA", """
                Metadata-Version: 2.1
                Name: Sample
                Version: 1.0
                Requires-Dist: Zope_Interface>=2; python_version > "3"
                Requires-Dist: requests[socks] (>=2)
                Requires-Dist: pytest ; extra == 'test'

                Requires-Dist: text
                """)
                .packages()
                .getFirst();

        assertThat(found.dependencies()).containsExactly("zope-interface", "requests");
    }

    @Test
    void anEggInAnArchive() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("sample/__init__.py"));
            zip.write("x = 1\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("EGG-INFO/PKG-INFO"));
            zip.write("Metadata-Version: 1.0\nName: sample\nVersion: 1.2\nLicense: MIT\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        var egg = out.toByteArray();

        var analyzed = Analyzed.by(new EggAnalyzer(), "usr/lib/sample-1.2-py3.egg", egg);
        assertThat(analyzed.names()).containsExactly("sample 1.2 @EGG-INFO/PKG-INFO");
        assertThat(analyzed.licenses()).containsExactly("MIT");
        assertThat(Analyzed.by(new EggAnalyzer(), "a.egg", java.util.Arrays.copyOf(egg, 60))
                        .unknowns())
                .hasSize(1);
        assertThat(Analyzed.by(new EggAnalyzer(), "a.egg", "no archive").unknowns())
                .containsExactly("an egg without EGG-INFO/PKG-INFO");
    }

    @Test
    void condaOwnsTheDistributionInIt() {
        var analyzed = Analyzed.by(
                new CondaAnalyzer(), "opt/conda/conda-meta/flask-2.3.2-py311_0.json", """
                {"name": "flask", "version": "2.3.2", "build": "py311_0", "subdir": "linux-64", "license": "BSD-3-Clause",
                 "channel": "https://conda.example/conda-forge/linux-64", "sha256": "%s",
                 "url": "https://conda.example/t/secret/flask.conda",
                 "depends": ["python >=3.11,<3.12.0a0", "werkzeug >=2.3.3", "__glibc >=2.17"],
                 "files": ["lib/python3.11/site-packages/flask-2.3.2.dist-info/METADATA", "/etc/passwd"]}
                """.formatted("0".repeat(64)));

        assertThat(analyzed.names()).containsExactly("flask 2.3.2");
        var found = analyzed.packages().getFirst();
        assertThat(found.qualifiers())
                .isEqualTo(Map.of("build", "py311_0", "subdir", "linux-64", "channel", "conda-forge"));
        assertThat(found.dependencies()).containsExactly("python", "werkzeug");
        assertThat(found.ownedFiles())
                .containsExactly("opt/conda/lib/python3.11/site-packages/flask-2.3.2.dist-info/METADATA");
        assertThat(found.licenses()).containsExactly("BSD-3-Clause");
        assertThat(found.properties()).isEqualTo(Map.of(PackageProperty.DIGEST, "sha256:" + "0".repeat(64)));
        assertThat(Analyzed.by(new CondaAnalyzer(), "conda-meta/a.json", "{}").unknowns())
                .containsExactly("a record without name or version");
    }
}
