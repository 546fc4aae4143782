package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionIntervalTest {

    @ParameterizedTest
    @ValueSource(strings = {"*", "=1.2", ">=1.0", ">1.0", "<2.0", "<=2.0", ">=1.0 <2.0", ">1.0 <=1:2.0-3~deb12u1"})
    void readsWhatItWrites(String text) {
        assertThat(VersionInterval.parse(text)).hasToString(text);
    }

    @Test
    void namedFormsMeanTheirText() {
        assertThat(VersionInterval.before("2.0")).isEqualTo(VersionInterval.parse("<2.0"));
        assertThat(VersionInterval.exactly("2.0")).isEqualTo(VersionInterval.parse("=2.0"));
        assertThat(VersionInterval.ALL).isEqualTo(VersionInterval.parse("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0", ">=", ">= 1.0", ">=1.0  <2.0", "~>1.0"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> VersionInterval.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a");
    }
}
