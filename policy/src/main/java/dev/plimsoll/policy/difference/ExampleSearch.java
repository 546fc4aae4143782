package dev.plimsoll.policy.difference;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps the first example of each way that a change goes.
final class ExampleSearch {

    private Optional<Example> tighter = Optional.empty();
    private Optional<Example> looser = Optional.empty();

    void add(String words, RuleAnswer before, RuleAnswer after, JsonObject facts) {
        var example = new Example(words, before.words(), after.words(), facts);
        if (after.weight() > before.weight()) {
            tighter = tighter.or(() -> Optional.of(example));
        } else if (after.weight() < before.weight()) {
            looser = looser.or(() -> Optional.of(example));
        }
    }

    boolean isComplete() {
        return tighter.isPresent() && looser.isPresent();
    }

    /// Which way both go together.
    Direction and(ExampleSearch other) {
        return Direction.of(
                tighter.isPresent() || other.tighter.isPresent(), looser.isPresent() || other.looser.isPresent());
    }

    List<Example> examples() {
        return Stream.concat(tighter.stream(), looser.stream()).toList();
    }
}
