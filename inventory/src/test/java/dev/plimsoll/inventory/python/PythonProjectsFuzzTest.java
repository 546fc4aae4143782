package dev.plimsoll.inventory.python;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Analyzer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class PythonProjectsFuzzTest {

    private static final List<Analyzer> ANALYZERS = List.of(
            new RequirementsAnalyzer(),
            new PipfileLockAnalyzer(),
            new PythonLockAnalyzer(),
            new SetupScriptAnalyzer(),
            new CondaAnalyzer(),
            new EggAnalyzer(),
            new DirectUrlAnalyzer(),
            new InstalledFilesAnalyzer(),
            new PythonFileClaimsAnalyzer());

    @MethodSource("texts")
    @FuzzTest
    void anyBytesGivePackagesOrUnknowns(byte[] bytes) {
        for (var analyzer : ANALYZERS) {
            assertThat(Analyzed.by(analyzer, "conda-meta/any", bytes).packages())
                    .allMatch(
                            found -> !found.name().isBlank() && !found.version().isBlank());
        }
    }

    static Stream<byte[]> texts() {
        return Stream.of(
                        "a[b]==1 \\\n --hash=sha256:00\n-r x\n==1;\n",
                        "{\"default\": {\"a\": {\"version\": \"==1\"}}, \"name\": \"a\", \"version\": \"1\", \"channel\": \"/\"}",
                        "[[package]]\nname = \"a\"\nversion = \"1\"\nsource = {virtual = \".\"}\ndependencies = [1, {}]\n",
                        "install_requires=['a==1', \"b==2\", #\n",
                        "PK\u0003\u0004",
                        "a\"\",sha256=A,\n../b,,\n",
                        "{\"url\":\"git://a@b\",\"vcs_info\":{\"vcs\":\"git\",\"commit_id\":\"1\"},\"archive_info\":{\"hash\":\"sha256=\"}}")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
