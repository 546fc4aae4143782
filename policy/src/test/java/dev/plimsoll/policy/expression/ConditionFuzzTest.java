package dev.plimsoll.policy.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.Fixture;
import dev.plimsoll.policy.rule.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConditionFuzzTest {

    private static final Element IMAGE = image();

    private static Element image() {
        var evidence = Fixture.image().user("root").label("a", "b").evidence();
        return Element.of(new Subject(
                evidence.inventory(),
                evidence.matches(),
                evidence.name(),
                evidence.at(),
                Action.WARN,
                evidence.background()));
    }

    @FuzzTest
    void readsAnyText(byte[] bytes) {
        ask(new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean ask(String text) {
        return switch (Condition.compile(text, ForEach.IMAGE)) {
            case Condition.Usable(var condition) -> {
                assertThat(condition.ask(IMAGE)).isNotNull();
                yield true;
            }
            case Condition.Refused(var reason) -> {
                assertThat(reason).isNotEmpty();
                yield false;
            }
        };
    }

    /// What the fuzzer does at length, in a few seconds and always the same: a good condition with
    /// characters changed.
    @Test
    void readsConditionsWithChangedCharacters() {
        var good = "image.packages.exists(p, p.matches('a(b|c)*')) || image.labels['a'] == 'b' && image.layers < 3 + 1";
        assertThat(ask(good)).isTrue();
        var random = new Random(5);
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder(good);
            for (int j = random.nextInt(4); j >= 0; j--) {
                text.setCharAt(
                        random.nextInt(text.length()),
                        "'()[]{}.,!?:&|<>=+-*/%0a\\\u0000\ud800".charAt(random.nextInt(27)));
            }
            ask(text.toString());
        }
    }
}
