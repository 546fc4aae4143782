package dev.plimsoll.inventory.beam;

/// The characters of a text of terms, with what Erlang and Elixir have in common: blanks, quoted texts, limits. Not
/// safe for several threads.
final class TermText {

    /// In terms within one another.
    static final int MAX_DEPTH = 100;

    /// In terms of one file.
    static final int MAX_TERMS = 300_000;

    private final String text;
    private final char comment;
    private int at;
    private int terms;

    /// @param comment what begins a comment up to the end of its line
    TermText(String text, char comment) {
        this.text = text;
        this.comment = comment;
    }

    BrokenTermException broken(String reason) {
        var line = text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new BrokenTermException("line " + line + ": " + reason);
    }

    /// Counts a term.
    void term(int depth) throws BrokenTermException {
        if (depth > MAX_DEPTH) {
            throw broken("terms nest deeper than " + MAX_DEPTH);
        }
        if (++terms > MAX_TERMS) {
            throw broken("over " + MAX_TERMS + " terms");
        }
    }

    void skipBlanks() {
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == comment) {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    /// After blanks.
    boolean atEnd() {
        skipBlanks();
        return at >= text.length();
    }

    /// The next character after blanks, 0 at the end.
    char peek() {
        skipBlanks();
        return at < text.length() ? text.charAt(at) : 0;
    }

    /// The next character, blanks counted.
    char here() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    /// Whether the sign comes next, after blanks; it is then taken.
    boolean accept(String sign) {
        skipBlanks();
        var there = text.startsWith(sign, at);
        at += there ? sign.length() : 0;
        return there;
    }

    void expect(String sign) throws BrokenTermException {
        if (!accept(sign)) {
            throw broken("'" + sign + "' is missing");
        }
    }

    /// A run of letters, digits and of these; may be empty.
    String run(String further) {
        var start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || further.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    /// A stop with the digits behind it, with an exponent; empty where no digit follows the stop.
    String fraction() {
        if (here() != '.' || at + 1 >= text.length() || !Character.isDigit(text.charAt(at + 1))) {
            return "";
        }
        next();
        return "." + run("+-");
    }

    /// A quoted text, at whose opening quote the text stands. Of escapes the usual ones are resolved.
    String quoted() throws BrokenTermException {
        var quote = text.charAt(at++);
        var result = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            var c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                var escaped = text.charAt(at++);
                result.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
            } else {
                result.append(c);
            }
        }
        if (at >= text.length()) {
            throw broken("a text does not close");
        }
        at++;
        return result.toString();
    }

    void next() {
        at++;
    }
}
