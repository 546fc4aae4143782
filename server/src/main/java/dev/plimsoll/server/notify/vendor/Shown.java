package dev.plimsoll.server.notify.vendor;

import dev.plimsoll.server.notify.outbound.Outbound.Answer;
import dev.plimsoll.server.notify.wording.Clipped;
import java.util.Collection;
import java.util.Locale;

/// What vendors said, as it may be shown: short, one line, without the secrets that it may repeat.
public final class Shown {

    /// In UTF-16 units.
    public static final int MOST = 600;

    private Shown() {}

    /// @param secrets none of which is shown
    public static String text(String said, Collection<String> secrets) {
        var text = said;
        for (var secret : secrets) {
            if (secret.length() > 3) {
                text = text.replace(secret, "***");
            }
        }
        return Clipped.line(text.strip(), MOST);
    }

    /// Whether it is a page for people: not the vendor answered but something in front of him.
    public static boolean isPage(Answer answer) {
        var type = answer.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        var start = answer.beginning().stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<!doctype")
                || start.startsWith("<html")
                || (type.contains("html") && start.startsWith("<"));
    }
}
