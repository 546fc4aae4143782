package dev.plimsoll.image.daemon;

import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// Why a daemon could not be asked.
///
/// @param kind what a remedy depends on
/// @param reason for people: a clause that follows the daemon's place
record DaemonFailure(Kind kind, String reason) {

    /// What kept us away.
    enum Kind {
        ABSENT,
        DENIED,
        REFUSED,
        /// Somebody is there, and something else went wrong.
        OTHER
    }

    static DaemonFailure of(IOException e) {
        return new DaemonFailure(kind(e), reason(e));
    }

    /// The JDK has no types for the errors of Unix sockets: the system's words tell them apart.
    private static Kind kind(IOException e) {
        var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no such file")) {
            return Kind.ABSENT;
        }
        if (text.contains("permission denied")) {
            return Kind.DENIED;
        }
        return text.contains("connection refused") ? Kind.REFUSED : Kind.OTHER;
    }

    static String reason(IOException e) {
        return switch (kind(e)) {
            case ABSENT -> "is not there";
            case DENIED -> "may not be used by this user (permission denied)";
            case REFUSED -> "is there and nobody listens (connection refused)";
            case OTHER ->
                e instanceof SSLException
                        ? "does not agree on TLS: " + e.getMessage()
                        : e.getMessage() == null ? "fails: " + e : e.getMessage();
        };
    }
}
