package dev.plimsoll.inventory.npm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.Analyzer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class LockFilesFuzzTest {

    private static final List<Analyzer> ANALYZERS = List.of(
            new PackageLockAnalyzer(),
            new YarnLockAnalyzer(),
            new PnpmLockAnalyzer(),
            new BunLockAnalyzer(),
            new DenoLockAnalyzer());

    @MethodSource("texts")
    @FuzzTest
    void anyBytesGiveDeclaredPackagesOrUnknowns(byte[] bytes) {
        for (var analyzer : ANALYZERS) {
            assertThat(Analyzed.by(analyzer, "lock", bytes).packages())
                    .allMatch(
                            found -> !found.name().isBlank() && !found.version().isBlank());
        }
    }

    static Stream<byte[]> texts() {
        return Stream.of(
                        "{\"packages\": {\"node_modules/a\": {\"version\": \"1\", \"dependencies\": {\"a\": \"1\"}}}}",
                        "{\"dependencies\": {\"a\": {\"version\": \"1\", \"requires\": {\"a\": \"1\"}}}}",
                        "{\"npm\": {\"@/@1\": {}, \"@\": {}}}",
                        "{\"packages\": {\"@a/b/@c/d\": [\"d@1\", {\"dependencies\": {\"@\": \"\"}}], \"/\": []},}",
                        "\"@\":\n  version \"\"\n  dependencies:\n    \"\n    a\n",
                        "__metadata:\n  version: 8\n\"@\":\n  resolution: \"@\"\n",
                        "lockfileVersion: 9\nsnapshots:\n  '@(': {dependencies: {'': '('}}\n  '': {}\n",
                        "lockfileVersion: 5\npackages:\n  /: {dependencies: {a: ''}}\n  '/a/_': {}\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
