package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The rules under `ignore` of Grype's configuration: all criteria of a rule must hold. They have no end.
///
/// Source: Grype's configuration reference, `ignore`: `vulnerability`, `include-aliases`, `reason`, `namespace`,
/// `fix-state`, `match-type`, `vex-status`, `vex-justification`, and of the `package` `name`, `version`, `language`,
/// `type`, `location`, `upstream-name`.
final class GrypeIgnore {

    private static final String PACKAGE = "package";
    private static final Set<String> MEMBERS = Set.of("vulnerability", "include-aliases", "reason", PACKAGE);
    private static final Set<String> PACKAGE_MEMBERS = Set.of("name", "version", "type", "location");

    /// Criteria that a waiver has not, and what says it instead.
    private static final Map<String, String> UNSAID = new TreeMap<>(Map.of(
            "fix-state", "for findings without a fix: the rule's fix_available, or --only-fixed",
            "namespace", "a waiver does not know which database a match came from",
            "match-type", "a waiver does not know how a match was made",
            "vex-status", "it belongs to VEX documents, which are given to check",
            "vex-justification", "it belongs to VEX documents, which are given to check"));

    /// Other settings that leave findings out.
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.of(
            "only-fixed", "check --only-fixed does it",
            "only-notfixed", "nothing does it here",
            "ignore-states", "the rules' fix_available does it",
            "ignore-wontfix", "the rules' fix_available does it",
            "exclude", "check --exclude does it",
            "vex-documents", "VEX documents are no waivers"));

    private GrypeIgnore() {}

    static void read(byte[] bytes, Drafts drafts) throws ImportException {
        JsonValue value;
        try {
            value = YamlReader.read(bytes);
        } catch (JsonException e) {
            throw new ImportException("is no configuration of Grype: " + e.getMessage());
        }
        if (!(value instanceof JsonObject document)) {
            throw new ImportException("is no configuration of Grype: it must hold the list 'ignore'");
        }
        var list = document.get("ignore").orElse(new JsonNull());
        if (!(list instanceof JsonArray(var rules))) {
            throw new ImportException("has no list 'ignore', so there is nothing to take over");
        }
        SETTINGS.forEach((name, instead) -> document.get(name)
                .filter(GrypeIgnore::isSet)
                .ifPresent(_ -> drafts.leave("/" + name, "is no ignore rule: " + instead)));
        for (int i = 0; i < rules.size(); i++) {
            var place = "/ignore/" + i;
            if (rules.get(i) instanceof JsonObject rule) {
                rule(place, rule, drafts);
            } else {
                drafts.leave(place, "is no rule");
            }
        }
    }

    private static boolean isSet(JsonValue value) {
        return switch (value) {
            case JsonNull() -> false;
            case JsonBoolean(var set) -> set;
            case JsonString(var text) -> !text.isEmpty();
            case JsonArray(var elements) -> !elements.isEmpty();
            case JsonNumber _, JsonObject _ -> true;
        };
    }

    private static void rule(String place, JsonObject rule, Drafts drafts) {
        for (var name : rule.members().keySet()) {
            if (!MEMBERS.contains(name) && isSet(rule.get(name).orElseThrow())) {
                drafts.leave(
                        place,
                        "a waiver has no condition " + Drafts.quoted(name)
                                + Optional.ofNullable(UNSAID.get(name))
                                        .map(instead -> "; " + instead)
                                        .orElse(""));
                return;
            }
        }
        var item = rule.object(PACKAGE);
        for (var name : item.members().keySet()) {
            if (!PACKAGE_MEMBERS.contains(name) && isSet(item.get(name).orElseThrow())) {
                drafts.leave(place, "a waiver has no condition " + Drafts.quoted("package." + name));
                return;
            }
        }
        var id = text(rule, "vulnerability");
        var location = text(item, "location");
        if (id.isEmpty()
                && location.isEmpty()
                && text(item, "name").isEmpty()
                && text(item, "version").isEmpty()
                && text(item, "type").isEmpty()) {
            drafts.leave(place, "has no criteria, so Grype ignores nothing by it");
            return;
        }
        if (id.indexOf('*') >= 0) {
            drafts.leave(
                    place, "Grype takes " + Drafts.quoted(id) + " as it stands; in a waiver * would be any characters");
            return;
        }
        var paths = location.isEmpty() ? List.<String>of() : List.of(location);
        var problem = ForeignPaths.problem(paths);
        if (problem.isPresent()) {
            drafts.leave(place, problem.get());
            return;
        }
        switch (GrypePackage.of(text(item, "name"), text(item, "version"), text(item, "type"))) {
            case GrypePackage.Unsaid(var why) -> drafts.leave(place, why);
            case GrypePackage.Said(var packages) -> {
                noteDifferences(rule, id, paths, drafts);
                drafts.at(place)
                        .named(id.isEmpty() ? "grype-" + place.substring("/ignore/".length()) : id)
                        .covering("ids", id.isEmpty() ? List.of() : List.of(id))
                        .covering("packages", packages)
                        .covering("paths", paths)
                        .because(text(rule, "reason"))
                        .add();
            }
        }
    }

    private static void noteDifferences(JsonObject rule, String id, List<String> paths, Drafts drafts) {
        boolean aliases = rule.get("include-aliases").equals(Optional.of(new JsonBoolean(true)));
        if (!id.isEmpty() && !aliases) {
            drafts.note("Aliases count in a waiver: it covers the vulnerability by whichever of its names it is found,"
                    + " also where a rule of Grype has no include-aliases");
        }
        if (!paths.isEmpty()) {
            drafts.note(ForeignPaths.NOTE);
        }
    }

    /// People leave numbers without quotes; a version keeps its digits.
    private static String text(JsonObject object, String name) {
        return switch (object.get(name).orElse(new JsonNull())) {
            case JsonString(var text) -> text.strip();
            case JsonNumber(var number) -> number.toPlainString();
            case JsonBoolean(var bool) -> Boolean.toString(bool);
            case JsonNull _, JsonArray _, JsonObject _ -> "";
        };
    }
}
