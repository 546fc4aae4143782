package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;

/// The bundle that judges where none is named. It is a bundle of format 2 like any other; its rules say of themselves
/// why they are there.
public final class DefaultBundle {

    private static final String RESOURCE = "default-policy.json";

    private DefaultBundle() {}

    public static Bundle bundle() {
        return BundleReader.read(tree(), false).bundle().orElseThrow();
    }

    /// As it is written.
    public static JsonObject tree() {
        try (var in = Objects.requireNonNull(DefaultBundle.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return (JsonObject) JsonReader.read(in.readAllBytes(), JsonLimits.AUTHORED);
        } catch (JsonException e) {
            throw new IllegalStateException(RESOURCE, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The page `docs/default-policy.md`: each rule, what it demands and why.
    public static String markdown() {
        var bundle = bundle();
        var page = new StringBuilder("# " + bundle.name() + "\n\n" + bundle.description() + """


                `plimsoll check IMAGE` judges by it where no `--policy` is given; `plimsoll policy show default` prints it. Made from the
                bundle itself; `DefaultPolicyTest` says how to write it anew.

                To change it, write it to a file, edit that, and name it: `plimsoll policy show default > policy.yaml`, then
                `plimsoll check IMAGE --policy policy.yaml`. `plimsoll policy init` asks a few questions and writes one that fits.
                """);
        for (var rule : bundle.ruleSets().getFirst().rules()) {
            page.append("\n## `")
                    .append(rule.id())
                    .append("`: ")
                    .append(rule.action())
                    .append("\n\n");
            page.append(rule.description()).append("\n\n");
            page.append("- rule: `")
                    .append(rule.gate().name())
                    .append('/')
                    .append(rule.trigger().name())
                    .append('`')
                    .append(parameters(rule.id()))
                    .append('\n');
            if (rule.unknownAction() != rule.action()) {
                page.append("- where nobody knows: ")
                        .append(rule.unknownAction())
                        .append('\n');
            }
            page.append("- what to do: ").append(rule.recommendation()).append('\n');
        }
        for (var allowlist : bundle.allowlists()) {
            page.append("\n## Allowed: ").append(allowlist.name()).append("\n\n");
            allowlist
                    .items()
                    .forEach(item -> page.append("- `")
                            .append(item.triggerId())
                            .append("`: ")
                            .append(item.description())
                            .append('\n'));
        }
        return page.toString();
    }

    private static String parameters(String ruleId) {
        return tree().objects("rule_sets").stream()
                .flatMap(ruleSet -> ruleSet.objects("rules").stream())
                .filter(rule -> rule.string("id").filter(ruleId::equals).isPresent())
                .flatMap(rule -> rule.objects("params").stream())
                .map(parameter -> "`" + parameter.string("name").orElse("") + "` "
                        + parameter.string("value").orElse(""))
                .collect(Collectors.joining(", ", " ", ""))
                .stripTrailing();
    }
}
