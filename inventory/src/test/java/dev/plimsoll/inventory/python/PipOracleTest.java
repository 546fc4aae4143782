package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.image.ReadOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.RealImage;
import dev.plimsoll.inventory.analysis.AnalysisSettings;
import dev.plimsoll.inventory.content.FileDeviation;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.inventory.scan.ScanLimits;
import dev.plimsoll.inventory.scan.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What real pip records: a project whose build needs nothing but Python is installed in each of its ways.
class PipOracleTest {

    /// A build backend, after PEP 517 and PEP 660.
    private static final String BACKEND = """
            import base64, hashlib, os, zipfile
            NAME = "plim_demo-1.2"
            def wheel(folder, files):
                info = NAME + ".dist-info/"
                files[info + "METADATA"] = "Metadata-Version: 2.1\\nName: plim-demo\\nVersion: 1.2\\n"
                files[info + "WHEEL"] = "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
                files[info + "entry_points.txt"] = "[console_scripts]\\nplim = plim_demo:main\\n"
                files[NAME + ".data/data/share/a, b.txt"] = "data"
                record = ""
                for name, text in files.items():
                    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
                    record += '"%s",sha256=%s,%d\\n' % (name, digest, len(text))
                files[info + "RECORD"] = record + info + "RECORD,,\\n"
                with zipfile.ZipFile(os.path.join(folder, NAME + "-py3-none-any.whl"), "w") as archive:
                    for name, text in files.items():
                        archive.writestr(name, text)
                return NAME + "-py3-none-any.whl"
            def build_wheel(folder, settings=None, metadata=None):
                return wheel(folder, {"plim_demo.py": "def main(): pass\\n"})
            def build_editable(folder, settings=None, metadata=None):
                return wheel(folder, {"plim_demo.pth": os.getcwd() + "\\n"})
            """;

    private static final String FILES = """
            import importlib.metadata, os, sys
            root = os.path.realpath(sys.argv[1])
            for folder, names, files in os.walk(root):
                if any(n.endswith('.dist-info') for n in names):
                    for d in importlib.metadata.distributions(path=[folder]):
                        for f in d.files:
                            print(os.path.relpath(os.path.normpath(d.locate_file(f)), root))
            """;

    @TempDir
    Path folder;

    private Path project;
    private Path root;

    @BeforeEach
    void writeProject() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(project.resolve("backend.py"), BACKEND);
        Files.writeString(project.resolve("pyproject.toml"), """
                [project]
                name = "plim-demo"
                version = "1.2"
                [build-system]
                requires = []
                build-backend = "backend"
                backend-path = ["."]
                """);
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        return RealImage.answers(folder, List.of(command));
    }

    private void install(String... what) throws IOException, InterruptedException {
        // a machine may have Python without pip
        if (!run("python3", "-c", "import importlib.util; print(importlib.util.find_spec('pip') is not None)")
                .equals(List.of("True"))) {
            run("sh", "-c", "exit 127 # python3-pip");
        }
        var command = new ArrayList<>(List.of(
                "python3",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-deps",
                "--no-index",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--prefix",
                root.resolve("usr").toString()));
        command.addAll(List.of(what));
        run(command.toArray(String[]::new));
    }

    private Inventory scan(AnalysisSettings settings) throws IOException {
        try (var image = Images.open("dir:" + root, OpenOptions.defaults())) {
            return ImageScanner.scan(
                    image,
                    new ScanOptions(
                            settings, Optional.empty(), List.of(), ReadOptions.defaults(), ScanLimits.DEFAULTS));
        }
    }

    private ImagePackage onlyPackage() throws IOException {
        var packages = scan(AnalysisSettings.defaults()).packages();
        assertThat(packages).extracting(ImagePackage::name).containsExactly("plim-demo");
        return packages.getFirst();
    }

    @Test
    void aRepositoryIsInThePackageUrl() throws IOException, InterruptedException {
        run("git", "-C", project.toString(), "init", "--quiet");
        run("git", "-C", project.toString(), "add", ".");
        run("git", "-C", project.toString(), "-c", "user.email=a@b", "-c", "user.name=n", "commit", "-qm", "x");
        var commit = run("git", "-C", project.toString(), "rev-parse", "HEAD").getFirst();
        install("git+file://" + project);

        var found = onlyPackage();
        assertThat(found.purl().qualifiers()).containsEntry("vcs_url", "git+file://" + project + "@" + commit);
        assertThat(found.properties()).doesNotContainKey(PackageProperty.DOWNLOAD);
    }

    @Test
    void anEditableInstallationNamesItsFolder() throws IOException, InterruptedException {
        install("-e", project.toString());

        assertThat(onlyPackage().properties()).containsEntry(PackageProperty.EDITABLE_FROM, project.toString());
    }

    @Test
    void anArchiveHasItsDigest() throws IOException, InterruptedException {
        run(
                "python3",
                "-c",
                "import sys; sys.path[0] = sys.argv[1]; import backend; backend.build_wheel('.')",
                project.toString());
        var wheel = folder.resolve("plim_demo-1.2-py3-none-any.whl");
        install(wheel.toString());

        var digest = run("sha256sum", wheel.toString()).getFirst().substring(0, 64);
        assertThat(onlyPackage().properties()).containsEntry(PackageProperty.DIGEST, "sha256:" + digest);
    }

    @Test
    void theFilesAreThoseThatPythonNamesAndChangesAreSeen() throws IOException, InterruptedException {
        install(project.toString());

        var expected = new TreeSet<>(run("python3", "-c", FILES, root.toString()));
        assertThat(expected).hasSizeGreaterThan(8).anyMatch(path -> path.endsWith("bin/plim"));
        var found = onlyPackage();
        assertThat(found.ownedFiles()).containsExactlyElementsOf(expected);
        assertThat(found.ownedBy()).isEmpty();

        assertThat(deviations()).isEmpty();
        var module = expected.stream()
                .filter(path -> path.endsWith("plim_demo.py"))
                .findFirst()
                .orElseThrow();
        var program = expected.stream()
                .filter(path -> path.endsWith("bin/plim"))
                .findFirst()
                .orElseThrow();
        Files.writeString(root.resolve(module), "def main(): raise ValueError\n");
        Files.delete(root.resolve(program));
        for (var compiled :
                expected.stream().filter(path -> path.endsWith(".pyc")).toList()) {
            Files.delete(root.resolve(compiled));
        }
        assertThat(deviations())
                .containsExactlyInAnyOrder(
                        module + " " + FileDeviation.Kind.CHANGED, program + " " + FileDeviation.Kind.MISSING);
    }

    private List<String> deviations() throws IOException {
        return scan(AnalysisSettings.defaults().withVerification(true)).contents().verification().orElseThrow().stream()
                .map(found -> found.path() + " " + found.kind())
                .toList();
    }
}
