package dev.plimsoll.server.notify;

import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Item;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a message's reader finds more.
///
/// @param base the service's address as its users know it, `https://plimsoll.example`; empty where it
/// was not told
record Links(Optional<URI> base) {

    Optional<URI> of(String groupKey, EventKind kind, Item first) {
        var digest = first.subject().digest();
        if (Groups.isVulnerability(groupKey)) {
            return at("/api/v1/vulnerabilities/" + encoded(Groups.subject(groupKey)) + "/images");
        }
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        var image = "/api/v1/images/" + encoded(digest);
        return at(
                switch (kind) {
                    case VULN_UPDATE -> image + "/findings";
                    case POLICY_EVAL -> image + "/verdict";
                    case TAG_UPDATE, ANALYSIS_UPDATE -> image;
                });
    }

    private Optional<URI> at(String path) {
        return base.map(address -> URI.create((address.toString().endsWith("/")
                        ? address.toString().substring(0, address.toString().length() - 1)
                        : address.toString())
                + path));
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }
}
