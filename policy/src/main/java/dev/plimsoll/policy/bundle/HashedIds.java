package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.AllowlistIds.Doubt;
import dev.plimsoll.policy.gate.SecretNames;
import dev.plimsoll.policy.rule.FrozenId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be said of ids that are MD5 sums. Most cannot be told from each other; but Anchore Engine hashes some of
/// its
/// own settings into them, its patterns for secrets and the Dockerfiles that it guesses, and those cannot be kept.
///
/// Source of messages: Anchore Engine 1.1, gate `dockerfile`.
final class HashedIds {

    private static final String DOCKERFILE = "dockerfile";
    private static final String SECRETS = "secret_scans";

    /// Ids that rules of the bundle have here too.
    private final Set<String> kept = new HashSet<>();
    private final Set<String> fromScratch = new HashSet<>();
    private final List<Map.Entry<String, String>> secretRules = new ArrayList<>();
    private boolean asksForLines;

    private HashedIds() {}

    static HashedIds of(Bundle bundle, JsonObject tree) {
        var ids = new HashedIds();
        var format = Format.of(bundle.formatVersion()).orElseThrow();
        for (var ruleSet : tree.objects(format.ruleSets())) {
            for (var rule : ruleSet.objects("rules")) {
                var gate = rule.string("gate").orElse("").toLowerCase(Locale.ROOT);
                var trigger = rule.string("trigger").orElse("").toLowerCase(Locale.ROOT);
                if (gate.equals(DOCKERFILE)) {
                    ids.ofDockerfile(trigger, rule);
                } else if (gate.equals(SECRETS) && trigger.equals("content_regex_checks")) {
                    ids.ofSecrets(rule);
                }
            }
        }
        return ids;
    }

    private void ofDockerfile(String trigger, JsonObject rule) {
        switch (trigger) {
            case "no_dockerfile_provided" ->
                keep(DOCKERFILE, trigger, "Image was not analyzed with an actual Dockerfile");
            case "effective_user" ->
                list(rule, "users")
                        .forEach(user -> keep(
                                DOCKERFILE,
                                trigger,
                                "User " + user + " found as effective user, which is explicity not allowed"));
            case "exposed_ports" ->
                list(rule, "ports")
                        .forEach(port -> List.of("", "/tcp", "/udp")
                                .forEach(protocol -> keep(
                                        DOCKERFILE,
                                        trigger,
                                        "Dockerfile exposes port (" + port + protocol
                                                + ") which is in policy file DENIEDPORTS list")));
            case "instruction" -> ofInstruction(trigger, rule);
            default -> {}
        }
    }

    private void ofInstruction(String trigger, JsonObject rule) {
        var keyword = parameter(rule, "instruction").orElse("").toUpperCase(Locale.ROOT);
        var check = parameter(rule, "check").orElse("").toLowerCase(Locale.ROOT);
        if (check.equals("not_exists")) {
            keep(
                    DOCKERFILE,
                    trigger,
                    "Dockerfile directive '" + keyword + "' not found, matching condition 'not_exists' check");
            return;
        }
        asksForLines = true;
        if (keyword.equals("FROM")) {
            fromScratch.add(FrozenId.of(
                    DOCKERFILE,
                    trigger,
                    "Dockerfile directive 'FROM' check '" + check + "' matched against '"
                            + parameter(rule, "value").orElse("") + "' for line 'scratch'"));
        }
    }

    private void ofSecrets(JsonObject rule) {
        secretRules.add(Map.entry(
                parameter(rule, "filename_regex").orElse(""),
                parameter(rule, "content_regex_name").orElse("")));
    }

    private void keep(String gate, String trigger, String message) {
        kept.add(FrozenId.of(gate, trigger, message));
    }

    Optional<Doubt> doubt(String gate, String md5) {
        if (kept.contains(md5)) {
            return Optional.empty();
        }
        if (fromScratch.contains(md5)) {
            return Optional.of(new Doubt(
                    "from scratch",
                    "the id hashes 'FROM scratch', which Anchore Engine puts in front of every Dockerfile that it"
                            + " guesses; here nothing is put in front, so the item matches only where the Dockerfile"
                            + " itself says so"));
        }
        if (SecretNames.hashesAnchoresPattern(gate, md5, secretRules)) {
            return Optional.of(new Doubt(
                    "secret pattern",
                    "an id that Anchore made hashes its own pattern for secrets, which is another here: such an item"
                            + " matches nothing. Name the result by our own id instead, which does not hang on a"
                            + " pattern: 'plimsoll check -v' prints it"));
        }
        return gate.equals(DOCKERFILE) && asksForLines
                ? Optional.of(new Doubt(
                        "guessed line",
                        "an id of 'instruction' hashes the line; where Anchore Engine had no Dockerfile, it guessed"
                                + " the line from the image's history and wrote it otherwise: such an item matches"
                                + " nothing. Ids of given Dockerfiles go on matching"))
                : Optional.empty();
    }

    private static List<String> list(JsonObject rule, String parameter) {
        return parameter(rule, parameter).stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }

    private static Optional<String> parameter(JsonObject rule, String name) {
        return rule.objects("params").stream()
                .filter(parameter ->
                        parameter.string("name").filter(name::equalsIgnoreCase).isPresent())
                .findFirst()
                .flatMap(parameter -> parameter.string("value"));
    }
}
