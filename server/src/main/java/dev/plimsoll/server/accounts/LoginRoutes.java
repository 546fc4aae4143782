package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Logging in, and what one is then.
final class LoginRoutes {

    /// How long the key of a login lives.
    static final Duration LOGIN = Duration.ofHours(12);

    /// What such keys are called.
    private static final String LOGIN_NAME = "login";

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final PasswordLogin login;
    private final AccountAuthenticator authenticator;
    private final AuditLog audit;
    private final InstantSource clock;

    LoginRoutes(
            Jdbi jdbi,
            Passwords passwords,
            PasswordLogin login,
            AccountAuthenticator authenticator,
            AuditLog audit,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.login = login;
        this.authenticator = authenticator;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.POST, "/api/v1/login", Permission.NONE, this::login),
                new Route(Method.GET, "/api/v1/me", Permission.KNOWN, this::me),
                new Route(Method.PUT, "/api/v1/me/password", Permission.KNOWN, this::changePassword));
    }

    private Reply login(Request request) throws IOException {
        var fields = Fields.of(request, "user", "password");
        var proved = login.prove(fields.text("user"), fields.text("password"), request.remote());
        var key = KeyText.random();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var end = now.plus(LOGIN);
        jdbi.useTransaction(handle -> {
            KeyRow.add(
                    handle,
                    new KeyRow.Wanted(
                            proved.account().id(),
                            Optional.of(proved.member().id()),
                            LOGIN_NAME,
                            proved.member().role(),
                            Optional.empty(),
                            true,
                            Optional.of(end)),
                    key,
                    now);
            audit.add(
                    handle,
                    AccountAuthenticator.principal(proved),
                    "user.login",
                    proved.member().name(),
                    new Details()
                            .and("key", key.prefix())
                            .and("address", request.remote())
                            .json());
        });
        return Reply.json(json -> json.object(() -> {
            json.member("key", key.reveal());
            json.member("expires_at", end.toString());
        }));
    }

    private Reply me(Request request) {
        var principal = request.principal();
        var caller = Caller.of(principal);
        return Reply.json(json -> json.object(() -> {
            json.member("account", principal.account());
            json.member("name", principal.name());
            json.member("user", caller.member());
            json.member("key", caller.prefix());
            json.strings("permissions", Grants.words(principal.permissions()));
        }));
    }

    private Reply changePassword(Request request) throws IOException {
        var fields = Fields.of(request, "current_password", "password");
        var user = Caller.of(request.principal())
                .member()
                .orElseThrow(() -> ProblemException.conflict("a key of the account has no password"));
        var wanted = fields.text("password");
        Passwords.demandGood(wanted, user, "/password");
        var proved = proveAgain(user, fields.text("current_password"), request.remote());
        if (proved.account().id() != request.accountId()) {
            throw ProblemException.notFound("there is no user '" + user + "' in this account");
        }
        var hash = passwords.hash(wanted);
        jdbi.useTransaction(handle -> {
            proved.member().setPassword(handle, hash);
            KeyRow.revokeLogins(handle, proved.member(), clock.instant());
            audit.add(handle, request.principal(), "user.password", user, new Details().json());
        });
        authenticator.forget();
        return Reply.noContent();
    }

    /// Who he is was proved already, so a wrong password is no reason to log in anew.
    private PasswordLogin.Login proveAgain(String user, String password, String address) {
        try {
            return login.prove(user, password, address);
        } catch (ProblemException e) {
            throw e.status() == 401
                    ? new ProblemException(403, "wrong-password", "the current password is another one")
                    : e;
        }
    }
}
