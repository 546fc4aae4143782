package dev.plimsoll.inventory.lua;

import java.util.ArrayList;
import java.util.List;

/// Words of a Lua text: names, texts and signs. Not safe for several threads.
final class LuaTokens {

    /// In characters of one text.
    static final int MAX_TEXT = 1 << 20;

    /// In words of one file.
    static final int MAX_TOKENS = 500_000;

    private enum Kind {
        NAME,
        TEXT,
        SIGN
    }

    private record Token(Kind kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private final String source;
    private int from;
    private int at;

    LuaTokens(String source) throws LuaLiterals.BrokenLuaException {
        this.source = source;
        while (from < source.length()) {
            read();
            if (tokens.size() > MAX_TOKENS) {
                throw new LuaLiterals.BrokenLuaException("over " + MAX_TOKENS + " words");
            }
        }
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    boolean isName() {
        return !atEnd() && tokens.get(at).kind == Kind.NAME;
    }

    boolean isText() {
        return !atEnd() && tokens.get(at).kind == Kind.TEXT;
    }

    boolean is(String sign) {
        return isAt(at, sign);
    }

    /// Whether that sign follows the current word.
    boolean isBefore(String sign) {
        return isAt(at + 1, sign);
    }

    private boolean isAt(int index, String sign) {
        return index < tokens.size()
                && tokens.get(index).kind == Kind.SIGN
                && tokens.get(index).text.equals(sign);
    }

    boolean accept(String sign) {
        var there = is(sign);
        at += there ? 1 : 0;
        return there;
    }

    String take() {
        return tokens.get(at++).text;
    }

    void skip() {
        at++;
    }

    private void read() {
        var c = source.charAt(from);
        if (source.startsWith("--", from)) {
            var level = longBracket(from + 2);
            if (level >= 0) {
                from += 2;
                longText(level);
            } else {
                var end = source.indexOf('\n', from);
                from = end < 0 ? source.length() : end + 1;
            }
        } else if (c == '"' || c == '\'') {
            shortText(c);
        } else if (c == '[' && longBracket(from) >= 0) {
            tokens.add(new Token(Kind.TEXT, longText(longBracket(from))));
        } else if (Character.isLetterOrDigit(c) || c == '_') {
            var start = from;
            while (from < source.length() && isNamePart(source.charAt(from))) {
                from++;
            }
            var word = source.substring(start, from);
            tokens.add(new Token(Character.isDigit(c) ? Kind.SIGN : Kind.NAME, word));
        } else if (Character.isWhitespace(c)) {
            from++;
        } else {
            var length = source.startsWith("..", from) || source.startsWith("==", from) ? 2 : 1;
            tokens.add(new Token(Kind.SIGN, source.substring(from, from + length)));
            from += length;
        }
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// The level of a long bracket that opens there: `[[` is 0, `[=[` is 1; -1 where none does.
    private int longBracket(int start) {
        if (start >= source.length() || source.charAt(start) != '[') {
            return -1;
        }
        var end = start + 1;
        while (end < source.length() && source.charAt(end) == '=') {
            end++;
        }
        return end < source.length() && source.charAt(end) == '[' ? end - start - 1 : -1;
    }

    private String longText(int level) {
        var start = from + level + 2;
        var closing = "]" + "=".repeat(level) + "]";
        var end = source.indexOf(closing, start);
        from = end < 0 ? source.length() : end + closing.length();
        var text = source.substring(start, end < 0 ? source.length() : end);
        return text.startsWith("\n") ? text.substring(1) : text;
    }

    /// Of escapes those that stand for themselves are resolved; a text with others is no name or version anyway.
    private void shortText(char quote) {
        var text = new StringBuilder();
        from++;
        while (from < source.length() && source.charAt(from) != quote && source.charAt(from) != '\n') {
            if (source.charAt(from) == '\\' && from + 1 < source.length()) {
                from++;
                var escaped = source.charAt(from);
                text.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                text.append(source.charAt(from));
            }
            from++;
        }
        from++;
        tokens.add(new Token(Kind.TEXT, text.toString()));
    }
}
