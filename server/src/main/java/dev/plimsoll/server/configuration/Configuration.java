package dev.plimsoll.server.configuration;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.json.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values of all settings with their origins. A flag goes before a variable, a variable before the file, the file
/// before the default. A secret may lie in a file of its own, which a variable or key with `-file` behind its name
/// names.
/// Immutable.
public final class Configuration {

    /// In characters; a file of settings is a page.
    private static final int MAX_FILE = 1 << 20;

    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Map<Setting, Value> values;

    private Configuration(Map<Setting, Value> values) {
        this.values = Map.copyOf(values);
    }

    /// A value and where it comes from.
    ///
    /// @param origin `flag --port`, `variable PLIMSOLL_SERVER_PORT`, `file server.yaml`, `default`
    public record Value(String text, String origin) {}

    /// @param flags by names of settings
    /// @param file of YAML; empty for none
    /// @throws ConfigurationException where the file cannot be read, or says something that there is not
    public static Configuration of(Map<String, String> flags, Map<String, String> variables, Optional<Path> file) {
        var written = file.map(Configuration::read).orElse(Map.of());
        Map<Setting, Value> values = new HashMap<>();
        for (var setting : Settings.ALL) {
            values.put(setting, value(setting, flags, variables, written, file));
        }
        return new Configuration(values);
    }

    private static Value value(
            Setting setting,
            Map<String, String> flags,
            Map<String, String> variables,
            Map<String, String> written,
            Optional<Path> file) {
        var flag = flags.get(setting.name());
        if (flag != null) {
            return new Value(flag, "flag " + setting.flag());
        }
        var variable = variables.get(setting.variable());
        if (variable != null && !variable.isEmpty()) {
            return new Value(variable, "variable " + setting.variable());
        }
        if (setting.secret()) {
            var named = variables.get(setting.variable() + "_FILE");
            if (named != null && !named.isEmpty()) {
                return new Value(secret(named, setting.variable() + "_FILE"), "file " + named);
            }
            var key = written.get(setting.name() + "-file");
            if (key != null) {
                return new Value(secret(key, setting.name() + "-file"), "file " + key);
            }
        }
        var text = written.get(setting.name());
        return text == null
                ? new Value(setting.standard(), "default")
                : new Value(text, "file " + file.map(Path::toString).orElse(""));
    }

    private static String secret(String file, String namedBy) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ConfigurationException(
                    namedBy + " names " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new ConfigurationException(file + " is larger than any file of settings");
            }
            var tree = YamlReader.readAuthored(Files.readAllBytes(file));
            if (!(tree instanceof JsonObject object)) {
                throw new ConfigurationException(file + " must hold settings, one a line: `port: 8228`");
            }
            Map<String, String> written = new HashMap<>();
            object.members().forEach((key, value) -> {
                known(file, key);
                written.put(key, text(file, key, value));
            });
            return written;
        } catch (JsonException e) {
            throw new ConfigurationException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigurationException("the file of settings " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void known(Path file, String key) {
        var names = Settings.ALL.stream()
                .flatMap(setting -> setting.secret()
                        ? Stream.of(setting.name(), setting.name() + "-file")
                        : Stream.of(setting.name()))
                .toList();
        if (!names.contains(key)) {
            throw new ConfigurationException(
                    file + ": there is no setting '" + key + "'; `plimsoll server config show` lists them");
        }
    }

    private static String text(Path file, String key, JsonValue value) {
        return switch (value) {
            case JsonString(var text) -> text;
            case JsonNumber(var number) -> number.toPlainString();
            case JsonBoolean(var yes) -> Boolean.toString(yes);
            case JsonArray(var elements) ->
                elements.stream().map(each -> text(file, key, each)).collect(Collectors.joining(","));
            case JsonObject _, JsonValue.JsonNull _ ->
                throw new ConfigurationException(file + ": " + key + " must be a text, a number or a list");
        };
    }

    /// The value with its origin; of a secret too, so it is not to be shown.
    public Value value(Setting setting) {
        var value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.name() + " is not in the list of settings");
        }
        return value;
    }

    /// The text, empty where there is none.
    public Optional<String> text(Setting setting) {
        return Optional.of(value(setting).text()).filter(text -> !text.isEmpty());
    }

    public Optional<Path> path(Setting setting) {
        return text(setting).map(Path::of);
    }

    public int number(Setting setting, int least, int most) {
        var text = value(setting).text();
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw wrong(setting, "must be a number between " + least + " and " + most);
    }

    public Duration time(Setting setting) {
        return time(setting, value(setting).text());
    }

    public List<Duration> times(Setting setting) {
        return list(setting).stream().map(each -> time(setting, each)).toList();
    }

    private Duration time(Setting setting, String text) {
        var found = TIME.matcher(text);
        if (!found.matches()) {
            throw wrong(setting, "must be a time such as 30s, 5m or 2h");
        }
        long count = Long.parseLong(found.group(1));
        return switch (found.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /// What stands between commas.
    public List<String> list(Setting setting) {
        return Stream.of(value(setting).text().split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /// One of some words.
    public String word(Setting setting, List<String> words) {
        var text = value(setting).text();
        if (!words.contains(text)) {
            throw wrong(setting, "must be one of " + String.join(", ", words));
        }
        return text;
    }

    /// Some of those words, between commas.
    public List<String> words(Setting setting, List<String> words) {
        var found = list(setting);
        if (found.isEmpty() || !words.containsAll(found)) {
            throw wrong(setting, "must be one or more of " + String.join(", ", words));
        }
        return found;
    }

    /// What is to be said where a value cannot be used. It shows no secret.
    public ConfigurationException wrong(Setting setting, String demand) {
        var value = value(setting);
        return new ConfigurationException(setting.name() + (setting.secret() ? "" : " is '" + value.text() + "'") + " ("
                + value.origin() + "), and " + demand);
    }
}
