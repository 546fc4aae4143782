package dev.plimsoll.inventory.ruby;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Texts that stand in Ruby code as literals: `"a".freeze`, `'a'`, `["a", "b"].freeze`, `Gem::Version.new("1.0")`. What
/// is anything else would have to be
/// evaluated, and is not read.
///
/// Source: Ruby, "Literals", strings; escapes and insertions (`\n`, `#{…}`) are left out, because RubyGems writes none
/// into names and versions.
final class RubyLiteral {

    private static final Pattern VERSION = Pattern.compile("Gem::Version\\.(?:new|create)\\(([^()]*+)\\)(.*)");
    private static final String FREEZE = ".freeze";

    private final String code;
    private int at;

    private RubyLiteral(String code) {
        this.code = code;
    }

    /// The texts of the literal that is all of the code but a comment; none where it is something else.
    static List<String> read(String code) {
        var version = VERSION.matcher(code.strip());
        return new RubyLiteral(version.matches() ? version.group(1) + version.group(2) : code).texts();
    }

    private List<String> texts() {
        var texts = new ArrayList<String>();
        if (take('[')) {
            while (!take(']')) {
                if (!text(texts) || (!take(',') && !at(']'))) {
                    return List.of();
                }
            }
            takeFreeze();
        } else if (!text(texts)) {
            return List.of();
        }
        blanks();
        return at == code.length() || code.charAt(at) == '#' ? texts : List.of();
    }

    private boolean text(List<String> texts) {
        var single = at('\'');
        if (!single && !at('"')) {
            return false;
        }
        var end = code.indexOf(code.charAt(at), at + 1);
        if (end < 0) {
            return false;
        }
        var text = code.substring(at + 1, end);
        if (text.indexOf('\\') >= 0 || (!single && text.indexOf('#') >= 0)) {
            return false;
        }
        texts.add(text);
        at = end + 1;
        takeFreeze();
        return true;
    }

    private boolean at(char c) {
        blanks();
        return at < code.length() && code.charAt(at) == c;
    }

    private boolean take(char c) {
        var there = at(c);
        at += there ? 1 : 0;
        return there;
    }

    private void takeFreeze() {
        at += code.startsWith(FREEZE, at) ? FREEZE.length() : 0;
    }

    private void blanks() {
        while (at < code.length() && (code.charAt(at) == ' ' || code.charAt(at) == '\t')) {
            at++;
        }
    }
}
