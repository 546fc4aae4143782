package dev.plimsoll.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Keeps `docs/server-settings.md` what the declarations say. To write it anew: run this test with
/// `-Dplimsoll.write.reference=true` among surefire's JVM arguments.
final class SettingsReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "server-settings.md");

    @Test
    void thePageIsWhatTheDeclarationsSay() throws IOException {
        if (Boolean.getBoolean("plimsoll.write.reference")) {
            Files.writeString(PAGE, SettingsReference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(SettingsReference.markdown());
    }

    @Test
    void everyDeclarationIsComplete() {
        assertThat(Settings.ALL)
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(Settings.ALL).extracting(Setting::description).allMatch(text -> text.endsWith("."));
    }
}
