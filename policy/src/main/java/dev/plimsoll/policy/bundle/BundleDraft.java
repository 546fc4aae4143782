package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a first bundle for somebody who has none: the default bundle, as strict as is wished, with comments that say
/// why each rule is there and what else it could say.
public final class BundleDraft {

    private static final String HEAD = """
            # What images must be. See docs/policy-reference.md, or: plimsoll policy describe
            # Check it:  plimsoll policy validate FILE      Judge by it:  plimsoll check IMAGE --policy FILE
            """;

    private BundleDraft() {}

    /// How much an image must keep to.
    public enum Strictness {
        /// As the default bundle.
        DEFAULT,
        /// High vulnerabilities that have a fix for a month, and root, stop an image.
        PRODUCTION,
        /// Also critical ones without a fix, old advisory data, a distribution past its regular support, remote login.
        STRICT
    }

    /// @param id of the bundle
    /// @param registry which images it is for; `*` fits any run of characters
    public record Wishes(String id, String registry, String repository, Strictness strictness) {}

    /// A bundle of format 2 as commented YAML.
    public static String yaml(Wishes wishes) {
        var tree = changed(DefaultBundle.tree(), wishes);
        Map<String, String> comments = new HashMap<>();
        comments.put("/version", "The format: 2 is Anchore Enterprise's, which Plimsoll keeps to.");
        comments.put("/rule_sets", "STOP fails an image, WARN is told, GO is only listed.");
        comments.put("/mappings", "Which rules are for which images. The first mapping that fits counts.");
        comments.put(
                "/allowlists",
                "What may be although a rule forbids it. An item names a gate, the id of a result"
                        + " (plimsoll check -v prints it), and should end: expires_on.");
        var rules = tree.objects("rule_sets").getFirst().objects("rules");
        for (int i = 0; i < rules.size(); i++) {
            comments.put(
                    "/rule_sets/0/rules/" + i,
                    rules.get(i).string("description").orElse(""));
        }
        return HEAD + YamlWriter.write(withoutDescriptions(tree), comments);
    }

    /// Another's bundle, as the beginning of one's own.
    public static String yaml(JsonObject bundle) {
        return HEAD + YamlWriter.write(bundle);
    }

    private static JsonObject changed(JsonObject tree, Wishes wishes) {
        var named = Members.with(
                Members.with(Members.without(tree, "description"), "id", new JsonString(wishes.id())),
                "name",
                new JsonString(wishes.id()));
        return BundleShape.changed(named, (kind, _, object) -> switch (kind) {
            case RULE_SET -> List.of(Members.with(object, "rules", rules(object, wishes.strictness())));
            case MAPPING ->
                List.of(Members.with(
                        Members.with(
                                Members.with(
                                        Members.with(object, "id", new JsonString("images")),
                                        "name",
                                        new JsonString("images")),
                                "registry",
                                new JsonString(wishes.registry())),
                        "repository",
                        new JsonString(wishes.repository())));
            case BUNDLE, RULE, PARAMETER, ALLOWLIST, ITEM, OTHER_MAPPING, IMAGE_RULE, IMAGE -> List.of(object);
        });
    }

    private static JsonArray rules(JsonObject ruleSet, Strictness strictness) {
        var rules = new ArrayList<JsonValue>();
        for (var rule : ruleSet.objects("rules")) {
            rules.add(strictness == Strictness.DEFAULT ? rule : stricter(rule, strictness));
        }
        if (strictness == Strictness.STRICT) {
            rules.addAll(more());
        }
        return new JsonArray(rules);
    }

    private static JsonObject stricter(JsonObject rule, Strictness strictness) {
        boolean strict = strictness == Strictness.STRICT;
        return switch (rule.string("id").orElse("")) {
            case "high-with-fix" -> {
                int days = strict ? 7 : 30;
                yield Members.with(
                        stopping(
                                rule,
                                "High vulnerabilities that have a fix are told, and stop an image " + days
                                        + " days after the fix came out. Without a term (plimsoll) they stop it at once."),
                        "plimsoll",
                        SchemaText.object("grace", SchemaText.list(SchemaText.object("days", days, "from", "fix"))));
            }
            case "runs-as-root" ->
                stopping(rule, "No container runs as root: who breaks out of one is root outside too.");
            case "end-of-regular-support" ->
                strict ? stopping(rule, "A distribution within its regular support.") : rule;
            case "data-age" -> strict ? stopping(rule, "Advisory data of this week.") : rule;
            default -> rule;
        };
    }

    private static JsonObject stopping(JsonObject rule, String description) {
        return Members.with(
                Members.with(rule, "action", new JsonString("STOP")), "description", new JsonString(description));
    }

    private static List<JsonObject> more() {
        return List.of(
                rule(
                        "critical-without-fix",
                        "vulnerabilities",
                        "package",
                        "STOP",
                        "No critical vulnerability, even where no fix exists: allow those that you looked at, with an end.",
                        List.of(
                                "package_type=all",
                                "severity_comparison=>=",
                                "severity=critical",
                                "fix_available=false",
                                "vendor_only=false")),
                rule(
                        "remote-login",
                        "dockerfile",
                        "exposed_ports",
                        "STOP",
                        "No remote login into containers.",
                        List.of("ports=22,23", "type=denylist")),
                rule(
                        "health-check",
                        "dockerfile",
                        "instruction",
                        "WARN",
                        "A health check tells an engine when to start the container anew. Kubernetes has its own: take the"
                                + " rule out where only that runs it.",
                        List.of("instruction=HEALTHCHECK", "check=not_exists")));
    }

    private static JsonObject rule(
            String id, String gate, String trigger, String action, String description, List<String> parameters) {
        var params = parameters.stream()
                .map(parameter -> SchemaText.object(
                        "name",
                        parameter.substring(0, parameter.indexOf('=')),
                        "value",
                        parameter.substring(parameter.indexOf('=') + 1)))
                .toList();
        return SchemaText.object(
                "id",
                id,
                "gate",
                gate,
                "trigger",
                trigger,
                "action",
                action,
                "params",
                SchemaText.list(params),
                "description",
                description);
    }

    /// The comments say the same.
    private static JsonObject withoutDescriptions(JsonObject tree) {
        return BundleShape.changed(
                tree,
                (kind, _, object) -> List.of(
                        kind == BundleShape.Kind.RULE || kind == BundleShape.Kind.RULE_SET
                                ? Members.without(object, "description")
                                : object));
    }
}
