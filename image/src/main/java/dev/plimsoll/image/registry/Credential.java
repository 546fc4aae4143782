package dev.plimsoll.image.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a user proves himself with at one registry. No form of it shows its secret.
public sealed interface Credential {

    /// User and password, for Basic and for token servers.
    record Basic(String username, Secret password) implements Credential {

        /// The value of the header `Authorization` (RFC 7617).
        String header() {
            var pair = username + ":" + password.reveal();
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A refresh token that a login left; only token servers take it.
    record IdentityToken(Secret token) implements Credential {}

    /// A token for the registry itself, sent as it is.
    record RegistryToken(Secret token) implements Credential {}

    /// None.
    record Anonymous() implements Credential {}
}
