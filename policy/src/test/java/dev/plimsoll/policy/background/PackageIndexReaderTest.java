package dev.plimsoll.policy.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.purl.PackageType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Reading a package index.
final class PackageIndexReaderTest {

    private static PackageIndex read(String text) throws JsonException {
        return PackageIndexReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsYaml() throws JsonException {
        var index = read("""
                packages:
                  npm:
                    "@babel/core": {latest: 7.10, versions: [7.9, 7.10, 8]}
                  gem: {}
                """);
        var entry = index.find(PackageType.NPM, "@babel/core").orElseThrow();
        assertThat(entry.latest()).contains("7.10");
        assertThat(entry.versions()).containsExactly("7.9", "7.10", "8");
        assertThat(index.covers(PackageType.GEM)).isTrue();
        assertThat(index.covers(PackageType.PYPI)).isFalse();
        assertThat(index.find(PackageType.GEM, "rack")).isEmpty();
    }

    @Test
    void readsJson() throws JsonException {
        assertThat(read("\n {\"packages\": {\"npm\": {\"a\": {\"versions\": [\"1.0\"]}}}}")
                        .find(PackageType.NPM, "a"))
                .contains(new PackageIndex.Entry(Optional.empty(), Collections.singleton("1.0")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "[] | at /packages: an object is needed",
                "{} | at /packages: an object is needed",
                "{\"packages\": []} | at /packages: an object is needed",
                "{\"packages\": {\"nmp\": {}}} | at /packages/nmp: no type of package",
                "{\"packages\": {\"npm\": []}} | at /packages/npm: an object is needed",
                "{\"packages\": {\"npm\": {\"@a/b\": 1}}} | at /packages/npm/@a~1b: an object is needed",
                "{\"packages\": {\"npm\": {\"a\": {\"newest\": 1}}}} | at /packages/npm/a/newest: no such member",
                "{\"packages\": {\"npm\": {\"a\": {\"latest\": []}}}} | at /packages/npm/a/latest: a version is needed",
                "{\"packages\": {\"npm\": {\"a\": {\"versions\": \"1\"}}}} | at /packages/npm/a/versions: a list is needed",
                "{\"packages\": {\"npm\": {\"a\": {\"versions\": [true]}}}} | at /packages/npm/a/versions/0: a version",
                "{\"packages\": {\"npm\": {\"\": {}}}} | at /packages/npm: a name or version is empty",
                "{\"packages\": {\"npm\": {}, \"npm\": {}}} | Duplicate field",
                "{\"packages\": | at",
                "a: [ | not YAML",
            },
            delimiter = '|')
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonException.class).hasMessageContaining(message);
    }

    @Test
    void limitsTextsAndVersions() throws JsonException {
        var most = "a".repeat(PackageIndexReader.MAX_TEXT);
        assertThat(read("{\"packages\": {\"npm\": {\"" + most + "\": {}}}}").find(PackageType.NPM, most))
                .isPresent();
        assertThatThrownBy(() -> read("{\"packages\": {\"npm\": {\"" + most + "a\": {}}}}"))
                .hasMessageContaining("over " + PackageIndexReader.MAX_TEXT + " characters");
        assertThat(read(versions(PackageIndexReader.MAX_VERSIONS))
                        .find(PackageType.NPM, "a")
                        .orElseThrow()
                        .versions())
                .hasSize(PackageIndexReader.MAX_VERSIONS);
        assertThatThrownBy(() -> read(versions(PackageIndexReader.MAX_VERSIONS + 1)))
                .hasMessageContaining("at /packages/npm/a/versions: over " + PackageIndexReader.MAX_VERSIONS);
    }

    @Test
    void limitsPackages() throws JsonException {
        assertThat(read(packages(PackageIndexReader.MAX_PACKAGES)).find(PackageType.NPM, "p1"))
                .isPresent();
        assertThatThrownBy(() -> read(packages(PackageIndexReader.MAX_PACKAGES + 1)))
                .hasMessageContaining("over " + PackageIndexReader.MAX_PACKAGES + " packages");
    }

    private static String packages(int count) {
        var text = new StringBuilder("{\"packages\": {\"npm\": {");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{}");
        }
        return text.append("}}}").toString();
    }

    private static String versions(int count) {
        var text = new StringBuilder("{\"packages\": {\"npm\": {\"a\": {\"versions\": [");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append('"').append(i).append('"');
        }
        return text.append("]}}}}").toString();
    }
}
