package dev.plimsoll.server.accounts;

import dev.plimsoll.server.http.Authenticator;
import dev.plimsoll.server.http.Route;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.secrets.SecretBox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/// All of the accounts' area, put together. Safe for several threads.
public final class Accounts {

    private static final Duration TIDYING = Duration.ofMinutes(10);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final AccountAuthenticator authenticator;
    private final AuditLog audit;
    private final RegistryCredentials registries;
    private final List<Route> routes;

    /// @param box for the passwords of registries
    public Accounts(Jdbi jdbi, SecretBox box, InstantSource clock) {
        this(jdbi, box, clock, new Passwords());
    }

    Accounts(Jdbi jdbi, SecretBox box, InstantSource clock, Passwords passwords) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.passwords = passwords;
        throttle = new LoginThrottle(jdbi, clock);
        audit = new AuditLog(clock);
        registries = new RegistryCredentials(jdbi, box);
        var login = new PasswordLogin(jdbi, passwords, throttle);
        authenticator = new AccountAuthenticator(new KeyLogin(jdbi, clock), login, clock);
        routes = Stream.of(
                        new LoginRoutes(jdbi, passwords, login, authenticator, audit, clock).routes(),
                        new AccountRoutes(jdbi, authenticator, audit, clock).routes(),
                        new UserRoutes(jdbi, passwords, authenticator, audit, clock).routes(),
                        new KeyRoutes(jdbi, authenticator, audit, clock).routes(),
                        new AuditRoutes(jdbi).routes(),
                        new RegistryRoutes(jdbi, box, audit, clock).routes())
                .flatMap(List::stream)
                .toList();
    }

    public List<Route> routes() {
        return routes;
    }

    /// Tells who asks.
    public Authenticator authenticator() {
        return authenticator;
    }

    /// Where every area writes down what was changed.
    public AuditLog audit() {
        return audit;
    }

    /// For the analysis of images.
    public RegistryCredentials registries() {
        return registries;
    }

    /// For the metrics: how many are computed.
    public Passwords passwords() {
        return passwords;
    }

    /// Removes keys of logins that have expired, and failures of logins that are forgotten.
    public Periodic tidying() {
        return new Periodic("accounts-tidying", TIDYING, () -> {
            throttle.forget();
            jdbi.useHandle(handle -> handle.createUpdate("delete from api_key where login and expires_at < :now")
                    .bind("now", clock.instant())
                    .execute());
            return false;
        });
    }
}
