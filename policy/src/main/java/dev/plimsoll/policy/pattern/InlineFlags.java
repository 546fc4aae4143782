package dev.plimsoll.policy.pattern;

import java.util.Optional;

/// Flags within a pattern: `(?i)` for all of it, or `(?i-s:…)` for a group.
///
/// @param letters for re2j and the JDK: without `u`, which is always so
/// @param lines whether `^` and `$` hold at every line; empty where the flags do not say
/// @param ofGroup whether they are a group's
/// @param end behind them
record InlineFlags(String letters, Optional<Boolean> lines, boolean ofGroup, int end) {

    /// Reads the flags of the group that opens at `start`.
    static InlineFlags read(String text, int start) throws RefusedPatternException {
        int end = start + 2;
        while (end < text.length() && "imsu-".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        if (end >= text.length() || end == start + 2 || (text.charAt(end) != ')' && text.charAt(end) != ':')) {
            var opening = text.substring(start, Math.min(text.length(), end + 1));
            boolean ofPython = end < text.length() && "aLx".indexOf(text.charAt(end)) >= 0;
            throw RefusedPatternException.at(
                    "the group '" + opening + (ofPython ? "' has a flag that is not supported" : "' is unknown"),
                    start);
        }
        boolean ofGroup = text.charAt(end) == ':';
        var letters = text.substring(start + 2, end).replace("u", "");
        int off = letters.indexOf('-');
        if (off != letters.lastIndexOf('-') || (off >= 0 && (off == letters.length() - 1 || !ofGroup))) {
            throw RefusedPatternException.at("the flags '" + letters + "'", start);
        }
        if (off > 0 && letters.substring(0, off).chars().anyMatch(flag -> letters.indexOf(flag, off) >= 0)) {
            throw RefusedPatternException.at("a flag that is turned on and off", start);
        }
        int line = letters.indexOf('m');
        return new InlineFlags(
                letters, line < 0 ? Optional.empty() : Optional.of(off < 0 || line < off), ofGroup, end + 1);
    }
}
