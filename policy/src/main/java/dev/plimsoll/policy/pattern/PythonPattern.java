package dev.plimsoll.policy.pattern;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/// Rewrites a pattern of Python's `re` for re2j, or for the JDK's matcher where it needs backtracking.
///
/// What is rewritten: `\Z`, `$` (which also holds before a final newline), `\d` `\w` `\s` (Unicode in Python), escapes
/// by
/// number, `{,n}`, `(?#…)`, named groups, and `[` within a class. `\b` goes by ASCII, and a `$` takes
/// the
/// final newline that it stands before, if there is one. Python's errors (bad escapes, repeated quantifiers, flags in
/// the middle) are errors here too.
///
/// Source: Python 3 library reference, "re", section "Regular Expression Syntax".
final class PythonPattern {

    /// Groups within groups.
    static final int MAX_DEPTH = 100;
    /// Atoms after repetitions are written out, which is what a match costs for each character.
    static final int MAX_SIZE = 2000;
    /// The largest count of a repetition that re2j takes.
    private static final int MAX_REPEAT = 1000;

    private final String text;
    private final boolean allowBacktracking;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private final Deque<Long> outerSizes = new ArrayDeque<>();
    private final Deque<Boolean> outerMultiLines = new ArrayDeque<>();
    private boolean backtracks;
    /// Whether the open group's `$` holds at the end of every line.
    private boolean multiLine;
    private int position;
    private int groupCount;
    /// Atoms of the open group so far, the last one apart.
    private long size;
    private long lastSize;
    private long classSize;
    /// Whether a quantifier may follow.
    private boolean quantifiable;

    private PythonPattern(String text, boolean allowBacktracking) {
        this.text = text;
        this.allowBacktracking = allowBacktracking;
    }

    /// @param backtracks whether only a backtracking matcher can run it
    record Translation(String text, boolean backtracks) {}

    static Translation translate(String text, boolean allowBacktracking) throws RefusedPatternException {
        var translator = new PythonPattern(text, allowBacktracking);
        translator.run();
        return new Translation(translator.out.toString(), translator.backtracks);
    }

    private void run() throws RefusedPatternException {
        // Only the JDK has Python's `$`, so who runs the pattern must be known before it is written: a first walk finds
        // out.
        walk();
        if (backtracks) {
            out.setLength(0);
            groups.clear();
            outerSizes.clear();
            outerMultiLines.clear();
            multiLine = false;
            position = 0;
            groupCount = 0;
            size = 0;
            lastSize = 0;
            walk();
        }
    }

