package dev.plimsoll.server.notify.jira;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.wording.Outline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Writes a message as a description or a comment, in the form of the deployment: as many lines as
/// fit.
///
/// Source: developer.atlassian.com, "Atlassian Document Format"; Jira's "Text Formatting Notation".
/// Limit of both: 32,767 characters.
final class JiraText {

    private static final int MOST = 30_000;
    private static final int MOST_LINES = 80;

    private JiraText() {}

    static JsonValue of(Message message, Deployment deployment) {
        for (int lines = MOST_LINES; ; lines -= 2) {
            var outline = Outline.of(message, lines);
            var text = switch (deployment) {
                case CLOUD -> document(outline, message.id());
                case DATA_CENTER -> new JsonString(wiki(outline, message.id()));
            };
            if (JsonTree.text(text).length() <= MOST) {
                return text;
            }
        }
    }

    /// By which a message is known again in a ticket.
    static String mark(UUID message) {
        return "Plimsoll message " + message;
    }

    private static JsonObject document(Outline outline, UUID message) {
        List<JsonValue> content = new ArrayList<>();
        content.add(paragraph(List.of(text(outline.headline()))));
        content.add(list(outline.facts().stream()
                .map(fact -> fact.name() + ": " + fact.text())
                .toList()));
        for (var section : outline.sections()) {
            content.add(paragraph(List.of(strong(section.title()))));
            if (!section.lines().isEmpty()) {
                content.add(list(section.lines()));
            }
        }
        outline.more().ifPresent(more -> content.add(paragraph(List.of(text(more)))));
        outline.link().ifPresent(link -> content.add(paragraph(List.of(link(link)))));
        content.add(paragraph(List.of(text(mark(message)))));
        return JsonTree.object()
                .with("type", "doc")
                .with("version", 1)
                .with("content", JsonTree.array(content))
                .tree();
    }

    private static JsonObject node(String type, List<? extends JsonValue> content) {
        return JsonTree.object()
                .with("type", type)
                .with("content", JsonTree.array(content))
                .tree();
    }

    private static JsonObject paragraph(List<JsonObject> content) {
        return node("paragraph", content);
    }

    private static JsonObject list(List<String> lines) {
        return node(
                "bulletList",
                lines.stream()
                        .map(line -> node("listItem", List.of(paragraph(List.of(text(line))))))
                        .toList());
    }

    /// A text must not be empty.
    private static JsonObject text(String text) {
        return JsonTree.object()
                .with("type", "text")
                .with("text", text.isEmpty() ? " " : text)
                .tree();
    }

    private static JsonObject marked(String text, JsonObject mark) {
        return JsonTree.object()
                .withOthersOf(text(text))
                .with("marks", JsonTree.array(List.of(mark)))
                .tree();
    }

    private static JsonObject strong(String text) {
        return marked(text, JsonTree.object().with("type", "strong").tree());
    }

    private static JsonObject link(URI link) {
        return marked(
                "Open in Plimsoll",
                JsonTree.object()
                        .with("type", "link")
                        .with("attrs", JsonTree.object().with("href", link.toASCIIString()))
                        .tree());
    }

    /// All foreign text stands between two `{noformat}`, where nothing but a third one has a
    /// meaning.
    private static String wiki(Outline outline, UUID message) {
        var text = new StringBuilder(outline.headline());
        for (var fact : outline.facts()) {
            text.append('\n').append(fact.name()).append(": ").append(fact.text());
        }
        for (var section : outline.sections()) {
            text.append("\n\n").append(section.title());
            section.lines().forEach(line -> text.append("\n- ").append(line));
        }
        outline.more().ifPresent(more -> text.append("\n\n").append(more));
        var foreign = text.toString().replaceAll("(?i)\\{(?=\\s*noformat)", "(");
        var wiki = "{noformat}\n" + foreign + "\n{noformat}\n";
        var link = outline.link()
                .map(address -> "[Open in Plimsoll|"
                        + address.toASCIIString().replace("|", "%7C").replace("]", "%5D") + "]\n")
                .orElse("");
        return wiki + link + mark(message);
    }
}
