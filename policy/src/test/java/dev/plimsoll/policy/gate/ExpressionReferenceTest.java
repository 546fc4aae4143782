package dev.plimsoll.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds the page about conditions to the declarations of the facts.
final class ExpressionReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "expression.md");

    @Test
    void thePageIsWhatTheDeclarationsSay() throws IOException {
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            Files.writeString(PAGE, ExpressionReference.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew, as PolicyReferenceTest says of its page")
                .isEqualTo(ExpressionReference.markdown());
    }
}
