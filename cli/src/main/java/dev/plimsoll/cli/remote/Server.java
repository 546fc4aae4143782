package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/// A server, and how it is spoken with.
///
/// @param url without a slash at its end: `https://plimsoll.example`
/// @param key that it gave out; empty before a login
/// @param certificateAuthorities a PEM file of whom to trust beside Java's own
/// @param insecure whether its certificate is not looked at
record Server(URI url, String key, Optional<Path> certificateAuthorities, boolean insecure) {

    /// As the routes begin.
    private static final String API = "/api/v1";

    /// Reads an address as users write it.
    ///
    /// @throws CommandException where it is none
    static URI address(String text) {
        var bare = text.strip();
        while (bare.endsWith("/")) {
            bare = bare.substring(0, bare.length() - 1);
        }
        if (bare.endsWith(API)) {
            bare = bare.substring(0, bare.length() - API.length());
        }
        try {
            var url = new URI(bare);
            var scheme = url.getScheme();
            if (url.getHost() == null || scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw CommandException.usage(
                        "'" + text + "' is no address of a server; write for example https://plimsoll.example"
                                + " or http://localhost:8228");
            }
            if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
                throw CommandException.usage("the address of a server is scheme, host and port, and perhaps a path;"
                        + " a name, a password or a key does not belong there");
            }
            return url;
        } catch (URISyntaxException e) {
            throw CommandException.usage("'" + text + "' is no address of a server: " + e.getReason());
        }
    }

    /// Whether who listens between could read the key.
    boolean isOpenToListeners() {
        var host = url.getHost();
        return url.getScheme().equals("http")
                && !(host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    URI at(String path, Query query) {
        return URI.create(url + API + path + query);
    }

    /// Without the key.
    @Override
    public String toString() {
        return url.toString();
    }
}
