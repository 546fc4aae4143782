package dev.plimsoll.server;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.store.Database;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Reads how a PostgreSQL is reached from the form that its own tools take.
///
/// Source: PostgreSQL documentation, 34.1.1.2 "Connection URIs".
final class DatabaseUrl {

    private static final String USER = "plimsoll";

    private DatabaseUrl() {}

    static Database.Address address(Configuration configuration, int connections) {
        var text = configuration.value(Settings.DATABASE_URL).text();
        URI url;
        try {
            url = new URI(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        } catch (URISyntaxException _) {
            throw malformed(configuration);
        }
        var scheme = String.valueOf(url.getScheme());
        if ((!scheme.equals("postgresql") && !scheme.equals("postgres"))
                || url.getHost() == null
                || url.getPath() == null
                || url.getPath().length() < 2) {
            throw malformed(configuration);
        }
        var user = USER;
        var password = configuration.text(Settings.DATABASE_PASSWORD).orElse("");
        if (url.getRawUserInfo() != null) {
            var parts = url.getRawUserInfo().split(":", 2);
            user = URLDecoder.decode(parts[0].replace("+", "%2B"), StandardCharsets.UTF_8);
            if (parts.length > 1 && password.isEmpty()) {
                password = URLDecoder.decode(parts[1].replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        }
        var port = url.getPort() < 0 ? 5432 : url.getPort();
        return new Database.Address(
                "jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath()
                        + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()),
                user,
                password,
                connections);
    }

    /// The value is not shown: it may hold a password.
    private static RuntimeException malformed(Configuration configuration) {
        return new dev.plimsoll.server.configuration.ConfigurationException(
                Settings.DATABASE_URL.name() + " ("
                        + configuration.value(Settings.DATABASE_URL).origin()
                        + ") must be like postgresql://user@host:5432/name; the password may stand in PLIMSOLL_SERVER_DATABASE_PASSWORD");
    }
}
