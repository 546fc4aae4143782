package dev.plimsoll.inventory.secret;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Tells what stands for a secret in examples and templates from a secret.
final class Placeholders {

    /// Words that people write in the place of a secret.
    private static final List<String> WORDS = List.of(
            "example",
            "sample",
            "placeholder",
            "dummy",
            "changeme",
            "change_me",
            "change-me",
            "changeit",
            "xxxx",
            "****",
            "....",
            "your_",
            "your-",
            "yourp",
            "yours",
            "yourt",
            "yourk",
            "insert",
            "replace",
            "redacted",
            "notreal",
            "not_real",
            "not-a-",
            "deadbeef",
            "12345678",
            "01234567",
            "abcdefg",
            "00000000",
            "ffffffff",
            "aaaaaaaa",
            "${",
            "{{",
            "$(",
            "%(",
            "<",
            "@@");

    /// Words that stand in the place of a password and are part of longer tokens by chance.
    private static final List<String> PASSWORD_WORDS = List.of(
            "password",
            "p@ss",
            "pa55",
            "passwd",
            "passphrase",
            "secret",
            "mypass",
            "user_pass",
            "userpass",
            "none",
            "null",
            "undefined",
            "true",
            "false",
            "hidden",
            "required",
            "optional",
            "default",
            "string",
            "hunter2",
            "swordfish",
            "foobar",
            "foo:bar",
            "test",
            "demo",
            "token",
            "letmein",
            "correcthorse",
            "pass123",
            "s3cr3t",
            "s3cret",
            "qwerty",
            "fake",
            "mock",
            "getenv",
            "environ",
            "config",
            "process.env",
            "self.",
            "this.",
            "...",
            "***",
            "env.",
            "os.",
            "param",
            "prompt",
            "$");

    private static final Pattern WORD = Pattern.compile("[a-z]+|[A-Z]+|[A-Z]?[a-z]+([A-Z_.-][a-z]+)*|[0-9]+");

    /// In letters: a password that is one is no shorter.
    private static final int LEAST_PASSWORD = 4;

    private static final Pattern RESERVED =
            Pattern.compile("(?:[0-9a-z-]+\\.)*(?:example\\.(?:com|net|org)|example|test|invalid)(?![0-9a-z.-])");

    private Placeholders() {}

    /// Whether the text holds a word of examples.
    static boolean holdsWord(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    /// Whether a text may be a password that somebody uses: no word of examples, no variable, no plain word.
    static boolean isLikelyPassword(String text) {
        // in a URL signs are escaped
        var lower = text.toLowerCase(Locale.ROOT).replace("%40", "@").replace("%3a", ":");
        return text.length() >= LEAST_PASSWORD
                && !holdsWord(text)
                && PASSWORD_WORDS.stream().noneMatch(lower::contains)
                && !WORD.matcher(text).matches();
    }

    /// Whether the host behind the last `@` is one of the names that nobody can have (RFC 2606).
    static boolean namesReservedHost(String url) {
        return RESERVED.matcher(url.substring(url.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
                .lookingAt();
    }
}
