package dev.plimsoll.server.notify.wording;

/// Texts within limits. Lengths are in UTF-16 units, which are never fewer than the characters that
/// others count.
public final class Clipped {

    private Clipped() {}

    /// One line of at most `most` units: control characters become spaces, what is too long ends
    /// with an ellipsis. No character is cut in halves; halves that came, and marks that turn the
    /// direction of text, become U+FFFD.
    ///
    /// @param most at least 1
    public static String line(String text, int most) {
        var clipped = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int shown = shown(point);
            // the last unit is kept for the ellipsis, unless the text ends with it
            int room = most - clipped.length() - Character.charCount(shown);
            if (room < 0 || (room == 0 && i < text.length())) {
                return clipped.append('…').toString();
            }
            clipped.appendCodePoint(shown);
        }
        return clipped.toString();
    }

    private static int shown(int point) {
        // halves of pairs, what XML cannot hold, and what turns the direction of the text that follows
        boolean half = point >= 0xd800 && point <= 0xdfff;
        boolean turn = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
        if (half || turn || (point & 0xfffe) == 0xfffe) {
            return 0xfffd;
        }
        boolean line = point == 0x2028 || point == 0x2029;
        return Character.getType(point) == Character.CONTROL || line ? ' ' : point;
    }
}
