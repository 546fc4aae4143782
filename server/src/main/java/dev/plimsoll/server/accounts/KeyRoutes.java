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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Keys: an administrator has all of his account before him, anybody else his own.
///
/// Who came with a key that a login did not make needs {@link Permission#ADMINISTER_ACCOUNT} to make
/// keys, and makes none that outlasts it: else a key that was stolen once would be there for ever.
final class KeyRoutes {

    private static final int LONGEST_NAME = 100;

    private final Jdbi jdbi;
    private final AccountAuthenticator authenticator;
    private final AuditLog audit;
    private final InstantSource clock;

    KeyRoutes(Jdbi jdbi, AccountAuthenticator authenticator, AuditLog audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.authenticator = authenticator;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/keys", Permission.KNOWN, this::list),
                new Route(Method.POST, "/api/v1/keys", Permission.KNOWN, this::add),
                new Route(Method.DELETE, "/api/v1/keys/{id}", Permission.KNOWN, this::revoke));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        long after = Page.afterNumber(request).orElse(0L);
        var found = jdbi.withHandle(handle -> {
            if (administers(request.principal())) {
                return KeyRow.after(handle, request.accountId(), Optional.empty(), after, limit + 1);
            }
            var member = Caller.member(handle, request.principal());
            return member.isPresent()
                    ? KeyRow.after(handle, request.accountId(), member.map(MemberRow::id), after, limit + 1)
                    : Caller.key(handle, request.principal()).stream()
                            .filter(key -> key.id() > after)
                            .toList();
        });
        return Page.of(found, limit, row -> Long.toString(row.id()))
                .reply((json, row) -> json.object(() -> write(json, row)));
    }

    private Reply add(Request request) throws IOException {
        var fields = Fields.of(request, "name", "user", "for_account", "role", "permissions", "expires_at");
        var name = fields.line("name", LONGEST_NAME);
        var user = fields.optional("user");
        boolean forAccount = fields.flag("for_account").orElse(false);
        if (forAccount && user.isPresent()) {
            throw ProblemException.invalid("/user", "a key is a user's or the account's, not both");
        }
        var role = fields.role("role");
        var scope = fields.texts("permissions").map(words -> Grants.permissions(words, "/permissions"));
        var end = fields.instant("expires_at");
        if (end.isPresent() && !end.get().isAfter(clock.instant())) {
            throw ProblemException.invalid("/expires_at", end.get() + " is past");
        }
        var text = KeyText.random();
        var added = jdbi.inTransaction(handle -> {
            var principal = request.principal();
            var owner = owner(handle, principal, user, forAccount);
            var wanted = new KeyRow.Wanted(
                    request.accountId(),
                    owner.map(MemberRow::id),
                    name,
                    role.or(() -> owner.map(MemberRow::role))
                            .orElseThrow(() -> ProblemException.invalid(
                                    "/role", "a key of the account has a role: this must be said")),
                    scope,
                    false,
                    end(handle, principal, end));
            demandGrantable(handle, principal, owner.map(MemberRow::role), wanted);
            long id = KeyRow.add(handle, wanted, text, clock.instant());
            var row = KeyRow.byId(handle, request.accountId(), id).orElseThrow();
            var details = new Details()
                    .and("name", name)
                    .and("role", row.role().word())
                    .and("user", row.owner())
                    .and("expires_at", row.expiresAt().map(Instant::toString));
            row.scope().map(Grants::words).ifPresent(words -> details.and("permissions", words));
            audit.add(handle, principal, "key.create", text.prefix(), details.json());
            return row;
        });
        return Reply.created(
                "/api/v1/keys/" + added.id(),
                json -> json.object(() -> {
                    write(json, added);
                    json.member("key", text.reveal());
                }));
    }

    /// Whose key it is to be; empty for one of the account.
    private static Optional<MemberRow> owner(
            Handle handle, Principal principal, Optional<String> user, boolean forAccount) {
        var self = Caller.member(handle, principal);
        boolean own = !forAccount
                && self.isPresent()
                && user.map(self.get().name()::equals).orElse(true);
        boolean lasting =
                Caller.key(handle, principal).filter(key -> !key.login()).isPresent();
        if ((!own || lasting) && !administers(principal)) {
            throw ProblemException.forbidden(
                    own
                            ? "a key makes no keys: log in with your password, or ask an administrator"
                            : "keys of others and of the account take the permission administer_account");
        }
        if (own) {
            return self;
        }
        return user.map(name -> MemberRow.demanded(handle, principal.accountId(), name));
    }

    private static Optional<Instant> end(Handle handle, Principal principal, Optional<Instant> wanted) {
        var last = Caller.key(handle, principal).filter(key -> !key.login()).flatMap(KeyRow::expiresAt);
        if (last.isPresent() && wanted.isPresent() && wanted.get().isAfter(last.get())) {
            throw ProblemException.forbidden("a key makes none that outlasts it: this one ends at " + last.get());
        }
        return wanted.or(() -> last);
    }

    private static void demandGrantable(
            Handle handle, Principal principal, Optional<Role> owner, KeyRow.Wanted wanted) {
        boolean serves = AccountRow.byId(handle, principal.accountId()).administersService();
        var granted = Grants.ofKey(wanted.role(), wanted.scope(), Optional.empty(), serves);
        UserRoutes.demandNoMore(principal, granted);
        if (owner.isPresent() && !Grants.of(owner.get(), serves).containsAll(granted)) {
            throw ProblemException.forbidden("the key may not be for more than its user, whose role is "
                    + owner.get().word());
        }
    }

    private Reply revoke(Request request) {
        jdbi.useTransaction(handle -> {
            var row = KeyRow.byId(handle, request.accountId(), request.id("id"))
                    .filter(found -> mayRevoke(handle, request.principal(), found))
                    .orElseThrow(() -> ProblemException.notFound(
                            "you have no key " + request.path("id") + "; GET /api/v1/keys lists yours"));
            if (row.revokedAt().isPresent()) {
                return;
            }
            Administrators.keep(
                    handle,
                    request.accountId(),
                    () -> KeyRow.revoke(handle, request.accountId(), row.id(), clock.instant()));
            audit.add(
                    handle,
                    request.principal(),
                    "key.revoke",
                    row.prefix(),
                    new Details()
                            .and("name", row.name())
                            .and("user", row.owner())
                            .json());
        });
        authenticator.forget();
        return Reply.noContent();
    }

    private static boolean mayRevoke(Handle handle, Principal principal, KeyRow row) {
        if (administers(principal)) {
            return true;
        }
        var caller = Caller.of(principal);
        return caller.prefix().equals(Optional.of(row.prefix()))
                || (row.memberId().isPresent()
                        && Caller.member(handle, principal).map(MemberRow::id).equals(row.memberId()));
    }

    private static boolean administers(Principal principal) {
        return principal.may(Permission.ADMINISTER_ACCOUNT);
    }

    private static void write(JsonWriter json, KeyRow row) {
        json.member("id", row.id());
        json.member("name", row.name());
        json.member("prefix", row.prefix());
        json.member("user", row.owner());
        json.member("role", row.role().word());
        row.scope().ifPresent(scope -> json.strings("permissions", Grants.words(scope)));
        json.member("login", row.login());
        json.member("created_at", row.createdAt().toString());
        json.member("expires_at", row.expiresAt().map(Instant::toString));
        json.member("revoked_at", row.revokedAt().map(Instant::toString));
        json.member("last_used_at", row.lastUsedAt().map(Instant::toString));
    }
}
