package dev.plimsoll.policy.waiver;

import java.util.Optional;

/// Which rules a waiver means: those of a gate, or of one trigger of it.
///
/// @param gate lower case
/// @param trigger lower case; empty for all of the gate
public record RulePattern(String gate, Optional<String> trigger) {

    boolean matches(String resultGate, String resultTrigger) {
        return gate.equals(resultGate)
                && trigger.map(name -> name.equals(resultTrigger)).orElse(true);
    }

    @Override
    public String toString() {
        return gate + trigger.map(name -> "/" + name).orElse("");
    }
}
