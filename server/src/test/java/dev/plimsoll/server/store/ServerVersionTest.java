package dev.plimsoll.server.store;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ServerVersionTest {

    @Test
    void refusesAServerThatIsTooOldAndSaysWhatToDo() {
        assertThatCode(() -> ServerVersion.check("PostgreSQL", 15, "15.0")).doesNotThrowAnyException();
        assertThatThrownBy(() -> ServerVersion.check("PostgreSQL", 14, "14.20"))
                .hasMessageContaining("14.20")
                .hasMessageContaining("15 or newer")
                .hasMessageContaining("--database-url");
    }
}
