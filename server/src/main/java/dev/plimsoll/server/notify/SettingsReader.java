package dev.plimsoll.server.notify;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks what people give to a channel against what its kind takes.
final class SettingsReader {

    /// In characters: of a text, and in elements: of a list.
    private static final int LONGEST_TEXT = 4096;

    private static final int MOST_TEXTS = 100;

    private SettingsReader() {}

    /// @param secrets those that the service made for itself included
    /// @throws ProblemException that names the setting and what it may be; never a secret
    static Settings check(ChannelKind kind, JsonObject settings, JsonObject secrets) {
        for (var setting : kind.settings()) {
            var given = (setting.secret() ? secrets : settings).get(setting.name());
            if (given.isPresent()) {
                wrong(setting, given.get()).ifPresent(problem -> {
                    throw ProblemException.invalid(place(setting), problem);
                });
            } else if (setting.required()) {
                throw ProblemException.invalid(place(setting), "is missing: " + setting.description());
            }
        }
        var checked = new Settings(settings, secrets);
        try {
            kind.check(checked);
        } catch (SettingException e) {
            var named = kind.settings().stream()
                    .filter(setting -> setting.name().equals(e.setting()))
                    .findFirst();
            throw ProblemException.invalid(named.map(SettingsReader::place).orElse(""), String.valueOf(e.getMessage()));
        }
        return checked;
    }

    /// What is there, changed by what is given: a member replaces, null removes.
    ///
    /// Source: RFC 7396, "JSON Merge Patch", of one level.
    ///
    /// @param secret whether the members are secrets
    /// @throws ProblemException where the kind has no such setting
    static JsonObject merge(ChannelKind kind, JsonObject present, JsonObject given, boolean secret) {
        var members = new LinkedHashMap<>(present.members());
        given.members().forEach((name, value) -> {
            known(kind, name, secret);
            if (value instanceof JsonNull) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        });
        return new JsonObject(members);
    }

    private static void known(ChannelKind kind, String name, boolean secret) {
        var found = kind.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst();
        if (found.isPresent() && found.get().secret() == secret) {
            return;
        }
        var place = (secret ? "/secrets/" : "/settings/") + name;
        if (found.isPresent()) {
            throw ProblemException.invalid(
                    place,
                    secret ? "is no secret: give it among the settings" : "is a secret: give it among the secrets");
        }
        throw ProblemException.invalid(
                place,
                "a channel of the kind " + kind.name() + " takes no such thing; it takes "
                        + kind.settings().stream()
                                .filter(setting -> setting.secret() == secret)
                                .map(Setting::name)
                                .collect(Collectors.joining(", ")));
    }

    private static String place(Setting setting) {
        return (setting.secret() ? "/secrets/" : "/settings/") + setting.name();
    }

    private static Optional<String> wrong(Setting setting, JsonValue value) {
        return switch (setting.type()) {
            case TEXT ->
                value instanceof JsonString(var text) && isText(text)
                        ? setting.choices().isEmpty() || setting.choices().contains(text)
                                ? Optional.empty()
                                : Optional.of("must be one of " + String.join(", ", setting.choices()))
                        : Optional.of("must be a text of 1 to " + LONGEST_TEXT
                                + " characters, none of them a control character");
            case URL ->
                value instanceof JsonString(var text) && isText(text) && isUrl(text)
                        ? Optional.empty()
                        : Optional.of("must be a whole URL such as https://host.example/path, without user and"
                                + " password, and without a fragment");
            case NUMBER ->
                value instanceof JsonNumber(var number) && isCount(number)
                        ? Optional.empty()
                        : Optional.of("must be a whole number from 0");
            case BOOLEAN -> value instanceof JsonBoolean ? Optional.empty() : Optional.of("must be true or false");
            case TEXTS ->
                value instanceof JsonArray(var elements)
                                && elements.size() <= MOST_TEXTS
                                && elements.stream()
                                        .allMatch(each -> each instanceof JsonString(var text) && isText(text))
                        ? Optional.empty()
                        : Optional.of("must be a list of at most " + MOST_TEXTS + " texts");
            case OBJECT -> value instanceof JsonObject ? Optional.empty() : Optional.of("must be an object");
        };
    }

    private static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_TEXT
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    private static boolean isCount(BigDecimal number) {
        return number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                && number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            var scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            return (scheme.equals("https") || scheme.equals("http"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
