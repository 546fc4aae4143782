package dev.plimsoll.server.notify.sending;

import java.util.List;

/// A setting that a kind of channel takes; the API checks what users give by it.
///
/// @param name in snake_case
/// @param secret whether it is sealed, never shown again, and given among `secrets` instead of
/// `settings`
/// @param choices the words that it may be, none where any will do; for {@link Type#TEXT} alone
/// @param description a sentence for people
public record Setting(
        String name, Type type, boolean secret, boolean required, List<String> choices, String description) {

    /// What a value looks like.
    public enum Type {
        /// Neither empty nor longer than 4096 characters, without control characters.
        TEXT,
        /// An absolute `http` or `https` URL with a host and without user information.
        URL,
        /// Whole, from 0.
        NUMBER,
        BOOLEAN,
        /// At most 100 texts.
        TEXTS,
        /// An object, which the kind itself checks.
        OBJECT
    }

    public Setting {
        choices = List.copyOf(choices);
    }

    public static Setting required(String name, Type type, String description) {
        return new Setting(name, type, false, true, List.of(), description);
    }

    public static Setting optional(String name, Type type, String description) {
        return new Setting(name, type, false, false, List.of(), description);
    }

    public static Setting choice(String name, List<String> choices, String description) {
        return new Setting(name, Type.TEXT, false, false, choices, description);
    }

    public static Setting secret(String name, boolean required, String description) {
        return new Setting(name, Type.TEXT, true, required, List.of(), description);
    }

    /// Of an address that is a credential in itself.
    public static Setting secretUrl(String name, boolean required, String description) {
        return new Setting(name, Type.URL, true, required, List.of(), description);
    }
}
