package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Settings as users write them: `project=SEC` is a text, `recipients:=["a@example.org"]` is JSON.
/// Which there are, and of what kind, the server knows.
final class ChannelSettings {

    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9_]*)(:?=)(.*)", Pattern.DOTALL);

    private ChannelSettings() {}

    /// @throws CommandException for the first that is not written so
    static JsonObject of(List<String> settings) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (var setting : settings) {
            var matcher = FORM.matcher(setting);
            if (!matcher.matches()) {
                throw CommandException.usage("'" + setting.replaceFirst("=.*", "=…")
                        + "' is no setting; write --set project=SEC, or --set attempts:=3 where it is no text");
            }
            var name = matcher.group(1);
            var value = matcher.group(2).equals("=") ? new JsonString(matcher.group(3)) : json(name, matcher.group(3));
            if (members.put(name, value) != null) {
                throw CommandException.usage(
                        "the setting " + name + " is given twice; a list is written " + name + ":='[\"one\",\"two\"]'");
            }
        }
        return new JsonObject(members);
    }

    private static JsonValue json(String name, String text) {
        try {
            return JsonReader.read(text, JsonLimits.AUTHORED);
        } catch (JsonException e) {
            throw CommandException.usage("the setting " + name + " is no JSON: " + e.getMessage());
        }
    }

    /// One line of standard input for each name.
    static JsonObject secrets(Environment environment, List<String> names) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (var name : names) {
            members.put(name, new JsonString(SecretInput.read(environment, "the secret " + name, "--secret-stdin")));
        }
        return new JsonObject(members);
    }
}
