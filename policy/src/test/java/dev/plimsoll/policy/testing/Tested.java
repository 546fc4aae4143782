package dev.plimsoll.policy.testing;

import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.evaluation.Evidence;
import dev.plimsoll.policy.waiver.Waivers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Bundles and tests from their texts.
final class Tested {

    private Tested() {}

    static BundleSource bundle(String id, String rules) {
        var text = """
                id: %s
                name: %s
                version: 2
                rule_sets: [{ id: set, name: set, version: 2, rules: [%s] }]
                mappings: [{ id: m, name: m, registry: "registry.example", repository: "*", image: { type: tag, value: "*" }, rule_set_ids: [set] }]
                """.formatted(id, id, rules);
        var reading = BundleSource.read("bundle.yaml", text.getBytes(StandardCharsets.UTF_8), false);
        return reading.source()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    /// A rule in the flow form of YAML; parameters as `name=value`.
    static String rule(String id, String action, String gate, String trigger, String... parameters) {
        var given = new StringBuilder();
        for (var parameter : parameters) {
            int equals = parameter.indexOf('=');
            given.append("{ name: ")
                    .append(parameter, 0, equals)
                    .append(", value: '")
                    .append(parameter.substring(equals + 1))
                    .append("' },");
        }
        return "{ id: " + id + ", gate: " + gate + ", trigger: " + trigger + ", action: " + action + ", params: ["
                + given + "] }";
    }

    static TestFile file(String yaml) {
        var reading = TestFileReader.read("t.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        return reading.file()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    /// All tests of a text against a bundle.
    static TestSuite suite(String yaml, BundleSource... bundles) {
        var file = file(yaml);
        var needs = bundles[0].bundle().needs();
        return new TestSuite(
                "t.yaml",
                List.of(bundles),
                Waivers.NONE,
                file.tests().stream()
                        .map(test -> new TestSuite.Prepared(test, evidence(test, needs)))
                        .toList());
    }

    private static Evidence evidence(PolicyTest test, dev.plimsoll.inventory.analysis.AnalysisRequest needs) {
        return ((SmallFacts) test.facts()).evidence(test.image(), test.at(), needs);
    }
}
