package dev.plimsoll.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Keeps `docs/policy-reference.md` what the declarations say. To write it anew: run this test with
/// `-Dplimsoll.write.reference=true` among surefire's JVM arguments
/// (`-Dplimsoll.test.jvm=-Dplimsoll.write.reference=true`).
final class PolicyReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "policy-reference.md");

    @Test
    void thePageIsWhatTheDeclarationsSay() throws IOException {
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            Files.writeString(PAGE, PolicyReference.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "write it anew: ./mvnw -pl policy -am test -Dtest=PolicyReferenceTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dplimsoll.test.jvm=-Dplimsoll.write.reference=true")
                .isEqualTo(PolicyReference.markdown());
    }

    @Test
    void everyDeclarationIsComplete() {
        for (var gate : Gates.all()) {
            assertThat(gate.name()).matches("[a-z_]+");
            assertThat(gate.description()).endsWith(".");
            for (var trigger : gate.triggers()) {
                assertThat(trigger.description()).as(trigger.name()).endsWith(".");
                for (var parameter : trigger.parameters()) {
                    assertThat(parameter.description()).as(parameter.name()).endsWith(".");
                    assertThat(parameter
                                    .type()
                                    .parse(parameter.example(), false)
                                    .getClass()
                                    .getSimpleName())
                            .as("the example of " + gate.name() + "/" + trigger.name() + "/" + parameter.name())
                            .isEqualTo("Value");
                }
                assertThat(trigger.parameters().stream()
                                .map(parameter -> parameter.name())
                                .toList())
                        .doesNotHaveDuplicates();
            }
        }
        assertThat(Gates.all().stream().map(gate -> gate.name()).toList())
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith("always")
                .endsWith("vulnerabilities");
    }
}
