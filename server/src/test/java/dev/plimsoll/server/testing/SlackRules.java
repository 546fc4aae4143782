package dev.plimsoll.server.testing;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What Slack refuses in a message, and more strictly than it: an unknown member is a mistake here.
final class SlackRules {

    private static final Set<String> MEMBERS = Set.of(
            "channel", "text", "blocks", "thread_ts", "reply_broadcast", "unfurl_links", "unfurl_media", "metadata");
    private static final int BLOCKS = 50;
    private static final int TOTAL = 11_000;
    /// What Slack gives a meaning in its markup; a link with a label is all that is expected.
    private static final Pattern SEQUENCE = Pattern.compile("<([^<>]*)>");

    private final List<String> mistakes = new ArrayList<>();
    private int total;

    private SlackRules() {}

    /// @param error the name by which Slack refuses
    record Refusal(String error, List<String> messages) {}

    static Optional<Refusal> check(JsonObject message) {
        for (var member : message.members().keySet()) {
            if (!MEMBERS.contains(member)) {
                return refusal("invalid_arguments", "[ERROR] " + member);
            }
        }
        var text = message.string("text").orElse("");
        if (text.isBlank()) {
            return refusal("no_text", "[ERROR] a fallback is missing");
        }
        if (text.length() > 4000) {
            return refusal("msg_too_long", "[ERROR] text of " + text.length());
        }
        var rules = new SlackRules();
        rules.sequences(text, "/text");
        if (message.get("blocks").isPresent()) {
            var blocks = message.array("blocks");
            if (blocks.isEmpty() || blocks.size() > BLOCKS) {
                return refusal("invalid_blocks", "[ERROR] no more than 50 items allowed [json-pointer:/blocks]");
            }
            for (int i = 0; i < blocks.size(); i++) {
                rules.block(blocks.get(i), "/blocks/" + i);
            }
        }
        if (!rules.mistakes.isEmpty()) {
            return Optional.of(new Refusal("invalid_blocks", rules.mistakes));
        }
        return rules.total > TOTAL ? refusal("msg_blocks_too_long", "[ERROR] " + rules.total) : Optional.empty();
    }

    private static Optional<Refusal> refusal(String error, String message) {
        return Optional.of(new Refusal(error, List.of(message)));
    }

    private void block(JsonValue value, String at) {
        if (!(value instanceof JsonObject block)) {
            mistake("must be an object", at);
            return;
        }
        switch (block.string("type").orElse("")) {
            case "header" -> {
                members(block, Set.of("type", "text"), at);
                text(block.object("text"), Set.of("plain_text"), 150, at + "/text");
            }
            case "section" -> {
                members(block, Set.of("type", "text", "fields"), at);
                var fields = block.objects("fields");
                if (block.get("text").isPresent()) {
                    text(block.object("text"), Set.of("mrkdwn", "plain_text"), 3000, at + "/text");
                } else if (fields.isEmpty()) {
                    mistake("must have text or fields", at);
                }
                if (fields.size() > 10) {
                    mistake("no more than 10 items allowed", at + "/fields");
                }
                for (int i = 0; i < fields.size(); i++) {
                    text(fields.get(i), Set.of("mrkdwn", "plain_text"), 2000, at + "/fields/" + i);
                }
            }
            default -> mistake("unsupported type", at);
        }
    }

    private void text(JsonObject object, Set<String> types, int most, String at) {
        members(object, Set.of("type", "text", "emoji", "verbatim"), at);
        var type = object.string("type").orElse("");
        if (!types.contains(type)) {
            mistake("must be one of " + types, at + "/type");
        }
        boolean forPlain = object.get("emoji").isEmpty() || type.equals("plain_text");
        boolean forMarkup = object.get("verbatim").isEmpty() || type.equals("mrkdwn");
        if (!forPlain || !forMarkup || !flag(object, "emoji") || !flag(object, "verbatim")) {
            mistake("emoji is of plain_text, verbatim of mrkdwn", at);
        }
        if (!(object.get("text").orElse(object) instanceof JsonString(var text)) || text.isEmpty()) {
            mistake("must be more than 0 characters", at + "/text");
            return;
        }
        if (text.codePointCount(0, text.length()) > most) {
            mistake("must be less than " + (most + 1) + " characters", at + "/text");
        }
        total += text.length();
        sequences(text, at + "/text");
    }

    private static boolean flag(JsonObject object, String name) {
        return object.get(name).isEmpty() || object.get(name).get() instanceof JsonBoolean;
    }

    private void sequences(String text, String at) {
        var matcher = SEQUENCE.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).matches("https?://[^|\\s]+\\|[^|]+")) {
                mistake("a sequence that mentions or links: " + matcher.group(), at);
            }
        }
        var rest = matcher.replaceAll("");
        if (rest.indexOf('<') >= 0 || rest.indexOf('>') >= 0 || rest.matches("(?s).*&(?!amp;|lt;|gt;).*")) {
            mistake("not escaped", at);
        }
    }

    private void members(JsonObject object, Set<String> allowed, String at) {
        for (var member : object.members().keySet()) {
            if (!allowed.contains(member)) {
                mistake("unexpected " + member, at);
            }
        }
    }

    private void mistake(String what, String at) {
        mistakes.add("[ERROR] " + what + " [json-pointer:" + at + "]");
    }
}
