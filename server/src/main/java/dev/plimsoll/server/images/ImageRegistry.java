package dev.plimsoll.server.images;

import dev.plimsoll.image.Image;
import dev.plimsoll.image.Platform;
import dev.plimsoll.image.registry.Credential;
import dev.plimsoll.image.registry.Reference;
import dev.plimsoll.image.registry.RegistryClient;
import dev.plimsoll.image.registry.RegistryOptions;
import dev.plimsoll.image.source.Images;
import dev.plimsoll.image.source.OpenOptions;
import dev.plimsoll.image.source.SourceContext;
import dev.plimsoll.server.jobs.JobFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Registries, asked for an account: with its credentials and no others. What a login left in files of the service's
/// user is for nobody. Safe for several threads.
public final class ImageRegistry {

    /// What of the service's environment counts: how the network is reached, nothing of who asks.
    private static final Set<String> VARIABLES =
            Set.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "CONTAINERS_REGISTRIES_CONF");

    /// No folder: so no file of a login is found.
    private static final String NO_HOME = "/nonexistent";

    private final RegistryCredentials credentials;
    private final Predicate<String> allowed;
    private final AnalysisLimits limits;
    private final String userAgent;
    private final Path temporary;
    private final Map<String, String> environment;

    /// @param allowed registries (`host[:port]`) that may be asked; the service stands where its callers may not, so an
    ///     operator may want to name them
    /// @param temporary a folder for what does not fit into memory
    /// @param environment of the service; proxies and certificates are taken from it
    public ImageRegistry(
            RegistryCredentials credentials,
            Predicate<String> allowed,
            AnalysisLimits limits,
            String userAgent,
            Path temporary,
            Map<String, String> environment) {
        this.credentials = credentials;
        this.allowed = allowed;
        this.limits = limits;
        this.userAgent = userAgent;
        this.temporary = temporary;
        this.environment = filtered(environment);
    }

    private static Map<String, String> filtered(Map<String, String> environment) {
        var kept = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (VARIABLES.contains(name.toUpperCase(Locale.ROOT))) {
                kept.put(name, value);
            }
        });
        kept.put("HOME", NO_HOME);
        return Map.copyOf(kept);
    }

    /// Whether that registry may be asked.
    public boolean allows(Reference reference) {
        return allowed.test(reference.registry());
    }

    /// Opens an image: its manifest and configuration are read, its layers wait.
    ///
    /// @param platform empty for the service's own, or the only one there is
    /// @throws IOException of the registry
    Image open(long accountId, Reference reference, Optional<Platform> platform, Consumer<String> progress)
            throws IOException {
        demandAllowed(reference);
        var context = new SourceContext(
                temporary,
                OpenOptions.of(platform, limits.image()),
                Optional.empty(),
                List.of("registry"),
                environment,
                InputStream.nullInputStream(),
                temporary,
                limits.timeout(),
                progress,
                options(accountId, reference, limits.timeout()));
        return Images.open("registry:" + reference, context);
    }

    /// The digest of the manifest or index that a reference stands for now: one small request, or two where the
    /// registry wants a login.
    ///
    /// @throws IOException of the registry
    String resolve(long accountId, Reference reference) throws IOException {
        demandAllowed(reference);
        try (var client = RegistryClient.of(options(accountId, reference, limits.resolveTimeout()))) {
            return client.image(reference, limits.image().manifestBytes())
                    .root()
                    .digest()
                    .toString();
        }
    }

    private void demandAllowed(Reference reference) {
        if (!allows(reference)) {
            throw new JobFailure(refusal(reference));
        }
    }

    static String refusal(Reference reference) {
        return "the registry " + reference.registry()
                + " is none of those that this service may ask; its operator can allow it";
    }

    private RegistryOptions options(long accountId, Reference reference, Duration timeout) {
        var known = credentials.of(accountId, reference.registry());
        Credential shown = known.filter(found -> !found.username().isEmpty())
                .<Credential>map(found -> new Credential.Basic(found.username(), found.password()))
                .orElseGet(Credential.Anonymous::new);
        var insecure = known.filter(RegistryCredentials.Credential::insecure).isPresent()
                ? Set.of(reference.registry())
                : Set.<String>of();
        return new RegistryOptions(
                Optional.of(shown), Optional.empty(), insecure, Set.of(), timeout, userAgent, environment);
    }
}
