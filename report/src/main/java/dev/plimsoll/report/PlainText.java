package dev.plimsoll.report;

/// Text that comes from an image or a record and goes to a terminal.
public final class PlainText {

    private PlainText() {}

    /// The text without control characters and marks that turn the direction of writing: such text could write escape
    /// sequences.
    public static String of(String foreign) {
        StringBuilder safe = null;
        for (int i = 0; i < foreign.length(); i++) {
            var c = foreign.charAt(i);
            var control =
                    Character.isISOControl(c) || (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
            if (control && safe == null) {
                safe = new StringBuilder(foreign.substring(0, i));
            }
            if (safe != null) {
                safe.append(control ? '\ufffd' : c);
            }
        }
        return safe == null ? foreign : safe.toString();
    }
}
