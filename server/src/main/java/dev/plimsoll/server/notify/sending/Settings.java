package dev.plimsoll.server.notify.sending;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/// What a channel was given, checked against the {@link Setting}s of its kind.
///
/// @param open what may be shown
/// @param secrets what may not
public record Settings(JsonObject open, JsonObject secrets) {

    /// @throws SettingException where it is not there
    public String text(String name) {
        return optionalText(name)
                .orElseThrow(() -> new SettingException(name, "the channel needs the setting " + name));
    }

    /// A text or URL, wherever it is kept.
    public Optional<String> optionalText(String name) {
        return secrets.string(name).or(() -> open.string(name));
    }

    public List<String> texts(String name) {
        return open.strings(name);
    }

    public JsonObject object(String name) {
        return open.object(name);
    }

    public boolean flag(String name, boolean otherwise) {
        return open.get(name).orElse(new JsonBoolean(otherwise)) instanceof JsonBoolean(var value) && value;
    }

    public int number(String name, int otherwise) {
        return open.number(name).map(number -> number.intValue()).orElse(otherwise);
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return open.toString();
    }
}
