package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A CVE allowlist of Harbor: `items` with `cve_id`, one `expires_at` (seconds since 1970) for all, and the project
/// whose
/// images it is for (0 is the system's list). A project's record has it as `cve_allowlist`.
///
/// Source: Harbor's API 2.0, CVEAllowlist.
final class HarborAllowlist {

    private static final String OF_PROJECT = "cve_allowlist";
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    private HarborAllowlist() {}

    static void read(byte[] bytes, Drafts drafts) throws ImportException {
        JsonValue value;
        try {
            value = JsonReader.read(bytes, JsonLimits.AUTHORED.withBytes(ForeignFormat.MAX_LENGTH));
        } catch (JsonException e) {
            throw new ImportException("is no allowlist of Harbor: " + e.getMessage());
        }
        if (!(value instanceof JsonObject document)) {
            throw new ImportException("is no allowlist of Harbor: it must be a JSON object");
        }
        var list = document.get(OF_PROJECT).isPresent() ? document.object(OF_PROJECT) : document;
        if (list.get("items").isEmpty()) {
            throw new ImportException("is no allowlist of Harbor: it has no 'items'");
        }
        var project = list.number("project_id").orElse(BigDecimal.ZERO);
        if (project.signum() != 0 && drafts.options().images().isEmpty()) {
            throw new ImportException("is the allowlist of the project with the number "
                    + Drafts.quoted(project.toString())
                    + " alone, which does not say its images: name them, --image 'harbor.example/PROJECT/*'");
        }
        if (document.object("metadata").string("reuse_sys_cve_allowlist").equals(Optional.of("true"))) {
            drafts.note("The project uses the system's allowlist (reuse_sys_cve_allowlist), so Harbor does not use this"
                    + " one");
        }
        items(list, end(list), drafts);
    }

    private static Optional<Instant> end(JsonObject list) throws ImportException {
        var value = list.get("expires_at").orElse(new JsonNull());
        return switch (value) {
            case JsonNull() -> Optional.empty();
            case JsonNumber(var seconds)
            when seconds.signum() >= 0 && seconds.compareTo(LAST_SECOND) <= 0 ->
                Optional.of(Instant.ofEpochSecond(seconds.longValue()));
            default ->
                throw new ImportException(
                        "is no allowlist of Harbor: its 'expires_at' is no number of seconds since 1970");
        };
    }

    private static void items(JsonObject list, Optional<Instant> end, Drafts drafts) {
        var items = list.array("items");
        for (int i = 0; i < items.size(); i++) {
            var place = "/items/" + i;
            var id = items.get(i) instanceof JsonObject item
                    ? item.string("cve_id").orElse("").strip()
                    : "";
            if (id.isEmpty()) {
                drafts.leave(place, "has no cve_id");
            } else if (id.indexOf('*') >= 0) {
                drafts.leave(
                        place,
                        "Harbor takes " + Drafts.quoted(id) + " as it stands; in a waiver * would be any characters");
            } else {
                drafts.at(place)
                        .named(id)
                        .covering("ids", List.of(id))
                        .until(end)
                        .add();
            }
        }
    }
}
