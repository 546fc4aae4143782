package dev.plimsoll.server.notify.sending;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.message.Grouping;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A way to tell people: webhook, Slack, Jira, e-mail. Stateless, safe for several threads.
public interface ChannelKind {

    /// As the API writes it: `slack`.
    String name();

    /// What a channel of this kind is given. Whatever is not named here is refused.
    List<Setting> settings();

    Pace pace();

    /// Checks what single settings do not tell, without a network: combinations, forms of texts.
    ///
    /// @throws SettingException for the first thing that is wrong
    default void check(Settings settings) {}

    /// How subscriptions may group what is sent by a channel with these settings.
    default Set<Grouping> groupings(Settings settings) {
        return EnumSet.allOf(Grouping.class);
    }

    /// Secrets that the service makes where they are not given; they are shown once.
    ///
    /// @param given the secrets that are there
    default JsonObject made(JsonObject given) {
        return JsonObject.EMPTY;
    }

    /// The secrets with those that the service made replaced by new ones. The old ones may go on for a
    /// while, so that receivers can follow.
    ///
    /// @return empty where this kind has no such secrets
    default Optional<JsonObject> rotated(JsonObject secrets, Instant now) {
        return Optional.empty();
    }

    /// Makes a sender; called for each attempt, so it must cost little. Opens no connection.
    ///
    /// @param settings as they were checked
    /// @param tickets of this channel
    Sender open(Settings settings, TicketStore tickets);
}
