package dev.plimsoll.server.notify.slack;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.wording.Outline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Writes a message in Slack's blocks, within Slack's limits: as many lines as fit, then how many
/// are missing and where they are.
///
/// Source: docs.slack.dev, "Block Kit": header 150 characters, 50 blocks, section 3000, 10 fields
/// of 2000. That all blocks together must stay below some 11,000 is written nowhere, and was found
/// by trying.
final class SlackBlocks {

    private static final int HEADER = 150;
    private static final int BLOCKS = 50;
    private static final int SECTION = 3000;
    private static final int FIELD = 500;
    private static final int LINE = 400;
    /// Of the texts of all blocks together.
    static final int TOTAL = 8800;
    private static final int MOST_LINES = 60;

    private final List<JsonValue> blocks = new ArrayList<>();
    private int length;

    private SlackBlocks() {}

    static JsonArray of(Message message) {
        // a few passes over a bounded text are simpler than to know beforehand what fits
        for (int lines = MOST_LINES; ; lines -= 2) {
            var written = new SlackBlocks();
            written.write(Outline.of(message, lines));
            if (written.length <= TOTAL && written.blocks.size() <= BLOCKS) {
                return new JsonArray(written.blocks);
            }
        }
    }

    private void write(Outline outline) {
        header(outline.headline());
        fields(outline.facts());
        for (var section : outline.sections()) {
            var text = new StringBuilder("*" + SlackText.escaped(section.title(), LINE) + "*");
            for (var line : section.lines()) {
                var escaped = "• " + SlackText.escaped(line, LINE);
                if (text.length() + 1 + escaped.length() > SECTION) {
                    section(text.toString());
                    text.setLength(0);
                }
                text.append(text.isEmpty() ? "" : "\n").append(escaped);
            }
            section(text.toString());
        }
        outline.more().ifPresent(more -> section("_" + SlackText.escaped(more, LINE) + "_"));
        outline.link().ifPresent(link -> section(link(link, "Open in Plimsoll")));
    }

    private void header(String headline) {
        var text = SlackText.escaped(headline, HEADER);
        length += text.length();
        blocks.add(JsonTree.object()
                .with("type", "header")
                .with(
                        "text",
                        JsonTree.object()
                                .with("type", "plain_text")
                                .with("text", text)
                                .with("emoji", false))
                .tree());
    }

    private void fields(List<Outline.Fact> facts) {
        List<JsonObject> fields = new ArrayList<>();
        for (var fact : facts) {
            var text = "*" + fact.name() + "*\n" + SlackText.escaped(fact.text(), FIELD);
            length += text.length();
            fields.add(markup(text));
        }
        blocks.add(JsonTree.object()
                .with("type", "section")
                .with("fields", JsonTree.array(fields))
                .tree());
    }

    private void section(String text) {
        length += text.length();
        blocks.add(JsonTree.object()
                .with("type", "section")
                .with("text", markup(text))
                .tree());
    }

    private static JsonObject markup(String text) {
        return JsonTree.object()
                .with("type", "mrkdwn")
                .with("text", text)
                .with("verbatim", true)
                .tree();
    }

    private static String link(URI link, String label) {
        var address =
                link.toASCIIString().replace("&", "&amp;").replace("|", "%7C").replace(">", "%3E");
        return address.length() > SECTION - 100 ? label : "<" + address + "|" + label + ">";
    }

    /// What stands where blocks do not: in notices on a screen and for readers that speak.
    static String fallback(Message message) {
        return SlackText.escaped(message.headline(), LINE);
    }
}
