package dev.plimsoll.server.notify.email;

import java.util.Locale;
import java.util.Optional;

/// How a connection to a mail server is secured.
enum Security {
    /// Begins in clear and must become TLS before anything else is said.
    STARTTLS(587),
    /// TLS from the first byte.
    TLS(465),
    /// None: for a relay in one's own house, and without a password.
    NONE(25);

    private final int port;

    Security(int port) {
        this.port = port;
    }

    /// The usual one.
    int port() {
        return port;
    }

    /// As the setting writes it: `starttls`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Security of(Optional<String> word) {
        for (var security : values()) {
            if (word.filter(security.word()::equals).isPresent()) {
                return security;
            }
        }
        return STARTTLS;
    }
}
