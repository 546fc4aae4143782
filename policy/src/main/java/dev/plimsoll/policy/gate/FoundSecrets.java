package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.inventory.secret.SecretRule;
import dev.plimsoll.inventory.secret.SecretRules;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Firing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/// Results for secrets: one for each secret in each file, however many lines of it hold the same.
final class FoundSecrets {

    private static final String CONFIGURATION = "config:";

    /// In hexadecimal digits of its digest, by which one secret is told from another.
    private static final int DIGEST_LENGTH = 12;

    private FoundSecrets() {}

    private record Same(String rule, String path, OptionalInt layer, String digest) {}

    /// Of a trigger that Anchore has not.
    ///
    /// @param secrets in their order
    static List<Firing> firings(String gate, String trigger, List<Secret> secrets) {
        return groups(secrets).stream()
                .map(same -> about(
                        same.getFirst(),
                        gate + ":" + trigger,
                        Firing.ours(trigger, key(same.getFirst()), message(same), remedy(same.getFirst()))))
                .toList();
    }

    /// Of Anchore's trigger.
    ///
    /// @param frozen Anchore's message
    static List<Firing> firings(String gate, String trigger, List<Secret> secrets, Function<Secret, String> frozen) {
        return groups(secrets).stream()
                .map(same -> about(
                        same.getFirst(),
                        gate + ":" + trigger,
                        Firing.of(
                                key(same.getFirst()),
                                message(same),
                                frozen.apply(same.getFirst()),
                                remedy(same.getFirst()))))
                .toList();
    }

    private static List<List<Secret>> groups(List<Secret> secrets) {
        Map<Same, List<Secret>> groups = new LinkedHashMap<>();
        for (var secret : secrets) {
            groups.computeIfAbsent(
                            new Same(secret.rule(), secret.path(), secret.layer(), secret.digest()),
                            _ -> new ArrayList<>())
                    .add(secret);
        }
        return List.copyOf(groups.values());
    }

    private static String ofRuleInFile(Secret secret) {
        return secret.rule() + ":" + place(secret);
    }

    private static String key(Secret secret) {
        var digest = secret.digest();
        return ofRuleInFile(secret) + ":" + digest.substring(0, Math.min(DIGEST_LENGTH, digest.length()));
    }

    /// An allowlist may name all secrets of a rule in a file.
    private static Firing about(Secret secret, String trigger, Firing firing) {
        var known = firing.alsoKnownAs(List.of(trigger + ":" + ofRuleInFile(secret)));
        return isOfConfiguration(secret) ? known : known.at(new Location(secret.path(), secret.layer()));
    }

    private static String message(List<Secret> same) {
        var secret = same.getFirst();
        var lines = same.stream()
                .map(Secret::line)
                .filter(line -> line > 0)
                .distinct()
                .sorted()
                .toList();
        var shown = secret.redacted().isEmpty() ? "" : " (" + secret.redacted() + ")";
        if (isOfConfiguration(secret)) {
            return "The image's configuration holds a secret: " + title(secret.rule()) + shown + " in its "
                    + part(secret)
                    + (lines.isEmpty() ? "" : ", entry " + Lines.of(lines).replaceFirst("lines? ", ""));
        }
        return place(secret) + " holds a secret: " + title(secret.rule()) + shown
                + (lines.isEmpty() ? "" : " in " + Lines.of(lines))
                + (secret.deleted()
                        ? "; a later layer deletes or replaces the file, and "
                                + secret.layer().stream()
                                        .mapToObj(layer -> "layer " + (layer + 1))
                                        .findFirst()
                                        .orElse("a layer")
                                + " still holds it"
                        : "");
    }

    private static Remedy remedy(Secret secret) {
        if (isOfConfiguration(secret)) {
            return Remedy.of("Take the secret out of the image's " + part(secret)
                    + " (give it when a container runs, or to the build as a secret mount), and revoke it");
        }
        return secret.deleted()
                ? new Remedy(
                        "Keep",
                        place(secret),
                        "files",
                        " out of the layer that brings it (a secret mount, or another stage of the build), and revoke"
                                + " the secret")
                : new Remedy("Take the secret out of", place(secret), "files", ", and revoke it");
    }

    static boolean isOfConfiguration(Secret secret) {
        return secret.path().startsWith(CONFIGURATION);
    }

    private static String part(Secret secret) {
        return switch (secret.path().substring(CONFIGURATION.length())) {
            case "env" -> "environment";
            case "command" -> "commands";
            default -> secret.path().substring(CONFIGURATION.length());
        };
    }

    /// As rules and messages write it: a path with its slash, or a part of the configuration.
    static String place(Secret secret) {
        return isOfConfiguration(secret) ? secret.path() : "/" + secret.path();
    }

    private static String title(String rule) {
        return Titles.OF_RULES.getOrDefault(rule, rule);
    }

    /// Read when they are first asked for.
    private static final class Titles {
        private static final Map<String, String> OF_RULES = SecretRules.all().stream()
                .collect(java.util.stream.Collectors.toMap(SecretRule::name, SecretRule::title));
    }
}
