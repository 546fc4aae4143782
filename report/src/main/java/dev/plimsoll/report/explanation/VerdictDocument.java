package dev.plimsoll.report.explanation;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A result of `check -o json` as a document (docs/result-format.md, forms 1.0 to 1.x): what an older form does not
/// tell
/// is empty.
///
/// @param verdict its member of that name
/// @param upgrades what mends vulnerabilities, by id and package URL with a blank between
public record VerdictDocument(JsonObject verdict, Map<String, String> upgrades) {

    /// In bytes: an image with some thousand findings.
    public static final int MAX_LENGTH = 128 << 20;

    /// @throws JsonException where the text is no result of `check`; the message follows the file's name
    public static VerdictDocument read(byte[] text) throws JsonException {
        if (!(JsonReader.read(text, JsonLimits.FOREIGN.withBytes(MAX_LENGTH)) instanceof JsonObject result)
                || result.object("verdict").string("decision").isEmpty()) {
            throw new JsonException("is no result of `plimsoll check -o json`: it has no verdict");
        }
        Map<String, String> upgrades = new HashMap<>();
        for (var finding : result.objects("findings")) {
            var item = finding.object("package");
            finding.strings("fixedIn").stream()
                    .findFirst()
                    .ifPresent(version -> upgrades.put(
                            text(finding, "id") + " " + text(item, "purl"),
                            "Upgrade " + text(item, "name") + " " + text(item, "version") + " to " + version));
        }
        return new VerdictDocument(result.object("verdict"), upgrades);
    }

    /// What one rule found.
    ///
    /// @param results of the rule, in the order of the document
    record RuleResults(String ruleSet, String rule, String gate, String trigger, List<JsonObject> results) {

        boolean isNamed(String name) {
            return name.equals(rule) || name.equals(ruleSet + "/" + rule);
        }
    }

    /// Results by rule, in the order in which rules come first: the worst first.
    List<RuleResults> byRule() {
        Map<List<String>, List<JsonObject>> groups = new LinkedHashMap<>();
        for (var result : verdict.objects("results")) {
            groups.computeIfAbsent(
                            List.of(
                                    text(result, "ruleSet"),
                                    text(result, "rule"),
                                    text(result, "gate"),
                                    text(result, "trigger")),
                            _ -> new ArrayList<>())
                    .add(result);
        }
        return groups.entrySet().stream()
                .map(entry -> new RuleResults(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        entry.getKey().get(2),
                        entry.getKey().get(3),
                        entry.getValue()))
                .toList();
    }

    /// Names of all rules that it tells of.
    public List<String> rules() {
        var names = new ArrayList<String>();
        byRule().forEach(rule -> names.add(rule.rule()));
        verdict.objects("unjudged").forEach(rule -> names.add(text(rule, "rule")));
        return names.stream().distinct().sorted().toList();
    }

    /// Instructions that clear a result: those of the path to a pass, else the upgrade that mends the vulnerability.
    List<String> steps(JsonObject result) {
        var steps = stepsOfPath(result);
        var finding = result.object("finding");
        var upgrade = upgrades.get(text(finding, "id") + " " + text(finding, "purl"));
        return steps.isEmpty() && upgrade != null ? List.of(upgrade) : steps;
    }

    private List<String> stepsOfPath(JsonObject result) {
        var id = result.object("finding").string("id");
        var recommendation = text(result, "recommendation");
        return verdict.objects("steps").stream()
                .filter(step -> id.filter(step.strings("about")::contains).isPresent()
                        || (!recommendation.isEmpty()
                                && step.string("instruction")
                                        .filter(recommendation::equals)
                                        .isPresent()))
                .flatMap(step -> step.string("instruction").stream())
                .distinct()
                .toList();
    }

    /// The values of an input of that name.
    public List<String> inputs(String name) {
        return verdict.objects("inputs").stream()
                .filter(input -> input.string("name").equals(Optional.of(name)))
                .flatMap(input -> input.string("value").stream())
                .toList();
    }

    static String text(JsonObject object, String member) {
        return object.string(member).orElse("");
    }
}