    private void walk() throws RefusedPatternException {
        quantifiable = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '*', '+', '?' -> {
                    position++;
                    quantifier(String.valueOf(c), 0, position - 1);
                }
                case '{' -> brace();
                case '$' -> {
                    position++;
                    emitPlace(backtracks || multiLine ? "$" : "(?:\\n?\\z)");
                }
                case '^' -> {
                    position++;
                    emitPlace("^");
                }
                case '|' -> {
                    position++;
                    out.append('|');
                    quantifiable = false;
                }
                case '.' -> {
                    position++;
                    emitAtom(".");
                }
                default -> {
                    int point = text.codePointAt(position);
                    position += Character.charCount(point);
                    emitAtom(PythonClasses.character(point));
                }
            }
        }
        if (!outerSizes.isEmpty()) {
            throw new RefusedPatternException("a group is not closed: ')' is missing");
        }
    }

    private void escape() throws RefusedPatternException {
        int start = position;
        if (start + 1 >= text.length()) {
            throw RefusedPatternException.at("a lone '\\' at the end", start);
        }
        char c = text.charAt(start + 1);
        if (c >= '1' && c <= '9' && !isOctalEscape(start + 1)) {
            int end = start + 2;
            while (end < text.length() && end < start + 3 && isDigit(text.charAt(end))) {
                end++;
            }
            int group = Integer.parseInt(text.substring(start + 1, end));
            needsBacktracking("the back-reference '" + text.substring(start, end) + "'", start);
            if (group > groupCount) {
                throw RefusedPatternException.at("'\\" + group + "' names a group that is not there", start);
            }
            position = end;
            // In a group of its own, so that a digit that follows does not become part of the number.
            emitAtom("(?:\\" + group + ")");
            return;
        }
        switch (c) {
            case 'd' -> emitAtom("\\p{Nd}", 2);
            case 'D' -> emitAtom("\\P{Nd}", 2);
            case 'w' -> emitAtom("[" + PythonClasses.WORD + "]", 2);
            case 'W' -> emitAtom("[^" + PythonClasses.WORD + "]", 2);
            case 's' -> emitAtom("[" + PythonClasses.SPACE + "]", 2);
            case 'S' -> emitAtom("[^" + PythonClasses.SPACE + "]", 2);
            case 'A' -> emitPlace("\\A", 2);
            case 'Z' -> emitPlace("\\z", 2);
            case 'b' -> emitPlace("\\b", 2);
            case 'B' -> emitPlace("\\B", 2);
            default -> emitAtom(PythonClasses.character(escapedPoint()));
        }
    }

    /// The character that an escape names; moves behind it.
    private int escapedPoint() throws RefusedPatternException {
        int start = position;
        char c = text.charAt(start + 1);
        position = start + 2;
        return switch (c) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case '\\' -> '\\';
            case 'x' -> hexadecimal(start, 2);
            case 'u' -> hexadecimal(start, 4);
            case 'U' -> hexadecimal(start, 8);
            default -> otherEscapedPoint(start, c);
        };
    }

    /// Octal escapes, and what stands for itself.
    private int otherEscapedPoint(int start, char c) throws RefusedPatternException {
        if (isDigit(c)) {
            int end = start + 1;
            while (end < text.length() && end < start + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                end++;
            }
            if (end == start + 1) {
                throw RefusedPatternException.at("the escape '\\" + c + "'", start);
            }
            position = end;
            int value = Integer.parseInt(text.substring(start + 1, end), 8);
            if (value > 0xff) {
                throw RefusedPatternException.at("an octal escape over \\377", start);
            }
            return value;
        }
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw RefusedPatternException.at("the escape '\\" + c + "' is unknown to Python", start);
        }
        int point = text.codePointAt(start + 1);
        position = start + 1 + Character.charCount(point);
        return point;
    }

    private int hexadecimal(int start, int digits) throws RefusedPatternException {
        int end = start + 2 + digits;
        int value = 0;
        for (int i = start + 2; i < end; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0 || value > Character.MAX_CODE_POINT >> 4) {
                throw RefusedPatternException.at(
                        "the escape '\\" + text.charAt(start + 1) + "' needs " + digits + " hexadecimal digits", start);
            }
            value = value << 4 | digit;
        }
        position = end;
        if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
            throw RefusedPatternException.at("a lone surrogate", start);
        }
        return value;
    }

    /// `\0…`, or three octal digits: all else with a digit is a back-reference.
    private boolean isOctalEscape(int at) {
        if (text.charAt(at) == '0') {
            return true;
        }
        for (int i = at; i < at + 3; i++) {
            if (i >= text.length() || text.charAt(i) < '0' || text.charAt(i) > '7') {
                return false;
            }
        }
        return true;
    }

    private void characterClass() throws RefusedPatternException {
        int start = position++;
        classSize = 1;
        var content = new StringBuilder("[");
        if (position < text.length() && text.charAt(position) == '^') {
            content.append('^');
            position++;
        }
        boolean first = true;
        while (true) {
            if (position >= text.length()) {
                throw RefusedPatternException.at("a character class that is not closed", start);
            }
            if (text.charAt(position) == ']' && !first) {
                position++;
                break;
            }
            first = false;
            int itemStart = position;
            int low = classItem(content);
            boolean range =
                    position + 1 < text.length() && text.charAt(position) == '-' && text.charAt(position + 1) != ']';
            if (!range) {
                if (low >= 0) {
                    content.append(PythonClasses.character(low));
                }
                continue;
            }
            position++;
            int high = classItem(content);
            if (low < 0 || high < low) {
                throw RefusedPatternException.at("a bad range in a character class", itemStart);
            }
            content.append(PythonClasses.character(low)).append('-').append(PythonClasses.character(high));
        }
        emitAtom(content.append(']').toString());
        lastSize = classSize;
        checkSize();
    }

    /// Reads one character of a class, or appends a whole set and returns -1.
    private int classItem(StringBuilder content) throws RefusedPatternException {
        char c = text.charAt(position);
        if (c != '\\') {
            int point = text.codePointAt(position);
            position += Character.charCount(point);
            return point;
        }
        if (position + 1 >= text.length()) {
            throw RefusedPatternException.at("a lone '\\' at the end", position);
        }
        char letter = text.charAt(position + 1);
        var set = PythonClasses.within(letter);
        if (letter == 'W') {
            classSize = PythonClasses.NOT_WORD_SIZE;
        }
        if (!set.isEmpty()) {
            content.append(set);
            position += 2;
            return -1;
        }
        if (text.charAt(position + 1) == 'b') {
            position += 2;
            return '\b';
        }
        return escapedPoint();
    }

    private void open() throws RefusedPatternException {
        int start = position;
        if (outerSizes.size() >= MAX_DEPTH) {
            throw RefusedPatternException.at("groups nested over " + MAX_DEPTH + " deep", start);
        }
        if (!text.startsWith("(?", start)) {
            position++;
            groupCount++;
            enter("(");
            return;
        }
        var rest = text.substring(start + 2, Math.min(text.length(), start + 4));
        if (rest.startsWith("#")) {
            int end = text.indexOf(')', start);
            if (end < 0) {
                throw RefusedPatternException.at("a comment that is not closed", start);
            }
            position = end + 1;
        } else if (rest.startsWith(":")) {
            position = start + 3;
            enter("(?:");
        } else if (rest.startsWith("=") || rest.startsWith("!")) {
            needsBacktracking("the look-ahead '(?" + rest.charAt(0) + "'", start);
            position = start + 3;
            enter("(?" + rest.charAt(0));
        } else if (rest.startsWith("<=") || rest.startsWith("<!")) {
            needsBacktracking("the look-behind '(?" + rest + "'", start);
            position = start + 4;
            enter("(?" + rest);
        } else if (rest.startsWith(">")) {
            needsBacktracking("the atomic group '(?>'", start);
            position = start + 3;
            enter("(?>");
        } else if (rest.startsWith("P")) {
            named(start);
        } else if (rest.startsWith("(")) {
            throw RefusedPatternException.at("the conditional group '(?('", start);
        } else {
            flags(start);
        }
    }

    private void named(int start) throws RefusedPatternException {
        int end = text.startsWith("(?P<", start) ? text.indexOf('>', start) : text.indexOf(')', start);
        if (end < 0 || !(text.startsWith("(?P<", start) || text.startsWith("(?P=", start))) {
            throw RefusedPatternException.at("'(?P' without '<name>' or '=name'", start);
        }
        var name = text.substring(start + 4, end);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
            throw RefusedPatternException.at("a group's name that is none", start);
        }
        position = end + 1;
        if (text.charAt(start + 3) == '<') {
            groupCount++;
            if (groups.put(name, groupCount) != null) {
                throw RefusedPatternException.at("a second group named '" + name + "'", start);
            }
            enter("(");
            return;
        }
        needsBacktracking("the back-reference '(?P=" + name + ")'", start);
        var group = groups.get(name);
        if (group == null) {
            throw RefusedPatternException.at("'" + name + "' names a group that is not there", start);
        }
        emitAtom("(?:\\" + group + ")");
    }

    /// `(?i)` for the whole pattern, at its start only, or `(?i-s:…)` for a group.
    private void flags(int start) throws RefusedPatternException {
        var flags = InlineFlags.read(text, start);
        boolean lines = flags.lines().orElse(multiLine);
        position = flags.end();
        if (flags.ofGroup()) {
            enter(flags.letters().isEmpty() ? "(?:" : "(?" + flags.letters() + ":");
            multiLine = lines;
        } else if (start != 0) {
            throw RefusedPatternException.at("flags that do not stand at the start", start);
        } else if (!flags.letters().isEmpty()) {
            multiLine = lines;
            out.append("(?").append(flags.letters()).append(')');
        }
    }

    private void enter(String opening) {
        out.append(opening);
        outerSizes.push(size + lastSize);
        outerMultiLines.push(multiLine);
        size = 1;
        lastSize = 0;
        quantifiable = false;
    }

    private void close() throws RefusedPatternException {
        if (outerSizes.isEmpty()) {
            throw RefusedPatternException.at("a ')' without its '('", position);
        }
        position++;
        out.append(')');
        var inner = size + lastSize;
        multiLine = outerMultiLines.pop();
        size = outerSizes.pop();
        lastSize = inner;
        quantifiable = true;
    }

    private void brace() throws RefusedPatternException {
        int start = position;
        int end = text.indexOf('}', start);
        var range = end < 0 ? "" : text.substring(start + 1, end);
        if (range.length() > 20 || !range.matches("[0-9]+(,[0-9]*)?|,[0-9]*")) {
            // Python takes a brace that opens no count for itself.
            position++;
            emitAtom("\\{");
            return;
        }
        int comma = range.indexOf(',');
        var low = comma < 0 ? range : range.substring(0, comma);
        var high = comma < 0 ? range : range.substring(comma + 1);
        long least = low.isEmpty() ? 0 : Long.parseLong(low.length() > 9 ? "999999999" : low);
        long most = high.isEmpty() ? least : Long.parseLong(high.length() > 9 ? "999999999" : high);
        if (least > MAX_REPEAT || most > MAX_REPEAT) {
            throw RefusedPatternException.at("a repetition of more than " + MAX_REPEAT, start);
        }
        if (most < least) {
            throw RefusedPatternException.at("a repetition whose least is more than its most", start);
        }
        position = end + 1;
        var written = comma < 0 ? "{" + least + "}" : "{" + least + "," + (high.isEmpty() ? "" : most) + "}";
        quantifier(written, Math.max(most, least), start);
    }

    /// @param count how often the atom is written out, 0 where it is not
    private void quantifier(String written, long count, int start) throws RefusedPatternException {
        if (!quantifiable) {
            throw RefusedPatternException.at("the quantifier '" + written + "' has nothing to repeat", start);
        }
        out.append(written);
        if (count > 1) {
            lastSize *= count;
            checkSize();
        }
        if (position < text.length() && text.charAt(position) == '?') {
            out.append('?');
            position++;
        } else if (position < text.length() && text.charAt(position) == '+') {
            needsBacktracking("the possessive quantifier '" + written + "+'", start);
            out.append('+');
            position++;
        }
        quantifiable = false;
    }

    private void emitAtom(String written, int length) throws RefusedPatternException {
        position += length;
        emitAtom(written);
    }

    private void emitAtom(String written) throws RefusedPatternException {
        out.append(written);
        size += lastSize;
        lastSize = 1;
        checkSize();
        quantifiable = true;
    }

    private void emitPlace(String written, int length) throws RefusedPatternException {
        position += length;
        emitPlace(written);
    }

    /// An assertion of a place, which Python lets nobody repeat.
    private void emitPlace(String written) throws RefusedPatternException {
        emitAtom(written);
        quantifiable = false;
    }

    private void checkSize() throws RefusedPatternException {
        long total = size + lastSize;
        for (long outer : outerSizes) {
            total += outer;
        }
        if (total > MAX_SIZE) {
            throw new RefusedPatternException(
                    "the pattern is over " + MAX_SIZE + " characters and classes when its repetitions are written out");
        }
    }

    private void needsBacktracking(String construct, int start) throws RefusedPatternException {
        if (!allowBacktracking) {
            throw new RefusedPatternException(construct + " at character " + (start + 1)
                    + " needs backtracking, which can take forever: write the pattern without it, or allow it with"
                    + " --allow-backtracking");
        }
        backtracks = true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
