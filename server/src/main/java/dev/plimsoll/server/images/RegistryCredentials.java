package dev.plimsoll.server.images;

import dev.plimsoll.image.registry.Secret;
import java.util.Optional;

/// What accounts show to registries.
@FunctionalInterface
public interface RegistryCredentials {

    /// @param registry `host[:port]` as references name it, `docker.io` for Docker Hub
    /// @return empty where the account has nothing for it: it is asked as nobody
    Optional<Credential> of(long accountId, String registry);

    /// How a registry is asked. The password shows itself to nobody.
    ///
    /// @param username empty where the account says nothing but how the registry is asked
    /// @param insecure whether it is asked without TLS
    record Credential(String username, Secret password, boolean insecure) {}
}
