package dev.plimsoll.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyTextTest {

    @Test
    void readsWhatItMade() {
        var key = KeyText.random();
        assertThat(KeyText.parse(key.reveal())).hasValue(key);
        assertThat(key.isOf(key.secretHash())).isTrue();
        assertThat(key.isOf(KeyText.random().secretHash())).isFalse();
        assertThat(KeyText.random()).isNotEqualTo(key);
    }

    @Test
    void showsNoSecret() {
        var key = KeyText.random();
        assertThat(key.toString()).contains(key.prefix()).doesNotContain(key.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plk_",
                "plk__",
                "plk_abcdefghij_",
                "plk_ABCDEFGHIJ_0123456789012345678901234567890123456789012",
                "plk_abcdefghij_0123456789012345678901234567890123456789012 ",
                "plk_abcdefghij_01234567890123456789012345678901234567890123",
                "xlk_abcdefghij_0123456789012345678901234567890123456789012",
            })
    void refusesWhatIsNoKey(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }

    /// Whatever comes, it is a key or it is none.
    @Test
    void takesAnyText() {
        var random = new Random(3);
        var sound = KeyText.random().reveal();
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder(sound);
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x300));
            KeyText.parse(text.toString())
                    .ifPresent(key -> assertThat(key.reveal()).isEqualTo(text.toString()));
        }
    }
}
