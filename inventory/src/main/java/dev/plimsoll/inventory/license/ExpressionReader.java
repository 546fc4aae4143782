package dev.plimsoll.inventory.license;

import dev.plimsoll.inventory.license.LicenseExpression.Reference;
import dev.plimsoll.inventory.license.LicenseExpression.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads one license expression. Used once; not safe for several threads.
///
/// Source: SPDX 2.3, annex D: `+` binds before `WITH`, `WITH` before `AND`, `AND` before `OR`.
final class ExpressionReader {

    /// In characters: the longest of Fedora have some thousand.
    static final int MAX_LENGTH = 20_000;

    /// Of parentheses in parentheses.
    static final int MAX_DEPTH = 50;

    private static final Pattern REFERENCE =
            Pattern.compile("(DocumentRef-[A-Za-z0-9.-]{1,200}:)?LicenseRef-[A-Za-z0-9.-]{1,200}");

    private final List<String> words;
    private final Function<String, Optional<LicenseExpression>> licenses;
    private int next;

    /// @param licenses what a word that is no operator means, empty where it means none
    ExpressionReader(String text, Function<String, Optional<LicenseExpression>> licenses) {
        this.words = text.length() > MAX_LENGTH ? List.of() : words(text);
        this.licenses = licenses;
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '(' || c == ')' || Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                if (!Character.isWhitespace(c)) {
                    words.add(String.valueOf(c));
                }
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    Optional<LicenseExpression> read() {
        var read = either(0);
        return next == words.size() ? read : Optional.empty();
    }

    private boolean takes(String operator) {
        if (next < words.size() && words.get(next).toUpperCase(Locale.ROOT).equals(operator)) {
            next++;
            return true;
        }
        return false;
    }

    private Optional<LicenseExpression> either(int depth) {
        var parts = new ArrayList<LicenseExpression>();
        do {
            var part = all(depth);
            if (part.isEmpty()) {
                return part;
            }
            parts.add(part.get());
        } while (takes("OR"));
        return Optional.of(LicenseExpression.anyOf(parts));
    }

    private Optional<LicenseExpression> all(int depth) {
        var parts = new ArrayList<LicenseExpression>();
        do {
            var part = one(depth);
            if (part.isEmpty()) {
                return part;
            }
            parts.add(part.get());
        } while (takes("AND"));
        return Optional.of(LicenseExpression.allOf(parts));
    }

    private Optional<LicenseExpression> one(int depth) {
        if (next >= words.size()) {
            return Optional.empty();
        }
        if (takes("(")) {
            var inner = depth == MAX_DEPTH ? Optional.<LicenseExpression>empty() : either(depth + 1);
            return takes(")") ? inner : Optional.empty();
        }
        var word = words.get(next++);
        var license = REFERENCE.matcher(word).matches()
                ? Optional.<LicenseExpression>of(new Reference(word))
                : licenses.apply(word);
        if (license.isEmpty() || !takes("WITH")) {
            return license;
        }
        if (next >= words.size()) {
            return Optional.empty();
        }
        var exception = SpdxLicenses.KNOWN.exception(words.get(next++));
        return exception.map(id -> new With(license.get(), id));
    }
}
