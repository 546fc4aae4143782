package dev.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.plimsoll.policy.bundle.BundleReader;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schemas of bundles against the reader: what it accepts without a warning is valid; what it refuses is not, as
/// far
/// as a schema can say.
final class BundleSchemaValidityTest {

    private static final String BUNDLE = """
            {"id":"b","name":"B","version":"2","description":"d","last_updated":1,"plimsoll":{"unknown_action":"warn"},
             "rule_sets":[{"id":"set","name":"Set","version":"2","artifact_type":"image","comment":1,"rules":[RULES]}],
             "allowlists":[{"id":"l","name":"L","version":"2","items":[
               {"id":"i","gate":"Always","trigger":"always","trigger_id":"always","expires_on":"2030-01-01T00:00:00Z","description":"x"},
               {"id":"j","gate":"vulnerabilities","trigger_id":"CVE-1+*","expires_on":null}]}],
             "mappings":[{"id":"m","name":"M","registry":"r","repository":"*","image":{"type":"TAG","value":"*"},
               "rule_set_ids":["set"],"allowlist_ids":["l"]},
               {"id":"n","registry":"s","repository":"*","image":{"type":"digest","value":"sha256:DIGITS"},
               "rule_set_ids":["set"],"allowlist_ids":null}],
             "allowlisted_images":[{"id":"a","registry":"*","repository":"*","image":{"type":"id","value":"DIGITS"}}],
             "denylisted_images":null}
            """.replace("DIGITS", "0a".repeat(32));

    private static final String OLDER = """
            {"id":"b","version":"1_0","comment":"c",
             "policies":[{"id":"set","version":"1_0","rules":[RULES]},{"id":"other","rules":[
               {"id":null,"gate":"always","trigger":"always","action":"GO"}]}],
             "whitelists":[{"id":"l","version":"1_0","items":[{"gate":"always","trigger_id":"always"}]}],
             "mappings":[{"name":"m","registry":"a","repository":"*","image":{"type":"tag","value":"*"},
               "policy_id":"set","whitelist_ids":["l"]},
               {"name":"n","registry":"b","repository":"*","image":{"type":"tag","value":"*"},"policy_ids":["set","other"]}],
             "whitelisted_images":[],"blacklisted_images":[]}
            """;

    private static final Validator VALIDATOR = new ValidatorFactory().createValidator();

    private static java.net.URI newer;
    private static java.net.URI older;

    @TempDir
    private static Path folder;

    @org.junit.jupiter.api.BeforeAll
    static void registerSchemas() {
        newer = VALIDATOR.registerSchema(Run.of(folder, "policy", "schema", "2").out());
        older = VALIDATOR.registerSchema(
                Run.of(folder, "policy", "schema", "1_0").out());
    }

    private static String bundle(boolean inOlder, String... rules) {
        return (inOlder ? OLDER : BUNDLE).replace("RULES", String.join(",", rules));
    }

    private static List<String> invalid(boolean inOlder, String bundle) {
        return VALIDATOR.validate(inOlder ? older : newer, bundle).getErrors().stream()
                .map(error -> error.getInstanceLocation() + " " + error.getError())
                .toList();
    }

    private static List<String> problems(String bundle) {
        return BundleReader.read("test.json", bundle.getBytes(StandardCharsets.UTF_8)).problems().stream()
                .map(Object::toString)
                .toList();
    }

    private static void bothAccept(boolean inOlder, String bundle) {
        assertThat(problems(bundle)).as(bundle).isEmpty();
        assertThat(invalid(inOlder, bundle)).as(bundle).isEmpty();
    }

    private static void bothRefuse(boolean inOlder, String bundle) {
        assertThat(problems(bundle)).as(bundle).isNotEmpty();
        assertThat(VALIDATOR.validate(inOlder ? older : newer, bundle).isValid())
                .as(bundle)
                .isFalse();
    }

