package dev.plimsoll.server.testing;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What Jira refuses in a ticket or a comment, with its words, by field.
final class JiraRules {

    static final int MOST_TEXT = 32_767;
    static final String TEAM = "customfield_10031";

    private static final Set<String> FIELDS =
            Set.of("project", "issuetype", "summary", "description", "labels", "priority", TEAM);

    private JiraRules() {}

    /// @param type id of the type of issues; the second one wants a team
    static Map<String, String> ofFields(JsonObject fields, boolean cloud, String type) {
        Map<String, String> errors = new LinkedHashMap<>();
        for (var field : fields.members().keySet()) {
            if (!FIELDS.contains(field)) {
                errors.put(
                        field,
                        "Field '%s' cannot be set. It is not on the appropriate screen, or unknown.".formatted(field));
            }
        }
        if (!fields.object("project").string("key").orElse("").equals(JiraStandIn.PROJECT)) {
            errors.put("project", "valid project is required");
        }
        if (type.isEmpty()) {
            errors.put("issuetype", "The issue type selected is invalid.");
        }
        var summary = fields.string("summary").orElse("");
        if (summary.isBlank()) {
            errors.put("summary", "You must specify a summary of the issue.");
        } else if (summary.length() > 255) {
            errors.put("summary", "Summary must be less than 255 characters.");
        } else if (summary.contains("\n") || summary.contains("\r")) {
            errors.put("summary", "The summary is invalid because it contains newline characters.");
        }
        for (var label : fields.array("labels")) {
            if (!(label instanceof JsonString(var text))
                    || text.isEmpty()
                    || text.contains(" ")
                    || text.length() > 255) {
                errors.put("labels", "The label contains spaces which is invalid.");
            }
        }
        fields.get("description").ifPresent(text -> {
            var mistake = ofText(text, cloud);
            if (!mistake.isEmpty()) {
                errors.put("description", mistake);
            }
        });
        if (type.equals(JiraStandIn.DEMANDING_TYPE) && fields.get(TEAM).isEmpty()) {
            errors.put(TEAM, "Team is required.");
        }
        return errors;
    }

    /// @return empty where it is fine
    static String ofText(JsonValue value, boolean cloud) {
        if (cloud != (value instanceof JsonObject)) {
            return cloud ? "Operation value must be an Atlassian Document" : "Operation value must be a string";
        }
        if (value instanceof JsonString(var wiki)) {
            if (wiki.length() > MOST_TEXT) {
                return "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
            }
            return wiki(wiki);
        }
        if (!(value instanceof JsonObject document)
                || !document.string("type").orElse("").equals("doc")
                || !(document.get("version").orElse(value) instanceof JsonNumber(var version))
                || version.intValue() != 1
                || document.members().size() != 3) {
            return "Operation value must be an Atlassian Document: its root";
        }
        if (StandInServer.write(document).length() > MOST_TEXT) {
            return "CONTENT_LIMIT_EXCEEDED";
        }
        return nodes(document, Set.of("paragraph", "bulletList"));
    }

    /// Foreign text may stand between two marks alone; behind them only what the service itself
    /// writes.
    private static String wiki(String wiki) {
        var parts = wiki.split("\\{\\s*(?i:noformat)[^}]*\\}", -1);
        boolean fine = parts.length == 3
                && parts[0].isEmpty()
                && parts[2].matches("\n(\\[Open in Plimsoll\\|http[^|\\]\\s]*\\]\n)?Plimsoll message [0-9a-f-]{36}");
        return fine ? "" : "wiki markup that came from foreign text";
    }

    private static String nodes(JsonObject parent, Set<String> allowed) {
        var content = parent.objects("content");
        if (content.isEmpty() || content.size() != parent.array("content").size()) {
            return "Operation value must be an Atlassian Document: content of " + parent.string("type");
        }
        for (var node : content) {
            var type = node.string("type").orElse("");
            if (!allowed.contains(type)) {
                return "Operation value must be an Atlassian Document: " + type;
            }
            var mistake = switch (type) {
                case "paragraph" -> nodes(node, Set.of("text"));
                case "bulletList" -> nodes(node, Set.of("listItem"));
                case "listItem" -> nodes(node, Set.of("paragraph"));
                default -> text(node);
            };
            if (!mistake.isEmpty()) {
                return mistake;
            }
        }
        return "";
    }

    private static String text(JsonObject node) {
        if (node.string("text").orElse("").isEmpty()) {
            return "Operation value must be an Atlassian Document: an empty text";
        }
        for (var mark : node.objects("marks")) {
            var type = mark.string("type").orElse("");
            boolean link = type.equals("link")
                    && mark.object("attrs").string("href").orElse("").startsWith("http");
            if (!link && !type.equals("strong")) {
                return "Operation value must be an Atlassian Document: mark " + type;
            }
        }
        return "";
    }
}
