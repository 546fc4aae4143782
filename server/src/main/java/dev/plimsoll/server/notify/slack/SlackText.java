package dev.plimsoll.server.notify.slack;

/// Foreign text in Slack's markup. What is escaped can neither mention anybody nor link anywhere.
///
/// Source: docs.slack.dev, "Formatting message text": `&`, `<` and `>` are escaped, nothing else
/// is.
final class SlackText {

    private SlackText() {}

    /// The escaped text, at most `most` units of it; no escape and no character is cut in halves.
    static String escaped(String text, int most) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            var next = switch (point) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> Character.toString(point);
            };
            int room = most - escaped.length() - next.length();
            if (room < 0 || (room == 0 && i < text.length())) {
                return escaped.append('…').toString();
            }
            escaped.append(next);
        }
        return escaped.toString();
    }
}
