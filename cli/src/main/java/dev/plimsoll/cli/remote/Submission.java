package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a server is asked to look into.
sealed interface Submission {

    /// Before the file of an inventory.
    String INVENTORY = "inventory:";

    /// An image of a registry, which the server pulls where it does not know it.
    record OfRegistry(String reference) implements Submission {}

    /// An image that the server must know already: a digest names nothing to pull.
    record Known(String digest) implements Submission {}

    /// Facts that were collected elsewhere.
    ///
    /// @param name under which the image is judged; empty where it has none
    record OfInventory(Path file, Optional<String> name) implements Submission {}

    /// What a user names.
    ///
    /// @param name of `--as`
    static Submission of(Environment environment, String text, @Nullable String name) {
        if (text.startsWith(INVENTORY)) {
            return new OfInventory(environment.resolve(text.substring(INVENTORY.length())), Optional.ofNullable(name));
        }
        if (name != null) {
            throw CommandException.usage(
                    "--as names an inventory (inventory:FILE); the name of an image of a registry is"
                            + " its reference");
        }
        return text.matches("(sha256:)?[0-9a-f]{64}") ? new Known(text) : new OfRegistry(text);
    }

    /// Gives it to the server.
    ///
    /// @param platform `linux/arm64`; null where the server chooses
    /// @return what the server says of it: `image` and perhaps `job`
    default JsonObject submit(
            RemoteClient client, @Nullable String platform, boolean force, @Nullable Long watchSeconds) {
        return switch (this) {
            case Known _ -> JsonObject.EMPTY;
            case OfRegistry(var reference) ->
                client.post("/images", Bodies.json(json -> {
                    json.member("reference", reference);
                    json.member("platform", Optional.ofNullable(platform));
                    if (watchSeconds != null) {
                        json.member("watch_seconds", watchSeconds);
                    }
                    if (force) {
                        json.member("force", true);
                    }
                }));
            case OfInventory(var file, var name) ->
                client.post(
                        "/images/inventory",
                        Query.NONE.with("name", name),
                        Bodies.file(file, file.toString().endsWith(".gz") ? "application/gzip" : "application/json"));
        };
    }

    /// By what the server is asked for the verdict on it.
    default String judged(JsonObject submitted) {
        return switch (this) {
            case Known(var digest) -> digest;
            case OfRegistry(var reference) -> reference;
            case OfInventory inventory ->
                inventory
                        .name()
                        .or(() -> submitted.object("image").string("digest"))
                        .orElseThrow(() -> CommandException.usage(
                                "the server says no digest of the inventory; give it a name with --as"));
        };
    }

    /// The job that looks into it, empty where there is nothing to do.
    static Optional<String> job(JsonObject submitted) {
        var id = Field.text(submitted, "job.id");
        return id.equals("-") ? Optional.empty() : Optional.of(id);
    }

    /// @throws CommandException where the job has not ended well; there is no verdict then
    static void mustHaveEndedWell(String what, JsonObject job) {
        if (!job.string("state").equals(Optional.of("done"))) {
            throw new CommandException(
                    ExitCode.NO_VERDICT,
                    what + " could not be analysed: "
                            + job.string("reason")
                                    .orElse("the job is " + job.string("state").orElse("gone")));
        }
    }
}
