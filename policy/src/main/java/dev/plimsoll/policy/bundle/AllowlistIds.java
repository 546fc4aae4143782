package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Names;
import dev.plimsoll.policy.rule.Trigger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which ids the results of a gate can have, as far as that can be told without an image: so that an allowlist item
/// that can match none is found when it is written.
///
/// Source of the forms: Anchore Engine 1.1, `trigger_id` of its triggers.
final class AllowlistIds {

    /// Gates of which every id is an MD5, our own form apart.
    private static final Set<String> HASHED = Set.of(
            "ancestry",
            "distro",
            "dockerfile",
            "files",
            "licenses",
            "metadata",
            "npms",
            "packages",
            "passwd_file",
            "ruby_gems",
            "secret_scans",
            "stig",
            "tag_drift");

    /// Gates with ids of several parts, and those parts, for messages.
    private static final java.util.Map<String, String> JOINED = java.util.Map.of(
            "kev", "VULNERABILITY+PACKAGE",
            "malware", "SCANNER+SIGNATURE+MD5-OF-THE-PATH",
            "retrieved_files", "RULE+file://PATH",
            "vulnerabilities", "VULNERABILITY+PACKAGE");

    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern MD5_IN_CAPITALS = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern BEGINS_LIKE_MD5 = Pattern.compile("[0-9a-f]{0,32}");

    private final HashedIds hashed;

    private AllowlistIds(HashedIds hashed) {
        this.hashed = hashed;
    }

    static AllowlistIds of(Bundle bundle, JsonObject tree) {
        return new AllowlistIds(HashedIds.of(bundle, tree));
    }

    /// Why an item matches nothing, or may match nothing.
    ///
    /// @param kind items of one kind share their words
    record Doubt(String kind, String words) {}

    Optional<Doubt> doubt(Allowlist.Item item) {
        var id = item.triggerId();
        // the reader speaks of gates that nobody knows; expressions cannot be compared with forms
        return id.isExpression() || !(Gates.find(item.gate()) instanceof Gates.Found(var gate))
                ? Optional.empty()
                : doubt(gate, id);
    }

    private Optional<Doubt> doubt(Gate gate, NamePattern id) {
        var text = id.toString();
        if (text.startsWith(gate.name() + ":")) {
            return ofOurForm(gate, text.substring(gate.name().length() + 1));
        }
        int colon = text.indexOf(':');
        if (colon > 0 && Gates.find(text.substring(0, colon)) instanceof Gates.Found(var other)) {
            return nothing("other gate " + other.name(), "the id is one of the gate '" + other.name() + "'");
        }
        if (id.exactName().isPresent() && MD5.matcher(text).matches()) {
            return gate.name().equals("always") ? always() : hashed.doubt(gate.name(), text);
        }
        if (id.exactName().isPresent() && MD5_IN_CAPITALS.matcher(text).matches()) {
            return nothing("capitals", "an MD5 in an id has lower case letters");
        }
        if (gate.name().equals("always")) {
            return id.matches("always") || mayBeOurForm(gate, id) ? Optional.empty() : always();
        }
        if (HASHED.contains(gate.name())) {
            boolean mayBegin = id.exactName().isEmpty()
                    && (BEGINS_LIKE_MD5.matcher(id.prefix()).matches() || mayBeOurForm(gate, id));
            return mayBegin
                    ? Optional.empty()
                    : nothing(
                            "no md5 " + gate.name(),
                            "ids of the gate '" + gate.name() + "' are MD5 sums, or of the form " + gate.name()
                                    + ":TRIGGER:KEY");
        }
        var parts = JOINED.get(gate.name());
        if (parts != null && id.exactName().isPresent() && text.indexOf('+') < 0 && !text.equals("unknown-severity")) {
            return nothing(
                    "not joined " + gate.name(),
                    "ids of the gate '" + gate.name() + "' have the form " + parts
                            + (parts.startsWith("VULNERABILITY")
                                    ? "; for all packages write '" + Names.shortened(text) + "+*'"
                                    : ""));
        }
        return Optional.empty();
    }

    private static Optional<Doubt> always() {
        return nothing("always", "the only id of the gate 'always' is 'always'");
    }

    private static boolean mayBeOurForm(Gate gate, NamePattern id) {
        return id.exactName().isEmpty() && (gate.name() + ":").startsWith(id.prefix());
    }

    /// @param rest behind the gate: `trigger:key`
    private static Optional<Doubt> ofOurForm(Gate gate, String rest) {
        int colon = rest.indexOf(':');
        var name = colon < 0 ? rest : rest.substring(0, colon);
        if (name.indexOf('*') >= 0) {
            return Optional.empty();
        }
        for (var trigger : gate.triggers()) {
            if (trigger.name().equals(name)) {
                return colon >= 0
                        ? Optional.empty()
                        : nothing("no key " + name, "an id of the trigger '" + name + "' goes on with ':' and a key");
            }
            if (trigger.olderName().equals(name)) {
                return nothing("older " + name, "our own ids name the trigger '" + trigger.name() + "'");
            }
        }
        return nothing(
                "no trigger " + name,
                "the gate '" + gate.name() + "' has no trigger '" + Names.shortened(name) + "': "
                        + Names.advice(
                                name,
                                gate.triggers().stream().map(Trigger::name).toList()));
    }

    private static Optional<Doubt> nothing(String kind, String words) {
        return Optional.of(new Doubt(kind, "the item can match nothing: " + words));
    }
}
