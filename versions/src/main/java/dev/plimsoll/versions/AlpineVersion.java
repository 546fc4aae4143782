package dev.plimsoll.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An Alpine version, `number(.number)*letter?(_suffix number?)*(~hash)?(-rN)?`, in apk's order.
///
/// Source: apk-package(5) of apk-tools 3, section "PACKAGE METADATA" (version), and its suffixes in rising order:
/// alpha, beta, pre, rc, none, cvs, svn, git, hg, p. Not consistent with equals: `1.0-r1` and `1.0-r01` compare as
/// equal.
///
/// @param tokens never empty, without the end
record AlpineVersion(List<Token> tokens) implements Comparable<AlpineVersion> {

    private static final List<String> SUFFIXES =
            List.of("alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p");

    /// The suffix of a version that has none: what stands before it in the list means a version before the release.
    private static final int NO_SUFFIX = SUFFIXES.indexOf("");

    /// Kinds in the order in which they may stand; where one version goes on with an earlier kind than the other,
    /// it is the newer.
    enum Kind {
        FIRST_NUMBER,
        NUMBER,
        LETTER,
        SUFFIX,
        SUFFIX_NUMBER,
        HASH,
        REVISION,
        END
    }

    /// @param text of a suffix its index in the list
    record Token(Kind kind, String text) {}

    private static final Token END = new Token(Kind.END, "");

    static Optional<AlpineVersion> parse(String text) {
        var tokens = new ArrayList<Token>();
        int at = DecimalText.endOfDigits(text, 0);
        if (at == 0) {
            return Optional.empty();
        }
        tokens.add(new Token(Kind.FIRST_NUMBER, text.substring(0, at)));
        while (at < text.length() && text.charAt(at) == '.') {
            int end = DecimalText.endOfDigits(text, at + 1);
            if (end == at + 1) {
                return Optional.empty();
            }
            tokens.add(new Token(Kind.NUMBER, text.substring(at + 1, end)));
            at = end;
        }
        if (at < text.length() && isLowerCase(text.charAt(at))) {
            tokens.add(new Token(Kind.LETTER, text.substring(at, at + 1)));
            at++;
        }
        while (at < text.length() && text.charAt(at) == '_') {
            int end = at + 1;
            while (end < text.length() && isLowerCase(text.charAt(end))) {
                end++;
            }
            int suffix = SUFFIXES.indexOf(text.substring(at + 1, end));
            if (suffix < 0 || suffix == NO_SUFFIX) {
                return Optional.empty();
            }
            tokens.add(new Token(Kind.SUFFIX, Integer.toString(suffix)));
            at = DecimalText.endOfDigits(text, end);
            if (at > end) {
                tokens.add(new Token(Kind.SUFFIX_NUMBER, text.substring(end, at)));
            }
        }
        if (at < text.length() && text.charAt(at) == '~') {
            int end = at + 1;
            while (end < text.length() && isHexadecimal(text.charAt(end))) {
                end++;
            }
            if (end == at + 1) {
                return Optional.empty();
            }
            tokens.add(new Token(Kind.HASH, text.substring(at + 1, end)));
            at = end;
        }
        if (text.startsWith("-r", at) && DecimalText.isNumber(text.substring(at + 2))) {
            tokens.add(new Token(Kind.REVISION, text.substring(at + 2)));
            at = text.length();
        }
        return at == text.length() ? Optional.of(new AlpineVersion(List.copyOf(tokens))) : Optional.empty();
    }

    @Override
    public int compareTo(AlpineVersion other) {
        for (int i = 0; ; i++) {
            var left = i < tokens.size() ? tokens.get(i) : END;
            var right = i < other.tokens.size() ? other.tokens.get(i) : END;
            if (left.kind() != right.kind()) {
                if (isBeforeRelease(left) || isBeforeRelease(right)) {
                    return isBeforeRelease(left) ? -1 : 1;
                }
                return right.kind().compareTo(left.kind());
            }
            int order = compareTokens(left, right);
            if (order != 0 || left.kind() == Kind.END) {
                return order;
            }
        }
    }

    private static boolean isBeforeRelease(Token token) {
        return token.kind() == Kind.SUFFIX && Integer.parseInt(token.text()) < NO_SUFFIX;
    }

    private static int compareTokens(Token left, Token right) {
        return switch (left.kind()) {
            case FIRST_NUMBER, SUFFIX, SUFFIX_NUMBER, REVISION -> DecimalText.compare(left.text(), right.text());
            // As in Gentoo: with a leading zero they are decimal places, and compare as text.
            case NUMBER ->
                left.text().startsWith("0") || right.text().startsWith("0")
                        ? left.text().compareTo(right.text())
                        : DecimalText.compare(left.text(), right.text());
            case LETTER, HASH -> left.text().compareTo(right.text());
            case END -> 0;
        };
    }

    private static boolean isLowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isHexadecimal(char c) {
        return DecimalText.isDigit(c) || (c >= 'a' && c <= 'f');
    }
}
