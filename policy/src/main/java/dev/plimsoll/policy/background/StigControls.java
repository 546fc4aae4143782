package dev.plimsoll.policy.background;

import dev.plimsoll.policy.background.StigEvaluation.Severity;
import dev.plimsoll.policy.background.StigEvaluation.StigControl;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Controls of an evaluation while it is read: of several results of one, the gravest counts.
final class StigControls {

    /// In characters, of an id or a title: beyond it nobody reads on.
    static final int MAX_TEXT = 500;

    private final Map<String, StigControl> controls = new TreeMap<>();

    void add(StigControl control) {
        controls.merge(control.id(), control, (known, more) -> known.or(more.status()));
    }

    List<StigControl> list() {
        return List.copyOf(controls.values());
    }

    static String shortened(String text) {
        var one = text.strip();
        return one.length() <= MAX_TEXT ? one : one.substring(0, MAX_TEXT) + "…";
    }

    /// The word of a document.
    static Optional<Severity> severity(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "low", "cat iii", "cat_iii" -> Optional.of(Severity.LOW);
            case "medium", "moderate", "cat ii", "cat_ii" -> Optional.of(Severity.MEDIUM);
            case "high", "cat i", "cat_i" -> Optional.of(Severity.HIGH);
            case "critical" -> Optional.of(Severity.CRITICAL);
            default -> Optional.empty();
        };
    }

    /// InSpec's number from 0 to 1. Source: InSpec, "About the Profile DSL", `impact`.
    static Optional<Severity> severity(BigDecimal impact) {
        double value = impact.doubleValue();
        if (value <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                value < 0.4
                        ? Severity.LOW
                        : value < 0.7 ? Severity.MEDIUM : value < 0.9 ? Severity.HIGH : Severity.CRITICAL);
    }
}
