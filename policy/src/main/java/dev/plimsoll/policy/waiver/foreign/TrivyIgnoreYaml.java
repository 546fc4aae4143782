package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.purl.PackageUrl;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Trivy's `.trivyignore.yaml`: lists of vulnerabilities, misconfigurations, secrets and licences, each entry with
/// `id`,
/// `paths`, `purls`, `expired_at` and `statement`.
///
/// Source: Trivy's documentation, "Filtering", section ".trivyignore.yaml".
final class TrivyIgnoreYaml {

    private static final String VULNERABILITIES = "vulnerabilities";
    private static final Set<String> MEMBERS = Set.of("id", "paths", "purls", "expired_at", "statement");

    private TrivyIgnoreYaml() {}

    static void read(byte[] bytes, Drafts drafts) throws ImportException {
        JsonValue value;
        try {
            value = YamlReader.read(bytes);
        } catch (JsonException e) {
            throw new ImportException("is no .trivyignore.yaml: " + e.getMessage());
        }
        if (!(value instanceof JsonObject document)) {
            throw new ImportException("is no .trivyignore.yaml: it must hold lists such as '" + VULNERABILITIES + "'");
        }
        document.members().forEach((section, list) -> {
            if (!(list instanceof JsonArray(var elements))) {
                if (!(list instanceof JsonNull)) {
                    drafts.leave("/" + section, "is no list");
                }
                return;
            }
            for (int i = 0; i < elements.size(); i++) {
                var place = "/" + section + "/" + i;
                if (!(elements.get(i) instanceof JsonObject entry)) {
                    drafts.leave(place, "is no entry with an id");
                } else if (section.equals(VULNERABILITIES)) {
                    vulnerability(place, entry, drafts);
                } else {
                    drafts.leave(place, foreign(section, entry));
                }
            }
        });
    }

    private static String foreign(String section, JsonObject entry) {
        var id = Drafts.quoted(entry.string("id").orElse(""));
        return switch (section) {
            case "misconfigurations" ->
                id + " is a check of Trivy's: what rules on Dockerfile and configuration find has other ids here";
            case "secrets" -> id + " is a rule of Trivy's for secrets: results of secret_scans have other ids here";
            case "licenses" -> id + " is a licence: results of the gate licenses have other ids here";
            default -> "Trivy has no list " + Drafts.quoted(section);
        };
    }

    private static void vulnerability(String place, JsonObject entry, Drafts drafts) {
        var problem = problem(entry);
        if (problem.isPresent()) {
            drafts.leave(place, problem.get());
            return;
        }
        var id = entry.string("id").orElseThrow().strip();
        var paths = entry.strings("paths");
        if (!paths.isEmpty()) {
            drafts.note(ForeignPaths.NOTE);
        }
        drafts.at(place)
                .named(id)
                .covering("ids", List.of(id))
                .covering("packages", entry.strings("purls"))
                .covering("paths", paths)
                .because(entry.string("statement").orElse(""))
                .until(end(entry).flatMap(TrivyIgnoreYaml::instant))
                .add();
    }

    /// Why a waiver cannot say it; empty where it can.
    private static Optional<String> problem(JsonObject entry) {
        var id = entry.string("id").orElse("").strip();
        if (id.isEmpty()) {
            return Optional.of("has no id");
        }
        if (id.indexOf('*') >= 0) {
            return Optional.of(literal(id));
        }
        for (var name : entry.members().keySet()) {
            if (!MEMBERS.contains(name)) {
                return Optional.of("its member " + Drafts.quoted(name) + " is not known, and may narrow it");
            }
        }
        for (var name : List.of("paths", "purls")) {
            if (!isTexts(entry.get(name).orElse(new JsonNull()))) {
                return Optional.of("its " + name + " are no list of texts");
            }
        }
        if (end(entry).isPresent()
                && end(entry).flatMap(TrivyIgnoreYaml::instant).isEmpty()) {
            return Optional.of("its expired_at is no day: write 2026-12-31");
        }
        return ForeignPaths.problem(entry.strings("paths")).or(() -> packageProblem(entry.strings("purls")));
    }

    private static String literal(String text) {
        return "Trivy takes " + Drafts.quoted(text) + " as it stands; in a waiver * would be any characters";
    }

    private static Optional<JsonValue> end(JsonObject entry) {
        return entry.get("expired_at").filter(found -> !(found instanceof JsonNull));
    }

    private static boolean isTexts(JsonValue value) {
        return value instanceof JsonNull
                || (value instanceof JsonArray(var elements)
                        && elements.stream().allMatch(JsonString.class::isInstance));
    }

    private static Optional<String> packageProblem(List<String> packages) {
        for (var text : packages) {
            if (PackageUrl.parse(text).isEmpty()) {
                return Optional.of(Drafts.quoted(text) + " is no package URL");
            }
            if (text.indexOf('*') >= 0 || text.contains("%2A") || text.contains("%2a")) {
                return Optional.of(literal(text));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> instant(JsonValue value) {
        if (!(value instanceof JsonString(var text))) {
            return Optional.empty();
        }
        try {
            return text.length() == 10
                    ? TrivyIgnore.day(text)
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
