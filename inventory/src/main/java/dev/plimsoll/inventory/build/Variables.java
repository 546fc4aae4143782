package dev.plimsoll.inventory.build;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Variables of ARG instructions.
///
/// Source: Docker documentation, "Dockerfile reference", "ARG", "Environment replacement".
final class Variables {

    private static final Pattern USE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+])([^}$]*))?\\})");

    /// `NAME=value`, the value bare or in quotes.
    private static final Pattern DEFINITION =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"']*))(?=\\s|$)");

    private Variables() {}

    /// Takes the defaults that an ARG gives; a default may use those before it.
    static void define(String operands, Map<String, String> values) {
        for (var matcher = DEFINITION.matcher(operands); matcher.find(); ) {
            var literal = matcher.group(3);
            var value = matcher.group(2) != null ? matcher.group(2) : matcher.group(4);
            values.put(matcher.group(1), literal != null ? literal : replaced(value == null ? "" : value, values));
        }
    }

    /// The text with the variables that have a value replaced by it.
    static String replaced(String text, Map<String, String> values) {
        return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(value((Matcher) use, values)));
    }

    private static String value(Matcher use, Map<String, String> values) {
        var name = use.group(1) != null ? use.group(1) : use.group(2);
        var value = values.get(name);
        var how = use.group(3);
        if (how == null) {
            return value == null ? use.group() : value;
        }
        var given = value == null ? "" : value;
        var counts = value != null && !(how.startsWith(":") && given.isEmpty());
        var word = use.group(4) == null ? "" : use.group(4);
        if (how.endsWith("-")) {
            return counts ? given : word;
        }
        return counts ? word : "";
    }
}
