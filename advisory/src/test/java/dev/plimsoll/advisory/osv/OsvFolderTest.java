package dev.plimsoll.advisory.osv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.Exploitation;
import dev.plimsoll.advisory.ExploitationCoverage;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OsvFolderTest {

    private static final String LODASH = """
            {"id": "ACME-1", "aliases": ["CVE-2019-10744"], "affected": [{"package": {"ecosystem": "npm", "name": "lodash"},
             "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "4.17.12"}]}]}]}
            """;

    @TempDir
    private Path folder;

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void answersAsADatabaseDoes() throws IOException {
        write("npm/acme-1.json", LODASH);
        write(
                "acme-2.yaml",
                "id: ACME-2\nwithdrawn: '2024-01-02T00:00:00Z'\naffected:\n- package: {ecosystem: npm, name: lodash}\n"
                        + "  versions: ['4.0.0']\n");
        write("notes.txt", "not a record");
        try (var source = OsvFolder.read(folder)) {
            var npm = Ecosystem.of(PackageType.NPM);
            assertThat(source.find(npm, "lodash"))
                    .as("withdrawn records hit nothing")
                    .extracting(item -> item.advisory().id())
                    .containsExactly("ACME-1");
            assertThat(source.find(npm, "underscore")).isEmpty();
            assertThat(source.find(Ecosystem.of(PackageType.PYPI), "lodash")).isEmpty();
            assertThat(source.named("CVE-2019-10744")).extracting(Advisory::id).containsExactly("ACME-1");
            assertThat(source.named("ACME-2")).extracting(Advisory::id).containsExactly("ACME-2");
            assertThat(source.packagesOf("ACME-2")).hasSize(1);
            assertThat(source.coverage()).containsExactly(new Coverage(npm, 2));
            assertThat(source.builtAt()).isEmpty();
            assertThat(source.exploitationCoverage()).isEqualTo(ExploitationCoverage.NONE);
            assertThat(source.exploitation("CVE-2019-10744")).isEqualTo(Exploitation.NONE);
            assertThat(source.lifecycle(new DistributionRelease("debian", "12")))
                    .isEmpty();
        }
    }

    @Test
    void itsDigestSpeaksOfNamesAndContents() throws IOException {
        write("a.json", LODASH);
        var first = OsvFolder.read(folder).digests();
        assertThat(OsvFolder.read(folder).digests()).isEqualTo(first);
        write("notes.txt", "no record");
        assertThat(OsvFolder.read(folder).digests()).isEqualTo(first);
        write("a.json", LODASH + " ");
        assertThat(OsvFolder.read(folder).digests()).isNotEqualTo(first);
    }

    @Test
    void namesFilePlaceAndRemedyOfABrokenRecord() throws IOException {
        write("good.json", LODASH);
        write("sub/broken.json", "{\n  \"id\": \"ACME-3\",\n  \"affected\": [}\n}\n");
        assertThatThrownBy(() -> OsvFolder.read(folder))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining(folder.resolve("sub/broken.json").toString())
                .hasMessageContaining("line 3")
                .hasMessageEndingWith("correct the record, or take it out of the folder");
    }

    @Test
    void namesTheRecordWhoseEcosystemIsNotKnown() throws IOException {
        write("a.json", LODASH.replace("\"npm\"", "\"npn\""));
        assertThatThrownBy(() -> OsvFolder.read(folder))
                .hasMessage(
                        folder.resolve("a.json") + ", ACME-1: ecosystem 'npn' is not known here; correct the record, or"
                                + " take it out of the folder");
    }

    @Test
    void saysWhenThereIsNothingToRead() {
        assertThatThrownBy(() -> OsvFolder.read(folder))
                .isInstanceOf(AdvisoryException.class)
                .hasMessage("there are no OSV records (.json, .yaml) in " + folder);
        assertThatThrownBy(() -> OsvFolder.read(folder.resolve("none")))
                .isInstanceOf(AdvisoryException.class)
                .hasMessage("there is no folder of advisories " + folder.resolve("none")
                        + ": name a folder of OSV records with --advisories");
    }

    @Test
    void readsAsManyFilesAndBytesAsTheLimitsAllow() throws IOException {
        write("a.json", LODASH);
        write("b.json", LODASH);
        var bytes = 2L * LODASH.length();
        assertThat(OsvFolder.read(folder, 2, bytes).coverage()).hasSize(1);
        assertThatThrownBy(() -> OsvFolder.read(folder, 1, bytes))
                .hasMessage(
                        "there are over 1 records in " + folder + "; build a database from them (plimsoll db build)");
        assertThatThrownBy(() -> OsvFolder.read(folder, 2, bytes - 1))
                .hasMessage("the records in " + folder + " are over " + (bytes - 1)
                        + " bytes; build a database from them (plimsoll db build)");
    }
}
