package dev.plimsoll.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of our own from the documented grammar: no program of apk-tools is at hand where the tests run.
final class AlpineVersionTest {

    private static final VersionScheme SCHEME = VersionSchemes.APK;

    /// Each before the next.
    private static final List<String> RISING = List.of(
            "0",
            "0.1",
            "1_alpha",
            "1_alpha1",
            "1_alpha2_beta1",
            "1_alpha2",
            "1_beta",
            "1_pre2",
            "1_pre10",
            "1_rc5",
            "1_rc5-r1",
            "1",
            "1-r0",
            "1-r1",
            "1-r10",
            "1~0abc",
            "1~0abc-r1",
            "1~1abc",
            "1_cvs1",
            "1_svn1",
            "1_git20200101",
            "1_git20200102-r1",
            "1_hg1",
            "1_p_alpha",
            "1_p",
            "1_p1_rc1",
            "1_p1",
            "1_p1-r2",
            "1_p2",
            "1a",
            "1a-r1",
            "1a_p1",
            "1b",
            "1.0",
            "1.0-r1",
            "1.0a",
            "1.0.5",
            "1.00",
            "1.009",
            "1.01",
            "1.010",
            "1.02",
            "1.1",
            "1.2",
            "1.10",
            "2",
            "10",
            "18446744073709551616");

    @Test
    void everyPairOfTheListStandsInItsOrder() {
        for (int i = 0; i < RISING.size(); i++) {
            for (int j = 0; j < RISING.size(); j++) {
                assertThat(SCHEME.compare(RISING.get(i), RISING.get(j)))
                        .as(RISING.get(i) + " and " + RISING.get(j))
                        .contains(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.0-r1, 1.0-r01, 0",
        "01.2, 1.2, 0",
        "1_p1, 1_p01, 0",
        "3.1.4-r5, 3.1.4-r6, -1",
        "1.36.1-r2, 1.36.1-r15, -1",
        "2.10.4_git20240101-r0, 2.10.4-r3, 1",
        "9.4_p1-r2, 9.4-r9, 1"
    })
    void ordersRealForms(String left, String right, int order) {
        assertThat(SCHEME.compare(left, right)).contains(order);
        assertThat(SCHEME.compare(right, left)).contains(-order);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", ".1", "1.", "1..2", "1ab", "1A", "1_", "1_foo", "1_p1a", "1~", "1~xyz", "1-r", "1-1", "1-rx",
                "1-r1-r2", "1-r1_p1", "1:2", "v1", "1.0 "
            })
    void refusesWhatTheGrammarDoesNotAllow(String text) {
        assertThat(SCHEME.compare(text, "1")).isEmpty();
    }
}
