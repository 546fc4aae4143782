package dev.plimsoll.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    void readsWhatTokenRegistriesSay() {
        assertThat(
                        Challenge.parse(
                                List.of(
                                        "Bearer realm=\"https://auth.example/token\",service=\"registry\",scope=\"repository:a:pull\"")))
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of(
                                "realm", "https://auth.example/token",
                                "service", "registry",
                                "scope", "repository:a:pull")));
    }

    @Test
    void readsSeveralOfOneHeaderAndOfSeveral() {
        assertThat(Challenge.parse(List.of("BASIC Realm = \"a, b\" , Bearer realm=c", "Negotiate")))
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a, b")),
                        new Challenge("bearer", Map.of("realm", "c")),
                        new Challenge("negotiate", Map.of()));
    }

    @Test
    void quotesMayBeEscaped() {
        assertThat(Challenge.parse(List.of("Basic realm=\"a\\\"b\\\\\"")))
                .containsExactly(new Challenge("basic", Map.of("realm", "a\"b\\")));
    }

    @Test
    void whatHasAnotherFormIsPassedOver() {
        assertThat(Challenge.parse(List.of("", "=", "\"\"", " , , "))).isEmpty();
    }
}
