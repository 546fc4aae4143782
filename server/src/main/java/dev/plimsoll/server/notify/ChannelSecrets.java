package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.secrets.SecretBox;
import java.util.Optional;

/// The secrets of channels as they lie in the database: one JSON object each, sealed for that channel
/// alone.
record ChannelSecrets(SecretBox box) {

    byte[] seal(long accountId, String channel, JsonObject secrets) {
        return box.seal(JsonWriter.text(json -> json.element(secrets)), purpose(accountId, channel));
    }

    /// @param sealed empty where the channel has none
    /// @throws dev.plimsoll.server.secrets.SecretException where they do not open
    JsonObject open(long accountId, String channel, Optional<byte[]> sealed) {
        if (sealed.isEmpty()) {
            return JsonObject.EMPTY;
        }
        try {
            return JsonReader.read(box.open(sealed.get(), purpose(accountId, channel)), JsonLimits.AUTHORED)
                            instanceof JsonObject secrets
                    ? secrets
                    : JsonObject.EMPTY;
        } catch (JsonException e) {
            throw new IllegalStateException("the secrets of channel " + channel + " are no JSON", e);
        }
    }

    private static String purpose(long accountId, String channel) {
        return "channel " + accountId + " " + channel;
    }
}
