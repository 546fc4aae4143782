package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The users of the caller's account.
final class UserRoutes {

    private final Jdbi jdbi;
    private final Passwords passwords;
    private final AccountAuthenticator authenticator;
    private final AuditLog audit;
    private final InstantSource clock;

    UserRoutes(
            Jdbi jdbi, Passwords passwords, AccountAuthenticator authenticator, AuditLog audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.authenticator = authenticator;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/users", Permission.ADMINISTER_ACCOUNT, this::list),
                new Route(Method.POST, "/api/v1/users", Permission.ADMINISTER_ACCOUNT, this::add),
                new Route(Method.GET, "/api/v1/users/{user}", Permission.ADMINISTER_ACCOUNT, this::get),
                new Route(Method.PATCH, "/api/v1/users/{user}", Permission.ADMINISTER_ACCOUNT, this::change),
                new Route(Method.DELETE, "/api/v1/users/{user}", Permission.ADMINISTER_ACCOUNT, this::delete));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var after = Page.after(request).orElse("");
        var found = jdbi.withHandle(handle -> MemberRow.after(handle, request.accountId(), after, limit + 1));
        return Page.of(found, limit, MemberRow::name).reply((json, row) -> json.object(() -> write(json, row)));
    }

    private Reply get(Request request) {
        var found = jdbi.withHandle(handle -> MemberRow.demanded(handle, request.accountId(), request.path("user")));
        return Reply.json(json -> json.object(() -> write(json, found)));
    }

    private Reply add(Request request) throws IOException {
        var fields = Fields.of(request, "name", "role", "password");
        var name = fields.text("name");
        if (!Caller.isMemberName(name)) {
            throw ProblemException.invalid(
                    "/name",
                    "a user's name has 1 to 100 of a-z, 0-9 and . _ @ + -, begins with a letter or digit, and is not"
                            + " 'key'");
        }
        var role = fields.role("role").orElseThrow(() -> ProblemException.invalid("/role", "this must be said"));
        var hash = fields.optional("password").map(password -> hash(password, name));
        var added = jdbi.inTransaction(handle -> {
            demandNoMore(handle, request.principal(), role);
            var row = MemberRow.add(handle, request.accountId(), name, hash.orElse(null), role, clock.instant())
                    .orElseThrow(() -> ProblemException.conflict("the name '" + name
                            + "' is taken: users log in with it alone, so it is unique in the whole service"));
            audit.add(
                    handle,
                    request.principal(),
                    "user.create",
                    name,
                    new Details().and("role", role.word()).json());
            return row;
        });
        return Reply.created("/api/v1/users/" + name, json -> json.object(() -> write(json, added)));
    }

    private String hash(String password, String user) {
        Passwords.demandGood(password, user, "/password");
        return passwords.hash(password);
    }

    private Reply change(Request request) throws IOException {
        var fields = Fields.of(request, "role", "disabled", "password");
        var name = request.path("user");
        // before Argon2id is paid for somebody who is not there
        jdbi.useHandle(handle -> MemberRow.demanded(handle, request.accountId(), name));
        var role = fields.role("role");
        var disabled = fields.flag("disabled");
        var hash = fields.optional("password").map(password -> hash(password, name));
        var changed = jdbi.inTransaction(handle -> {
            Administrators.keep(
                    handle, request.accountId(), () -> change(handle, request.principal(), name, role, disabled));
            var row = MemberRow.demanded(handle, request.accountId(), name);
            if (hash.isPresent()) {
                row.setPassword(handle, hash.get());
                KeyRow.revokeLogins(handle, row, clock.instant());
                audit.add(handle, request.principal(), "user.password", name, new Details().json());
            }
            return row;
        });
        authenticator.forget();
        return Reply.json(json -> json.object(() -> write(json, changed)));
    }

    private void change(
            Handle handle, Principal principal, String name, Optional<Role> role, Optional<Boolean> disabled) {
        var row = MemberRow.demanded(handle, principal.accountId(), name);
        var wanted = role.orElse(row.role());
        demandNoMore(handle, principal, row.role());
        demandNoMore(handle, principal, wanted);
        boolean wasDisabled = row.disabledAt().isPresent();
        boolean becomes = disabled.orElse(wasDisabled);
        if (wanted == row.role() && becomes == wasDisabled) {
            return;
        }
        Optional<Instant> disabledAt =
                becomes ? Optional.of(row.disabledAt().orElse(clock.instant())) : Optional.empty();
        row.set(handle, wanted, disabledAt);
        audit.add(
                handle,
                principal,
                "user.change",
                name,
                new Details()
                        .and("role", wanted.word())
                        .and("disabled", becomes)
                        .json());
    }

    private Reply delete(Request request) {
        jdbi.useTransaction(handle -> {
            var row = MemberRow.demanded(handle, request.accountId(), request.path("user"));
            demandNoMore(handle, request.principal(), row.role());
            Administrators.keep(handle, request.accountId(), () -> row.delete(handle));
            audit.add(handle, request.principal(), "user.delete", row.name(), new Details().json());
        });
        authenticator.forget();
        return Reply.noContent();
    }

    /// Nobody makes somebody, or takes over somebody, who may more than he may himself: a key with a
    /// narrow scope would be as good as one without.
    private static void demandNoMore(Handle handle, Principal principal, Role role) {
        boolean serves = AccountRow.byId(handle, principal.accountId()).administersService();
        demandNoMore(principal, Grants.of(role, serves));
    }

    static void demandNoMore(Principal principal, Set<Permission> granted) {
        var beyond = granted.stream()
                .filter(permission -> !principal.may(permission))
                .sorted()
                .map(Grants::word)
                .toList();
        if (!beyond.isEmpty()) {
            throw ProblemException.forbidden(
                    principal.name() + " may not give what he has not: " + String.join(", ", beyond));
        }
    }

    private static void write(JsonWriter json, MemberRow row) {
        json.member("name", row.name());
        json.member("role", row.role().word());
        json.member("has_password", row.passwordHash().isPresent());
        json.member("created_at", row.createdAt().toString());
        json.member("disabled_at", row.disabledAt().map(Instant::toString));
    }
}
