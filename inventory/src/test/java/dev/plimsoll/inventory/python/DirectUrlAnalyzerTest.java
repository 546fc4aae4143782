package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.PackageProperty;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectUrlAnalyzerTest {

    private static final String SHA256 = "015c1e5cf77a5b319c6577b890516561918fa9928bb3332a49259e6749155b72";

    private static Analyzed analyze(String text) {
        return Analyzed.by(new DirectUrlAnalyzer(), "srv/site/a-1.dist-info/direct_url.json", text);
    }

    private static Map<PackageProperty, String> properties(String text) {
        var analyzed = analyze(text);
        assertThat(analyzed.unknowns()).isEmpty();
        return analyzed.all(Fact.Properties.class).stream()
                .map(fact -> {
                    assertThat(fact.key()).isEqualTo("srv/site/a-1.dist-info");
                    return fact.values();
                })
                .findFirst()
                .orElse(Map.of());
    }

    @Test
    void aRepositoryIsNamedWithItsCommitAndWithoutWhoMayReadIt() {
        assertThat(properties("""
                {"url": "https://me:secret@example.org/a.git",
                 "vcs_info": {"vcs": "git", "requested_revision": "v1", "commit_id": "9ca6c1e0"}}
                """))
                .containsExactly(Map.entry(PackageProperty.VCS, "git+https://example.org/a.git@9ca6c1e0"));
        assertThat(properties("""
                {"url": "ssh://git@example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "9ca6c1e0"}}
                """))
                .containsExactly(Map.entry(PackageProperty.VCS, "git+ssh://git@example.org/a.git@9ca6c1e0"));
    }

    @Test
    void anArchiveHasAnAddressAndADigestOfEitherForm() {
        var expected = Map.of(
                PackageProperty.DOWNLOAD, "https://example.org/a.whl", PackageProperty.DIGEST, "sha256:" + SHA256);

        assertThat(properties("{\"url\": \"https://u@example.org/a.whl\", \"archive_info\": {\"hash\": \"sha256="
                        + SHA256 + "\"}}"))
                .isEqualTo(expected);
        assertThat(properties(
                        "{\"url\": \"https://example.org/a.whl\", \"archive_info\": {\"hashes\": {\"md5\": \"00\","
                                + " \"sha256\": \"" + SHA256 + "\"}}}"))
                .isEqualTo(expected);
        assertThat(properties("{\"url\": \"https://example.org/a.whl\", \"archive_info\": {\"hash\": \"crc=1\"}}"))
                .containsExactly(Map.entry(PackageProperty.DOWNLOAD, "https://example.org/a.whl"));
    }

    @Test
    void aFolderCountsWhereItIsWhatRuns() {
        assertThat(properties("{\"url\": \"file:///srv/a\", \"dir_info\": {\"editable\": true}}"))
                .containsExactly(Map.entry(PackageProperty.EDITABLE_FROM, "/srv/a"));
        assertThat(properties("{\"url\": \"file:///srv/a\", \"dir_info\": {}}")).isEmpty();
    }

    @Test
    void whatIsNoSuchDocumentIsUnknown() {
        assertThat(analyze("{}").unknowns()).containsExactly("it names no url");
        assertThat(analyze("[1]").unknowns()).containsExactly("the document is no object");
    }
}
