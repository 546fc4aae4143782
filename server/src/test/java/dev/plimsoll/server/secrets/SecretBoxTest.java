package dev.plimsoll.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class SecretBoxTest {

    private static final SecretBox BOX = new SecretBox(new byte[SecretBox.KEY_LENGTH]);

    @Test
    void opensWhatItSealedForThatPurposeAlone() {
        var sealed = BOX.seal("hunter2", "registry 1");
        assertThat(BOX.open(sealed, "registry 1")).isEqualTo("hunter2");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
        assertThat(BOX.seal("hunter2", "registry 1")).isNotEqualTo(sealed);
        assertThatThrownBy(() -> BOX.open(sealed, "registry 2")).isInstanceOf(SecretException.class);
    }

    @Test
    void refusesAnotherKeyAndEveryChangedByte() {
        var sealed = BOX.seal("hunter2", "p");
        var key = new byte[SecretBox.KEY_LENGTH];
        key[0] = 1;
        assertThatThrownBy(() -> new SecretBox(key).open(sealed, "p"))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("does not open with this service's key");
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> BOX.open(changed, "p")).isInstanceOf(SecretException.class);
        }
        assertThatThrownBy(() -> BOX.open(new byte[3], "p")).isInstanceOf(SecretException.class);
    }
}
