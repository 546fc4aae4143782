package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.secret.SecretRule;
import dev.plimsoll.inventory.secret.SecretRules;
import dev.plimsoll.policy.rule.FrozenId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names by which rules ask for kinds of secrets: those of our own rules, and the five that Anchore Engine has without
/// being configured.
///
/// Source: Anchore Engine 1.1, the description of `content_regex_name`, for the names.
public final class SecretNames {

    private static final Map<String, Predicate<String>> OF_ENGINE = Map.of(
            "AWS_ACCESS_KEY", "aws-access-key-id"::equals,
            "AWS_SECRET_KEY", "aws-secret-access-key"::equals,
            "PRIV_KEY", name -> name.startsWith("private-key-"),
            "DOCKER_AUTH", name -> name.equals("docker-auth") || name.equals("docker-identity-token"),
            "API_KEY", name -> name.endsWith("-key") || name.equals("generic-secret"));

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final String GATE = "secret_scans";
    private static final String TRIGGER = "content_regex_checks";

    private SecretNames() {}

    /// Our rules that a bundle means by a name, in any case; none where nobody knows the name.
    static Set<String> rules(String name) {
        var wanted = name.strip();
        var ofEngine = OF_ENGINE.get(wanted.toUpperCase(Locale.ROOT));
        Predicate<String> meant = ofEngine == null ? wanted.toLowerCase(Locale.ROOT)::equals : ofEngine;
        return SecretRules.all().stream()
                .map(SecretRule::name)
                .filter(meant)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Engine's names, sorted.
    static List<String> ofEngine() {
        return OF_ENGINE.keySet().stream().sorted().toList();
    }

    /// Anchore's message where nothing was found.
    static String notFoundMessage(String filenameRegex, String name) {
        return "Secret content search analyzer did not find regexp match in container: filename_regex="
                + (filenameRegex.isEmpty() ? "*" : filenameRegex) + " content_regex_name="
                + (name.isEmpty() ? "all" : name);
    }

    /// Whether an allowlist's item names a result of Anchore's whose id hashes the text of one of its own patterns for
    /// secrets: no result of ours has that id, so the item silences nothing. An id of a result *notfound* has no
    /// pattern in it.
    ///
    /// @param notFoundRules of the bundle's rules of that gate, `filename_regex` and `content_regex_name` as they
    ///     stand, empty where they are not given
    public static boolean hashesAnchoresPattern(
            String gate, String triggerId, Collection<Map.Entry<String, String>> notFoundRules) {
        return gate.equalsIgnoreCase(GATE)
                && MD5.matcher(triggerId).matches()
                && notFoundRules.stream()
                        .noneMatch(rule -> FrozenId.of(GATE, TRIGGER, notFoundMessage(rule.getKey(), rule.getValue()))
                                .equals(triggerId));
    }
}