    private static String rule(int index, Gate gate, Trigger trigger, String name, List<String> parameters) {
        return "{\"id\":\"r%d\",\"gate\":\"%s\",\"trigger\":\"%s\",\"action\":\"STOP\",\"params\":[%s]}"
                .formatted(index, gate.name(), name, String.join(",", parameters));
    }

    private static String parameter(String name, String value) {
        return "{\"name\":\"%s\",\"value\":\"%s\"}"
                .formatted(name, value.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /// With an example for each parameter.
    private static List<String> examples(Trigger trigger) {
        return trigger.parameters().stream()
                .map(parameter -> parameter(parameter.name(), parameter.example()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Test
    void everyTriggerByEachOfItsNames() {
        for (var inOlder : List.of(true, false)) {
            var rules = new ArrayList<String>();
            for (var gate : Gates.all()) {
                if (gate.name().equals("image_source_drift")) {
                    continue; // accepted by both, and the reader says that its rules do nothing
                }
                for (var trigger : gate.triggers()) {
                    var names = Stream.of(
                                    trigger.name(),
                                    trigger.olderName(),
                                    trigger.name().toUpperCase(java.util.Locale.ROOT))
                            .distinct();
                    names.forEach(name -> {
                        var all = rule(rules.size(), gate, trigger, name, examples(trigger));
                        // identical rules are told, so that each has its own action
                        rules.add(all.replace(
                                "STOP",
                                name.equals(trigger.name())
                                        ? "STOP"
                                        : name.equals(trigger.olderName()) ? "WARN" : "go"));
                    });
                }
            }
            bothAccept(inOlder, bundle(inOlder, rules.toArray(String[]::new)));
        }
    }

    @Test
    void everyParameterWithItsExampleAndEveryWord() {
        for (var gate : Gates.all()) {
            for (var trigger : gate.triggers()) {
                for (Parameter<?> parameter : trigger.parameters()) {
                    var values = new ArrayList<>(List.of(parameter.example()));
                    values.addAll(parameter.type().allowed());
                    values.addAll(parameter.type().older().keySet());
                    for (var value : values) {
                        for (var inOlder : List.of(true, false)) {
                            var given = examples(trigger);
                            given.removeIf(other -> other.startsWith("{\"name\":\"" + parameter.name() + "\""));
                            given.add(parameter(parameter.name(), value));
                            var text = bundle(inOlder, rule(1, gate, trigger, trigger.name(), given));
                            if (problems(text).isEmpty()) {
                                assertThat(invalid(inOlder, text)).as(text).isEmpty();
                            }
                            var wrong = bundle(
                                    inOlder,
                                    rule(1, gate, trigger, trigger.name(), given)
                                            .replace("\"" + parameter.name() + "\"", "\"" + parameter.name() + "x\""));
                            bothRefuse(inOlder, wrong);
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyParameterOfAKnownFormRefusesNonsense() {
        int refused = 0;
        for (var gate : Gates.all()) {
            for (var trigger : gate.triggers()) {
                for (var parameter : trigger.parameters()) {
                    if (parameter.type().allowed().isEmpty()
                            && parameter.type().form().isEmpty()) {
                        continue;
                    }
                    for (var value : List.of("", "no,,nsense", ",")) {
                        var given = examples(trigger);
                        given.removeIf(other -> other.startsWith("{\"name\":\"" + parameter.name() + "\""));
                        given.add(parameter(parameter.name(), value));
                        bothRefuse(false, bundle(false, rule(1, gate, trigger, trigger.name(), given)));
                        refused++;
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"gate\":\"always\"; \"gate\":\"allways\"",
                "\"trigger\":\"always\"; \"trigger\":\"ever\"",
                "\"action\":\"STOP\"; \"action\":\"HALT\"",
                "\"action\":\"STOP\"; \"action\":null",
                "\"id\":\"r\",; ''",
                "\"params\":[]; \"params\":{}",
                "\"params\":[]; \"params\":[{\"name\":\"x\",\"value\":\"y\"}]",
                "\"params\":[]; \"parms\":[]",
                "\"rules\":; \"ruls\":",
                "\"version\":\"2\",\"description\"; \"version\":\"3\",\"description\"",
                "\"version\":\"2\",\"description\"; \"version\":2,\"description\"",
                "\"rule_sets\":; \"policies\":",
                "\"rule_set_ids\":[\"set\"]; \"rule_set_ids\":\"set\"",
                "\"registry\":\"r\"; \"registry\":\" \"",
                "\"registry\":\"r\"; \"registri\":\"r\"",
                "\"type\":\"digest\"; \"type\":\"id\",\"x\":1",
                "\"type\":\"digest\"; \"type\":\"digests\"",
                "sha256:; sha1:",
                "\"type\":\"id\",\"value\":\"0a; \"type\":\"id\",\"value\":\"xy",
                "2030-01-01T00:00:00Z; 2030-01-01",
                "\"artifact_type\":\"image\"; \"artifact_type\":\"picture\"",
                "\"unknown_action\":\"warn\"; \"unknown_action\":\"warning\"",
                "\"trigger_id\":\"always\"; \"trigger_id\":7",
                "\"gate\":\"Always\"; \"gate\":\"Never\"",
                "\"expires_on\":null; \"expires_on\":1",
                "{\"unknown_action\":\"warn\"}; {\"unknown_acton\":\"warn\"}",
                "{\"unknown_action\":\"warn\"}; {\"new_only\":\"perhaps\"}",
                "{\"unknown_action\":\"warn\"}; {\"grace\":[{\"days\":7}]}",
                "{\"unknown_action\":\"warn\"}; {\"grace\":[{\"days\":7,\"from\":\"birth\"}]}",
                "{\"unknown_action\":\"warn\"}; {\"grace\":[{\"days\":-7,\"from\":\"fix\"}]}",
                "{\"unknown_action\":\"warn\"}; {\"grace\":[{\"days\":1e999999999,\"from\":\"fix\"}]}",
            })
    void refusesWhatTheReaderRefuses(String from, String to) {
        var good = bundle(
                false, "{\"id\":\"r\",\"gate\":\"always\",\"trigger\":\"always\",\"action\":\"STOP\",\"params\":[]}");
        bothAccept(false, good);
        assertThat(good).contains(from);

        bothRefuse(false, good.replace(from, to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"policy_id\":\"set\"; \"policy_id\":\"set\",\"policy_ids\":[\"set\"]",
                "\"policy_id\":\"set\",; ''",
                "\"policies\":; \"rule_sets\":",
                "\"set\",\"version\":\"1_0\"; \"set\",\"version\":\"2\"",
                "\"whitelist_ids\"; \"allowlist_ids\"",
            })
    void refusesWhatTheReaderRefusesInTheOlderFormat(String from, String to) {
        var good = bundle(true, "{\"gate\":\"always\",\"trigger\":\"always\",\"action\":\"STOP\"}");
        bothAccept(true, good);
        assertThat(good).contains(from);

        bothRefuse(true, good.replace(from, to));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"unknown_action\":null,\"failure_action\":\"GO\",\"new_only\":true,\"existing_action\":\"warn\"}",
                "{\"new_only\":\"false\",\"grace\":[]}",
                "{\"grace\":[{\"severity_at_least\":\"HIGH\",\"known_exploited\":false,\"fix_available\":true,\"days\":30,"
                        + "\"from\":\"first_seen\"},{\"days\":\"7\",\"from\":\"kev_due\"}]}"
            })
    void acceptsOurOwnMembers(String extensions) {
        bothAccept(
                false,
                bundle(
                        false,
                        "{\"id\":\"r\",\"gate\":\"always\",\"trigger\":\"always\",\"action\":\"STOP\",\"plimsoll\":"
                                + extensions + "}"));
    }

    @Test
    void bundlesOfThisRepositoryAreValid() throws IOException {
        bothAccept(false, Files.readString(Run.EXAMPLES.resolve("policy.json")));
        bothAccept(false, Run.of(folder, "policy", "show", "default", "--json").out());
    }
}
