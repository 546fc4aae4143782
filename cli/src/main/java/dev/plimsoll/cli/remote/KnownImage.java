package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.registry.Reference;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An image that the server knows.
///
/// @param digest ready for a path
/// @param name by which it was asked for: `registry/repository:tag`; empty where that was a digest
record KnownImage(String digest, Optional<String> name) {

    /// Of one repository that are looked through.
    private static final int MAX_TAGS = 100_000;

    /// Asks the server what a tag stands for; a digest stands for itself.
    ///
    /// @param at when the tag counts; null for now
    /// @throws CommandException where the server does not know it
    static KnownImage of(RemoteClient client, String text, @Nullable Instant at) {
        if (text.matches("(sha256:)?[0-9a-f]{64}")) {
            return new KnownImage(text.startsWith("sha256:") ? text : "sha256:" + text, Optional.empty());
        }
        var reference = reference(text);
        return reference
                .digest()
                .map(digest -> new KnownImage(digest.toString(), Optional.empty()))
                .orElseGet(() -> ofTag(client, reference, at));
    }

    private static KnownImage ofTag(RemoteClient client, Reference reference, @Nullable Instant at) {
        var tag = reference.tag().orElse("");
        var name = reference.registry() + "/" + reference.repository() + ":" + tag;
        var found = new ArrayList<JsonObject>();
        client.list(
                "/tags",
                Query.of("repository", reference.registry() + "/" + reference.repository())
                        .at(at),
                MAX_TAGS,
                item -> {
                    if (item.string("tag").orElse("").equals(tag)) {
                        found.add(item);
                    }
                });
        return found.stream()
                .findFirst()
                .flatMap(item -> item.string("digest"))
                .map(digest -> new KnownImage(digest, Optional.of(name)))
                .orElseThrow(() -> CommandException.usage(client.server() + " knows no image " + name
                        + (at == null ? "" : " as of " + at) + "; `plimsoll remote add " + name + "` gives it to it"));
    }

    private static Reference reference(String text) {
        try {
            return Reference.parse(text);
        } catch (ImageException e) {
            throw CommandException.usage(e);
        }
    }
}
