package dev.plimsoll.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.policy.bundle.BundleReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyDescriptionTest {

    @Test
    void describesATriggerWithItsParameters() {
        assertThat(Gates.find("packages"))
                .isInstanceOfSatisfying(
                        Gates.Found.class,
                        found -> assertThat(PolicyDescription.trigger(
                                        found.gate(), found.gate().triggers().getFirst(), 60))
                                .isEqualTo("""
                        packages denylist
                          Fires once for each version of the package that is there.
                          In format 1_0 it is 'blacklist'.

                        Otherwise than Anchore's:
                          - Anchore compares `version` with the upstream part of a
                            version only; here the whole version, and the same
                            without epoch or revision, count too.

                        PARAMETERS
                          name (required)
                              Name of the package that must not be there.
                              For example: openssh-server
                          version
                              Only this version; with or without epoch and
                              distribution's revision.
                              For example: 1.0.1

                        AS A RULE (YAML)
                          - id: my-rule
                            gate: packages
                            trigger: denylist
                            action: STOP
                            params:
                              - { name: name, value: openssh-server }
                        """));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 100})
    void linesFitUnlessAWordDoesNot(int width) {
        var text = new StringBuilder(PolicyDescription.gates(width));
        for (var gate : Gates.all()) {
            text.append(PolicyDescription.gate(gate, width));
            gate.triggers().forEach(trigger -> text.append(PolicyDescription.trigger(gate, trigger, width)));
        }
        var examples = " {4,}- \\{ name: .*";
        assertThat(text.toString()
                        .lines()
                        .filter(line -> !line.matches(examples) && line.strip().contains(" ")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Math.max(width, 46)));
    }

    @Test
    void everyExampleIsARule() {
        for (var gate : Gates.all()) {
            for (var trigger : gate.triggers()) {
                var text = PolicyDescription.trigger(gate, trigger, 80);
                var rule = text.substring(text.indexOf("  - id: my-rule"));
                var bundle = """
                        id: b
                        version: "2"
                        rule_sets:
                          - id: s
                            rules:
                        %s
                        mappings: []
                        """.formatted(rule.indent(4));
                var reading = BundleReader.read("x.yaml", bundle.getBytes(StandardCharsets.UTF_8));
                assertThat(reading.errors().stream()
                                // a value may be needed for some examples of a check and not for others
                                .filter(problem -> !problem.message().contains("is needed for the check")))
                        .as(bundle)
                        .isEmpty();
            }
        }
    }

    @Test
    void everyTriggerAndParameterIsNamed() {
        for (var gate : Gates.all()) {
            assertThat(PolicyDescription.gates(80)).contains("\n  " + gate.name());
            var text = PolicyDescription.gate(gate, 80);
            for (var trigger : gate.triggers()) {
                assertThat(text).contains("\n  " + trigger.name());
                trigger.parameters()
                        .forEach(parameter -> assertThat(PolicyDescription.trigger(gate, trigger, 80))
                                .contains("\n  " + parameter.name()));
            }
        }
    }
}
