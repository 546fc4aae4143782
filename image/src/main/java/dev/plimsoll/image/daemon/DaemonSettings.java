package dev.plimsoll.image.daemon;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a user set that says where a daemon is.
///
/// @param environment variables
/// @param home the user's folder
public record DaemonSettings(Map<String, String> environment, Path home) {

    public DaemonSettings {
        environment = Map.copyOf(environment);
    }

    /// A variable; one that is set to nothing counts as not set, as it does for docker.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
