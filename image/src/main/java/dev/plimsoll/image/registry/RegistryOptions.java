package dev.plimsoll.image.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How registries are reached, as far as a user says so.
///
/// @param credential for the registry that the user names, before all files; never sent to a mirror
/// @param certificateAuthorities a PEM file whose certificates are trusted beside Java's own
/// @param insecureHttp registries that are asked without TLS, `host` or `host:port`
/// @param unverifiedTls registries whose certificate is not looked at, `host` or `host:port`
/// @param timeout for everything that is read of the registry
/// @param variables the environment: HOME, PATH, DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME,
///     CONTAINERS_REGISTRIES_CONF, SSL_CERT_FILE, HTTP_PROXY, HTTPS_PROXY, NO_PROXY
public record RegistryOptions(
        Optional<Credential> credential,
        Optional<Path> certificateAuthorities,
        Set<String> insecureHttp,
        Set<String> unverifiedTls,
        Duration timeout,
        String userAgent,
        Map<String, String> variables) {

    /// What is used where nobody says how long reading may take.
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    public RegistryOptions {
        insecureHttp = Set.copyOf(insecureHttp);
        unverifiedTls = Set.copyOf(unverifiedTls);
        variables = Map.copyOf(variables);
    }

    /// Nothing said, in an empty environment.
    public static final RegistryOptions DEFAULTS = new RegistryOptions(
            Optional.empty(), Optional.empty(), Set.of(), Set.of(), DEFAULT_TIMEOUT, "plimsoll", Map.of());

    /// The same in another environment, within another time.
    public RegistryOptions in(Map<String, String> environment, Duration time) {
        return new RegistryOptions(
                credential, certificateAuthorities, insecureHttp, unverifiedTls, time, userAgent, environment);
    }

    /// A variable that is set and not empty.
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    Path home() {
        return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home", ".")));
    }

    /// Where a user's configuration of containers lies.
    Path containersConfiguration() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> home().resolve(".config"))
                .resolve("containers");
    }

    boolean isInsecureHttp(String registry) {
        return isAmong(insecureHttp, registry);
    }

    boolean isUnverifiedTls(String registry) {
        return isAmong(unverifiedTls, registry);
    }

    private static boolean isAmong(Set<String> registries, String registry) {
        return registries.contains(registry) || registries.contains(Endpoint.host(registry));
    }

    /// Variables may hold secrets, so none of them is shown.
    @Override
    public String toString() {
        return "RegistryOptions[timeout=" + timeout + ", userAgent=" + userAgent + "]";
    }
}
