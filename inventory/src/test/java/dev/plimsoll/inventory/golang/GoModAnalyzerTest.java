package dev.plimsoll.inventory.golang;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.inventory.Analyzed;
import dev.plimsoll.inventory.ImagePackage.Evidence;
import org.junit.jupiter.api.Test;

class GoModAnalyzerTest {

    private static Analyzed analyzed(String text) {
        return Analyzed.by(new GoModAnalyzer(), "src/go.mod", text);
    }

    @Test
    void requirementsAreReadWithTheirReplacements() {
        var found = analyzed("""
                module example.test/app // comment

                go 1.21

                require github.com/a/b v1.2.3
                require (
                \tgolang.org/x/text v0.3.7 // indirect
                \t"golang.org/x/sys" v0.1.0
                \tc.d/e v1.0.0
                )

                exclude golang.org/x/text v0.3.6

                replace (
                \tgolang.org/x/text => golang.org/x/text v0.3.8
                \tgolang.org/x/sys v0.9.9 => golang.org/x/sys v0.0.1
                \tc.d/e v1.0.0 => ../e
                )
                """);

        assertThat(found.names())
                .containsExactly(
                        "github.com/a/b v1.2.3", "golang.org/x/text v0.3.8", "golang.org/x/sys v0.1.0", "c.d/e ");
        assertThat(found.packages())
                .allSatisfy(item -> assertThat(item.evidence()).isEqualTo(Evidence.DECLARED));
        assertThat(found.unknowns()).isEmpty();
    }

    @FuzzTest
    void anyTextGivesModules(byte[] text) {
        assertThat(Analyzed.by(new GoModAnalyzer(), "go.mod", text).unknowns()).isEmpty();
    }
}
