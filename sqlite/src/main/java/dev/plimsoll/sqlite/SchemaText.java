package dev.plimsoll.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The words of a statement of the schema, comments left out.
///
/// Source: sqlite.org, "SQLite Keywords" (the four kinds of quotes) and "SQL Comment Syntax". Never fails: what is
/// left open ends with the text.
final class SchemaText {

    private final String sql;
    private int at;

    private SchemaText(String sql) {
        this.sql = sql;
    }

    /// A word, a number or one sign.
    ///
    /// @param text without quotes
    record Word(String text, boolean quoted) {

        boolean is(String keyword) {
            return !quoted && text.equalsIgnoreCase(keyword);
        }

        boolean isOneOf(List<String> keywords) {
            return !quoted && keywords.contains(text.toLowerCase(Locale.ROOT));
        }
    }

    static List<Word> words(String sql) {
        var text = new SchemaText(sql);
        var words = new ArrayList<Word>();
        while (text.skipBlanks()) {
            words.add(text.word());
        }
        return words;
    }

    /// Moves to the next word.
    ///
    /// @return whether there is one
    private boolean skipBlanks() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOf("\n", at + 2);
            } else if (sql.startsWith("/*", at)) {
                at = endOf("*/", at + 2);
            } else {
                return true;
            }
        }
        return false;
    }

    private int endOf(String mark, int from) {
        var found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private Word word() {
        var first = sql.charAt(at);
        if (first == '"' || first == '\'' || first == '`' || first == '[') {
            return quoted(first == '[' ? ']' : first);
        }
        var from = at++;
        if (isPartOfName(first)) {
            while (at < sql.length() && isPartOfName(sql.charAt(at))) {
                at++;
            }
        }
        return new Word(sql.substring(from, at), false);
    }

    /// A doubled quote stands for one; brackets cannot be doubled.
    private Word quoted(char quote) {
        var text = new StringBuilder();
        for (at++; at < sql.length(); at++) {
            var c = sql.charAt(at);
            if (c == quote) {
                at++;
                if (quote == ']' || at == sql.length() || sql.charAt(at) != quote) {
                    break;
                }
            }
            text.append(c);
        }
        return new Word(text.toString(), true);
    }

    private static boolean isPartOfName(char c) {
        return c == '_' || c == '$' || c >= 0x80 || Character.isLetterOrDigit(c);
    }

    /// The parts between the first parenthesis and the one that closes it, split at commas outside inner ones.
    static List<List<Word>> definitions(List<Word> words) {
        var parts = new ArrayList<List<Word>>();
        var part = new ArrayList<Word>();
        var depth = 0;
        for (var word : words) {
            if (word.is(")") && --depth <= 0) {
                parts.add(part);
                return parts;
            }
            if (depth == 1 && word.is(",")) {
                parts.add(part);
                part = new ArrayList<>();
            } else if (depth > 0) {
                part.add(word);
            }
            if (word.is("(")) {
                depth++;
            }
        }
        return parts;
    }

    /// What stands behind the parenthesis that closes the first one.
    static List<Word> tail(List<Word> words) {
        var depth = 0;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).is("(")) {
                depth++;
            } else if (words.get(i).is(")") && --depth <= 0) {
                return words.subList(i + 1, words.size());
            }
        }
        return List.of();
    }

    /// The words that no parentheses enclose; a pair of parentheses is left out with all that it holds.
    static List<Word> outer(List<Word> words) {
        var outer = new ArrayList<Word>();
        var depth = 0;
        for (var word : words) {
            if (word.is("(")) {
                depth++;
            } else if (word.is(")")) {
                depth--;
            } else if (depth == 0) {
                outer.add(word);
            }
        }
        return outer;
    }
}
