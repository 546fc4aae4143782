package dev.plimsoll.server.accounts;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// The account that is there from the first start on. Its administrators also administer the service.
public final class FirstAccount {

    /// What it is called.
    public static final String NAME = "default";

    /// As the audit log names whoever has the machine itself.
    private static final String OPERATOR = "operator";

    private static final String KEY_NAME = "administrator";

    /// Two servers that start at the same time make one. Any number that nothing else locks.
    private static final long LOCK = 0x706c696d_61636374L;

    private FirstAccount() {}

    /// Makes the account and a key of it with the role admin where there is no account at all.
    ///
    /// @return the key, this once; empty where there were accounts already
    public static Optional<String> ensure(Jdbi jdbi, InstantSource clock) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("select pg_advisory_xact_lock(:lock)::text")
                    .bind("lock", LOCK)
                    .mapTo(String.class)
                    .one();
            boolean any = handle.createQuery("select exists (select 1 from account)")
                    .mapTo(Boolean.class)
                    .one();
            if (any) {
                return Optional.empty();
            }
            var account = AccountRow.add(handle, NAME, true, clock.instant()).orElseThrow();
            return Optional.of(administratorKey(handle, account, OPERATOR, clock));
        });
    }

    /// Another key with the role admin for an account whose administrators have lost theirs: for
    /// whoever has the machine, never for a route.
    ///
    /// @return the key, this once
    /// @throws ProblemException where there is no such account
    public static String renew(Jdbi jdbi, InstantSource clock, String account) {
        return jdbi.inTransaction(
                handle -> administratorKey(handle, AccountRow.demanded(handle, account), OPERATOR, clock));
    }

    static String administratorKey(Handle handle, AccountRow account, String actor, InstantSource clock) {
        var key = KeyText.random();
        KeyRow.add(
                handle,
                new KeyRow.Wanted(
                        account.id(),
                        Optional.empty(),
                        KEY_NAME,
                        Role.ADMIN,
                        Optional.empty(),
                        false,
                        Optional.empty()),
                key,
                clock.instant());
        new AuditLog(clock).add(handle, account.id(), actor, "key.create", key.prefix(), JsonObject.EMPTY);
        return key.reveal();
    }
}
