package dev.plimsoll.inventory.ocaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Fields of an opam file whose values are texts or lists of texts: `name: "a"`, `license: ["MIT" "ISC"]`, `depends: [
/// "ocaml" {>= "4.08"} ]`, whose conditions in braces are passed over. Sections are passed over too.
///
/// Source: "The opam manual", "Common file format", "opam". Not safe for several threads.
final class OpamFields {

    /// In texts of one file.
    static final int MAX_TEXTS = 100_000;

    private final String text;
    private final Map<String, List<String>> fields = new HashMap<>();
    private int at;
    private int texts;

    private OpamFields(String text) {
        this.text = text;
    }

    /// The texts of each field at the top.
    static Map<String, List<String>> read(String text) {
        var reader = new OpamFields(text);
        reader.fields();
        return reader.fields;
    }

    private void fields() {
        var name = "";
        var depth = 0; // of lists, groups and sections
        while (at < text.length() && texts < MAX_TEXTS) {
            var c = text.charAt(at);
            if (c == '#') {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("(*", at)) {
                var end = text.indexOf("*)", at);
                at = end < 0 ? text.length() : end + 2;
            } else if (c == '"') {
                var value = quoted();
                if (!name.isEmpty()) {
                    fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                    texts++;
                }
            } else if (c == '{') {
                braces();
            } else if (depth == 0 && Character.isLetter(c)) {
                var start = at;
                while (at < text.length() && isNamePart(text.charAt(at))) {
                    at++;
                }
                var word = text.substring(start, at);
                name = at < text.length() && text.charAt(at) == ':' ? word : "";
            } else {
                depth = Math.max(0, depth + (c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0));
                at++;
            }
        }
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    /// Passes over a condition or a section, with what is within.
    private void braces() {
        var depth = 0;
        do {
            var c = text.charAt(at);
            if (c == '"') {
                quoted();
                continue;
            }
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            at++;
        } while (depth > 0 && at < text.length());
    }

    /// Three quotes may enclose a text too.
    private String quoted() {
        if (text.startsWith("\"\"\"", at)) {
            var end = text.indexOf("\"\"\"", at + 3);
            var value = text.substring(at + 3, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 3;
            return value;
        }
        var value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }
}
