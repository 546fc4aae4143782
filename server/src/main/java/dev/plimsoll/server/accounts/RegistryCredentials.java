package dev.plimsoll.server.accounts;

import dev.plimsoll.image.registry.Credential;
import dev.plimsoll.image.registry.Secret;
import dev.plimsoll.server.secrets.SecretBox;
import dev.plimsoll.server.secrets.SecretException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// What an account proves itself with at registries. Safe for several threads.
public final class RegistryCredentials {

    private final Jdbi jdbi;
    private final SecretBox box;

    public RegistryCredentials(Jdbi jdbi, SecretBox box) {
        this.jdbi = jdbi;
        this.box = box;
    }

    /// @param registry `host` or `host:port`, as in a reference
    /// @return empty where the account has none for it
    /// @throws SecretException where the service's key is not the one that it was sealed with
    public Optional<Credential.Basic> of(long accountId, String registry) {
        var name = normal(registry);
        return jdbi.withHandle(handle -> RegistryRow.byName(handle, accountId, name))
                .map(row -> new Credential.Basic(
                        row.username(), Secret.of(box.open(row.secret(), purpose(accountId, name)))));
    }

    /// The registries that the account wants to be asked without TLS.
    public Set<String> insecure(long accountId) {
        return Set.copyOf(jdbi.withHandle(handle -> handle.createQuery(
                        "select registry from registry_credential where account_id = :account and insecure")
                .bind("account", accountId)
                .mapTo(String.class)
                .list()));
    }

    static String purpose(long accountId, String registry) {
        return "registry " + accountId + " " + registry;
    }

    /// Docker Hub has three names; references have the first.
    static String normal(String registry) {
        var lower = registry.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "index.docker.io", "registry-1.docker.io" -> "docker.io";
            default -> lower;
        };
    }
}
