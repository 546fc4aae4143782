package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FileClaim;
import dev.plimsoll.purl.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstalledFilesTest {

    private static final String PATH = "usr/lib/python3/site/a-1.dist-info/RECORD";

    /// SHA-256 of nothing.
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String EMPTY_BASE64 = "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

    private static List<FileClaim> claims(String text) {
        var analyzed = Analyzed.by(new PythonFileClaimsAnalyzer(), PATH, text);
        assertThat(analyzed.unknowns()).isEmpty();
        return analyzed.all(Fact.FileClaims.class).getFirst().claims();
    }

    @Test
    void pathsAreTakenFromTheFolderOfTheDistribution() {
        assertThat(claims("a.py," + EMPTY_BASE64
                        + ",0\n\"../../../bin/a, \"\"b\"\"\",,\n/etc/a,md5=00,1\n./a-1.dist-info/RECORD,,\n"))
                .extracting(claim -> claim.path() + " " + claim.digest())
                .containsExactly(
                        "usr/lib/python3/site/a.py " + EMPTY,
                        "usr/bin/a, \"b\" ",
                        "etc/a ",
                        "usr/lib/python3/site/a-1.dist-info/RECORD ");
    }

    @Test
    void compiledModulesNeedNotBeThere() {
        assertThat(claims("a.py,,\n__pycache__/a.cpython-311.pyc,,\n"))
                .extracting(FileClaim::optional)
                .containsExactly(false, true);
    }

    @Test
    void theOwnerIsNamedByTheFolder() {
        var owned = Analyzed.by(new InstalledFilesAnalyzer(), PATH, "a.py,,\n")
                .all(Fact.OwnedFiles.class)
                .getFirst();

        assertThat(owned.type()).isEqualTo(PackageType.PYPI);
        assertThat(owned.key()).isEqualTo("usr/lib/python3/site/a-1.dist-info");
        assertThat(owned.paths()).containsExactly("usr/lib/python3/site/a.py");
    }

    @Test
    void whatIsBrokenIsUnknownAndTheRestStays() {
        var analyzed = Analyzed.by(
                new InstalledFilesAnalyzer(),
                PATH,
                "a.py\n../../../../../up,,\nb.py,sha256=AAAA,1\nc.py,sha256=!,1\nd.py,,\n,,\n"
                        + "x".repeat(InstalledFiles.MAX_LINE + 1) + "\n");

        assertThat(analyzed.all(Fact.OwnedFiles.class).getFirst().paths()).containsExactly("usr/lib/python3/site/d.py");
        assertThat(analyzed.unknowns())
                .containsExactly(
                        "line 1: no path, digest and size of a file",
                        "line 2: no path, digest and size of a file",
                        "line 3: no path, digest and size of a file",
                        "line 4: no path, digest and size of a file",
                        "line 6: no path, digest and size of a file",
                        "line 7: line over " + InstalledFiles.MAX_LINE + " bytes");
    }

    @Test
    void theNumberOfFilesHasALimit() {
        var analyzed = Analyzed.by(new InstalledFilesAnalyzer(), PATH, "a.py,,\n".repeat(InstalledFiles.MAX_FILES + 1));

        assertThat(analyzed.all(Fact.OwnedFiles.class).getFirst().paths()).hasSize(InstalledFiles.MAX_FILES);
        assertThat(analyzed.unknowns())
                .containsExactly("line " + (InstalledFiles.MAX_FILES + 1) + ": over " + InstalledFiles.MAX_FILES
                        + " files; the rest was not read");
    }
}
