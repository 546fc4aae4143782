package dev.plimsoll.server;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.store.Database;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

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
            user = decoded(parts[0]);
            if (parts.length > 1 && password.isEmpty()) {
                password = decoded(parts[1]);
            }
        }
        // who asks may stand in the query too; what stays there is shown in messages
        var options = new StringJoiner("&", "?", "").setEmptyValue("");
        for (var option : (url.getRawQuery() == null ? "" : url.getRawQuery()).split("&", -1)) {
            var sides = option.split("=", 2);
            var value = sides.length > 1 ? decoded(sides[1]) : "";
            switch (sides[0]) {
                case "" -> {}
                case "user" -> user = value;
                case "password" -> password = password.isEmpty() ? value : password;
                default -> options.add(option);
            }
        }
        var port = url.getPort() < 0 ? 5432 : url.getPort();
        return new Database.Address(
                "jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath() + options,
                user,
                password,
                connections);
    }

    /// A URL as it may be shown: without the passwords in it, even where it is malformed.
    static String shown(String text) {
        return text.replaceAll("(//[^:@/]*):.*@", "$1:(secret)@")
                .replaceAll("(?i)([?&][a-z]*password=)[^&]*", "$1(secret)");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// The value is not shown: it may hold a password.
    private static RuntimeException malformed(Configuration configuration) {
        return new ConfigurationException(
                Settings.DATABASE_URL.name() + " ("
                        + configuration.value(Settings.DATABASE_URL).origin()
                        + ") must be like postgresql://user@host:5432/name; the password may stand in PLIMSOLL_SERVER_DATABASE_PASSWORD");
    }
}
