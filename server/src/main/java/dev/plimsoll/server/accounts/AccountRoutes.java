package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.http.Method;
import dev.plimsoll.server.http.Page;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.http.Reply;
import dev.plimsoll.server.http.Request;
import dev.plimsoll.server.http.Route;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/// The accounts of the service, for those who administer it.
final class AccountRoutes {

    /// Of an account with many thousands of images.
    private static final Duration LONGEST_DELETION = Duration.ofMinutes(10);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private final Jdbi jdbi;
    private final AccountAuthenticator authenticator;
    private final AuditLog audit;
    private final InstantSource clock;

    AccountRoutes(Jdbi jdbi, AccountAuthenticator authenticator, AuditLog audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.authenticator = authenticator;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/api/v1/accounts", Permission.ADMINISTER_SERVICE, this::list),
                new Route(Method.POST, "/api/v1/accounts", Permission.ADMINISTER_SERVICE, this::add),
                new Route(Method.GET, "/api/v1/accounts/{account}", Permission.ADMINISTER_SERVICE, this::get),
                new Route(Method.PATCH, "/api/v1/accounts/{account}", Permission.ADMINISTER_SERVICE, this::change),
                new Route(Method.DELETE, "/api/v1/accounts/{account}", Permission.ADMINISTER_SERVICE, this::delete));
    }

    private Reply list(Request request) {
        int limit = Page.limit(request);
        var after = Page.after(request).orElse("");
        var found = jdbi.withHandle(handle -> AccountRow.after(handle, after, limit + 1));
        return Page.of(found, limit, AccountRow::name).reply((json, row) -> json.object(() -> write(json, row)));
    }

    private Reply get(Request request) {
        var found = jdbi.withHandle(handle -> AccountRow.demanded(handle, request.path("account")));
        return Reply.json(json -> json.object(() -> write(json, found)));
    }

    private Reply add(Request request) throws IOException {
        var name = Fields.of(request, "name").text("name");
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.invalid(
                    "/name", "an account's name has 1 to 100 of a-z, 0-9 and . _ -, and begins with a letter or digit");
        }
        var principal = request.principal();
        return jdbi.inTransaction(handle -> {
            var row = AccountRow.add(handle, name, false, clock.instant())
                    .orElseThrow(() -> ProblemException.conflict("there is an account '" + name + "' already"));
            var key = FirstAccount.administratorKey(handle, row, principal.account() + ":" + principal.name(), clock);
            audit.add(handle, principal, "account.create", name, new Details().json());
            return Reply.created(
                    "/api/v1/accounts/" + name,
                    json -> json.object(() -> {
                        write(json, row);
                        json.member("key", key);
                    }));
        });
    }

    private Reply change(Request request) throws IOException {
        var disabled = Fields.of(request, "disabled").flag("disabled");
        var changed = jdbi.inTransaction(handle -> {
            var row = AccountRow.demanded(handle, request.path("account"));
            if (disabled.isEmpty() || disabled.get() == row.disabledAt().isPresent()) {
                return row;
            }
            demandNotServing(row, "be disabled");
            handle.createUpdate("update account set disabled_at = :disabled where id = :id")
                    .bind("disabled", disabled.get() ? clock.instant() : null)
                    .bind("id", row.id())
                    .execute();
            audit.add(
                    handle,
                    request.principal(),
                    "account.change",
                    row.name(),
                    new Details().and("disabled", disabled.get()).json());
            return AccountRow.byId(handle, row.id());
        });
        authenticator.forget();
        return Reply.json(json -> json.object(() -> write(json, changed)));
    }

    private Reply delete(Request request) {
        jdbi.useTransaction(handle -> {
            var row = AccountRow.demanded(handle, request.path("account"));
            demandNotServing(row, "be deleted");
            // its log goes with it; that it did, and where it ended, stays in the log of who deleted it
            var details = new Details();
            AuditLog.head(handle, row.id())
                    .ifPresent(head -> details.and("audit_sequence", Long.toString(head.sequence()))
                            .and("audit_digest", head.digest()));
            // everything of it goes in this one statement
            handle.execute("set local statement_timeout = " + LONGEST_DELETION.toMillis());
            handle.createUpdate("delete from account where id = :id")
                    .bind("id", row.id())
                    .execute();
            audit.add(handle, request.principal(), "account.delete", row.name(), details.json());
        });
        authenticator.forget();
        return Reply.noContent();
    }

    private static void demandNotServing(AccountRow row, String what) {
        if (row.administersService()) {
            throw ProblemException.conflict(
                    "the account " + row.name() + " administers the service and cannot " + what);
        }
    }

    private static void write(JsonWriter json, AccountRow row) {
        json.member("name", row.name());
        json.member("administers_service", row.administersService());
        json.member("created_at", row.createdAt().toString());
        json.member("disabled_at", row.disabledAt().map(Instant::toString));
    }
}
