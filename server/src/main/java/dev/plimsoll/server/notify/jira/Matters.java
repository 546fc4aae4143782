package dev.plimsoll.server.notify.jira;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.vendor.JsonTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What is still to be done about a ticket: which findings of which images are there, and which
/// messages the ticket has heard of already. It is kept with the ticket itself, as a property of
/// the issue that people do not see, so that it goes with it wherever it goes. Each matter is a
/// hash.
///
/// @param open what is still there
/// @param unknown whether there was more than is known here; such a ticket is never closed by
/// itself
/// @param messages the last ones that were told to the ticket
record Matters(Set<String> open, boolean unknown, List<String> messages) {

    /// The name of the property.
    static final String PROPERTY = "plimsoll";

    /// A property has 32 KB: 1,200 matters of 19 bytes leave room.
    private static final int MOST = 1200;
    private static final int MESSAGES = 50;
    private static final int HASH = 8;

    static final Matters NONE = new Matters(Set.of(), false, List.of());

    Matters {
        open = new LinkedHashSet<>(open);
        messages = List.copyOf(messages);
    }

    /// What was kept; a property that is missing or none of ours knows nothing.
    static Matters of(Optional<JsonObject> property) {
        return property.map(value -> new Matters(
                        new LinkedHashSet<>(value.strings("open")),
                        value.get("unknown").orElse(null) instanceof JsonBoolean(var unknown) && unknown,
                        value.strings("messages")))
                .orElse(new Matters(Set.of(), true, List.of()));
    }

    JsonObject property() {
        return JsonTree.object()
                .with("open", JsonTree.texts(List.copyOf(open)))
                .with("unknown", unknown)
                .with("messages", JsonTree.texts(messages))
                .tree();
    }

    boolean knows(UUID message) {
        return messages.contains(message.toString());
    }

    /// Whether the ticket may be closed.
    boolean settled() {
        return open.isEmpty() && !unknown;
    }

    /// After a message.
    Matters after(Message message) {
        Set<String> left = new LinkedHashSet<>(open);
        boolean more = unknown || message.more() > 0;
        for (var item : message.items()) {
            more |= item instanceof VulnerabilityUpdate update && update.more() > 0;
            left.addAll(opened(item));
            left.removeAll(closed(item));
        }
        var heard = new ArrayList<>(messages);
        heard.add(message.id().toString());
        var last = heard.subList(Math.max(0, heard.size() - MESSAGES), heard.size());
        return left.size() > MOST ? new Matters(Set.of(), true, last) : new Matters(left, more, last);
    }

    /// Whether somebody has to do something because of a message; if not, no ticket is made for it.
    /// Of a tag that moved people want to know, though there is nothing to settle.
    static boolean demands(Message message) {
        return message.items().stream().anyMatch(TagUpdate.class::isInstance)
                || !NONE.after(message).settled();
    }

    /// Whether a message says that something is over.
    static boolean settles(Message message) {
        return message.items().stream().anyMatch(item -> !closed(item).isEmpty());
    }

    private static List<String> opened(Item item) {
        var image = item.subject().title();
        return switch (item) {
            case VulnerabilityUpdate update -> {
                List<String> all = new ArrayList<>();
                update.added().forEach(finding -> all.add(hash(image, finding)));
                update.changed().forEach(finding -> all.add(hash(image, finding)));
                yield all;
            }
            case PolicyEvaluation evaluation ->
                evaluation.after().decision().equals("PASS") ? List.of() : List.of(hash(image));
            case AnalysisUpdate update -> update.state().equals("failed") ? List.of(hash(image)) : List.of();
            case TagUpdate _ -> List.of();
        };
    }

    private static List<String> closed(Item item) {
        var image = item.subject().title();
        return switch (item) {
            case VulnerabilityUpdate update ->
                update.gone().stream().map(finding -> hash(image, finding)).toList();
            case PolicyEvaluation evaluation ->
                evaluation.after().decision().equals("PASS") ? List.of(hash(image)) : List.of();
            case AnalysisUpdate update -> update.state().equals("failed") ? List.of() : List.of(hash(image));
            case TagUpdate _ -> List.of();
        };
    }

    private static String hash(String image, Finding finding) {
        return hash(image, finding.id(), finding.packageName(), finding.version());
    }

    /// Parts are told apart by a character that no name holds.
    static String hash(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
