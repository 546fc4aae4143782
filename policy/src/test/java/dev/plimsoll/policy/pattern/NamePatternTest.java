package dev.plimsoll.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamePatternTest {

    private static NamePattern pattern(String text) {
        return switch (NamePattern.compile(text, false)) {
            case NamePattern.Usable(var pattern) -> pattern;
            case NamePattern.Refused(var reason) -> throw new AssertionError(reason);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, a/b, true",
        "a*, a, true",
        "a*, ba, false",
        "*a, ba, true",
        "*a, ab, false",
        "a*c, abbc, true",
        "a*b*c, aXbYc, true",
        "a*b*c, acb, false",
        "**, x, true",
        "a?c, abc, false",
        "a.c, abc, false",
        "A, a, false",
        "CVE-1+*, CVE-1+curl, true",
        "*ab, aab, true",
        "regexp:CVE-[0-9]+, CVE-1+curl, true",
        "' regexp:^a$', a, true",
        "regexp:b, ab, false",
    })
    void knowsWildcardsAndPatterns(String text, String name, boolean matches) {
        assertThat(pattern(text).matches(name)).isEqualTo(matches);
    }

    @Test
    void refusesABadPattern() {
        assertThat(NamePattern.compile("regexp:(", false)).isInstanceOf(NamePattern.Refused.class);
        assertThat(NamePattern.compile("(", false)).isInstanceOf(NamePattern.Usable.class);
    }
}
