package dev.plimsoll.server.notify.jira;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Where a Jira runs; its interface differs by that.
enum Deployment {
    /// Atlassian's: version 3 of the interface, texts are documents.
    CLOUD("/rest/api/3"),
    /// One's own: version 2, texts are wiki markup.
    DATA_CENTER("/rest/api/2");

    private final String path;

    Deployment(String path) {
        this.path = path;
    }

    /// Beneath the base address.
    String path() {
        return path;
    }

    /// As the setting writes it: `data_center`.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param word empty: by the address
    static Deployment of(Optional<String> word, String address) {
        for (var deployment : values()) {
            if (word.filter(deployment.word()::equals).isPresent()) {
                return deployment;
            }
        }
        try {
            var host = URI.create(address).getHost();
            return host != null && host.toLowerCase(Locale.ROOT).endsWith(".atlassian.net") ? CLOUD : DATA_CENTER;
        } catch (IllegalArgumentException _) {
            return DATA_CENTER;
        }
    }
}
