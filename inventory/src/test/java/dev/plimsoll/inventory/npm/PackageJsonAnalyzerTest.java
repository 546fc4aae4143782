package dev.plimsoll.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.inventory.Analyzed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageJsonAnalyzerTest {

    private static final String PATH = "srv/node_modules/left-pad/package.json";
    private final PackageJsonAnalyzer analyzer = new PackageJsonAnalyzer();

    private Analyzed analyze(String text) {
        return Analyzed.by(analyzer, PATH, text);
    }

    @Test
    void readsNameAndVersion() {
        var analyzed = analyze("{\"name\": \"left-pad\", \"version\": \"1.3.0\", \"dependencies\": {\"a\": \"^1\"}}");

        assertThat(analyzed.names()).containsExactly("left-pad 1.3.0");
        assertThat(analyzed.unknowns()).isEmpty();
    }

    @Test
    void aScopeIsTheNamespace() {
        var found = analyze("{\"name\": \"@babel/core\", \"version\": \"7.1.0\"}")
                .packages()
                .getFirst();

        assertThat(List.of(found.namespace(), found.name(), found.version()))
                .containsExactly("@babel", "core", "7.1.0");
    }

    @Test
    void licensesStandInFourForms() {
        var start = "{\"name\": \"a\", \"version\": \"1.0.0\", ";

        assertThat(analyze(start + "\"license\": \"MIT\"}").licenses()).containsExactly("MIT");
        assertThat(analyze(start + "\"license\": {\"type\": \"ISC\", \"url\": \"u\"}}")
                        .licenses())
                .containsExactly("ISC");
        assertThat(analyze(start + "\"licenses\": [{\"type\": \"MIT\"}, \"BSD\", 7]}")
                        .licenses())
                .containsExactly("MIT", "BSD");
        assertThat(analyze(start + "\"licenses\": \"MIT\"}").licenses()).containsExactly("MIT");
        assertThat(analyze(start + "\"license\": 7}").licenses()).isEmpty();
    }

    @Test
    void aFileWithoutNameOrVersionIsNoPackageAndNothingUnknown() {
        for (var text : List.of(
                "{}",
                "{\"name\": \"a\"}",
                "{\"version\": \"1\"}",
                "{\"name\": \"\", \"version\": \"1\"}",
                "{\"type\": \"module\"}",
                "[]",
                "null",
                "7")) {
            assertThat(analyze(text)).as(text).isEqualTo(new Analyzed(List.of(), List.of()));
        }
    }

    @Test
    void strangeButRealFilesAreRead() {
        assertThat(analyze("\ufeff{\"name\": \"a\", \"version\": \"1.0.0\"}").names())
                .containsExactly("a 1.0.0");
        assertThat(analyze("{\"name\": \"a\", \"version\": 1.0}").names()).containsExactly("a 1.0");
        assertThat(analyze("{\"name\": \"a\", \"version\": \" v1.0.0\\n\"}").names())
                .containsExactly("a 1.0.0");
        assertThat(analyze("{\"name\": \"a\", \"version\": 1e999999999}").names())
                .containsExactly("a 1E+999999999");
    }

    @Test
    void brokenJsonIsUnknown() {
        for (var text : List.of(
                "",
                "{",
                "{\"name\": \"a\",}",
                "{'name': 'a'}",
                "nope",
                "{\"name\": \"a\", \"version\": \"1\"} x",
                "\ufeff")) {
            var analyzed = analyze(text);
            assertThat(analyzed.packages()).as(text).isEmpty();
            assertThat(analyzed.unknowns()).as(text).hasSize(1);
        }
    }

    @Test
    void aScopeAloneIsNoName() {
        assertThat(analyze("{\"name\": \"@babel/\", \"version\": \"1\"}").unknowns())
                .containsExactly("'@babel/' is no name of a package");
    }

    @Test
    void holdsToTheLimitOfBytes() {
        var start = "{\"name\": \"a\", \"version\": \"1.0.0\", \"x\": \"";
        var fits = start + "x".repeat(PackageJsonAnalyzer.MAX_FILE - start.length() - 2) + "\"}";

        assertThat(analyze(fits).names()).containsExactly("a 1.0.0");
        assertThat(analyze(fits + " ").unknowns()).containsExactly("package.json over 2097152 bytes");
    }

    @Test
    void holdsToTheLimitsOfNamesAndLicenses() {
        var most = "n".repeat(PackageJsonAnalyzer.MAX_NAME);

        assertThat(analyze("{\"name\": \"" + most + "\", \"version\": \"1\"}").packages())
                .hasSize(1);
        assertThat(analyze("{\"name\": \"" + most + "n\", \"version\": \"1\"}").unknowns())
                .containsExactly("name or version over 512 characters");
        assertThat(analyze("{\"name\": \"a\", \"version\": \"1\", \"license\": \"" + most + "\"}")
                        .licenses())
                .hasSize(1);
        assertThat(analyze("{\"name\": \"a\", \"version\": \"1\", \"license\": \"" + most + "n\"}")
                        .licenses())
                .isEmpty();
        var many = "\"MIT\",".repeat(PackageJsonAnalyzer.MAX_LICENSES) + "\"MIT\"";
        assertThat(analyze("{\"name\": \"a\", \"version\": \"1\", \"licenses\": [" + many + "]}")
                        .licenses())
                .hasSize(100);
    }

    @Test
    void deepJsonIsUnknown() {
        assertThat(analyze("{\"x\":".repeat(100_000)).unknowns()).hasSize(1);
        assertThat(analyze("[".repeat(1_000_000)).unknowns()).hasSize(1);
    }

    @Test
    void wantsFilesOfThatNameOnly() {
        var wanted = analyzer.wanted();

        assertThat(wanted.wants("package.json", 0644, 1)).isTrue();
        assertThat(wanted.wants("a/node_modules/@b/c/package.json", 0644, 1)).isTrue();
        assertThat(wanted.wants("a/xpackage.json", 0644, 1)).isFalse();
        assertThat(wanted.wants("a/package.json.bak", 0644, 1)).isFalse();
        assertThat(wanted.wants("a/package-lock.json", 0644, 1)).isFalse();
    }
}
