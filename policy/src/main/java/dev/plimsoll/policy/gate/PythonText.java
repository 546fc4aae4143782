package dev.plimsoll.policy.gate;

import java.util.Collection;
import java.util.stream.Collectors;

/// Texts as Python prints them, where Anchore's messages hold them.
final class PythonText {

    private PythonText() {}

    /// A list of strings: `['a', 'b']`.
    static String list(Collection<String> texts) {
        return texts.stream().map(PythonText::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /// Single quotes, unless the text holds one and no double quote.
    private static String quoted(String text) {
        var escaped = text.replace("\\", "\\\\");
        return text.contains("'") && !text.contains("\"")
                ? "\"" + escaped + "\""
                : "'" + escaped.replace("'", "\\'") + "'";
    }
}
