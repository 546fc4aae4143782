package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Proves keys. Safe for several threads.
final class KeyLogin {

    /// The time of a key's last use is written no more often than this: not with every request.
    static final Duration LAST_USE_RESOLUTION = Duration.ofMinutes(1);

    /// What a key that is not there is compared with.
    private static final byte[] NOTHING = new byte[32];

    private final Jdbi jdbi;
    private final InstantSource clock;

    KeyLogin(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /// Whose key it is.
    ///
    /// @param end when the key stops
    record Login(Principal principal, Optional<Instant> end) {}

    private static final class Row {
        final long id;
        final long accountId;
        final String account;
        final boolean accountDisabled;
        final boolean administersService;
        final byte[] secretHash;
        final Role role;
        final Optional<Set<Permission>> scope;
        final Optional<Instant> expiresAt;
        final Optional<Instant> revokedAt;
        final Optional<Instant> lastUsedAt;
        final Optional<String> member;
        final Optional<Role> memberRole;
        final boolean memberDisabled;

        Row(java.sql.ResultSet row) throws java.sql.SQLException {
            id = row.getLong("id");
            accountId = row.getLong("account_id");
            account = row.getString("account");
            accountDisabled = row.getTimestamp("account_disabled_at") != null;
            administersService = row.getBoolean("administers_service");
            secretHash = row.getBytes("secret_hash");
            role = KeyRow.role(row.getString("role"));
            scope = KeyRow.scope(row, "permissions");
            expiresAt = KeyRow.instant(row, "expires_at");
            revokedAt = KeyRow.instant(row, "revoked_at");
            lastUsedAt = KeyRow.instant(row, "last_used_at");
            member = Optional.ofNullable(row.getString("member"));
            memberRole = Optional.ofNullable(row.getString("member_role")).map(KeyRow::role);
            memberDisabled = row.getTimestamp("member_disabled_at") != null;
        }
    }

    /// @throws ProblemException 401 where it is no key, was revoked or has expired; 403 where its user
    ///     or account is disabled
    Login prove(String text) {
        var key = KeyText.parse(text)
                .orElseThrow(() -> ProblemException.unauthorized("this is no key: keys look like plk_PREFIX_SECRET"));
        return jdbi.withHandle(handle -> {
            var row = handle.createQuery("""
                            select k.id, k.account_id, k.secret_hash, k.role, k.permissions, k.expires_at, k.revoked_at,
                                k.last_used_at, a.name as account, a.disabled_at as account_disabled_at,
                                a.administers_service, m.name as member, m.role as member_role,
                                m.disabled_at as member_disabled_at
                            from api_key k join account a on a.id = k.account_id left join member m on m.id = k.member_id
                            where k.prefix = :prefix""")
                    .bind("prefix", key.prefix())
                    .map((found, _) -> new Row(found))
                    .findOne();
            if (!key.isOf(row.map(found -> found.secretHash).orElse(NOTHING))) {
                throw ProblemException.unauthorized("nobody has the key " + key);
            }
            var found = row.orElseThrow();
            demandValid(key, found);
            noteUse(handle, found);
            return new Login(
                    new Principal(
                            found.accountId,
                            found.account,
                            Caller.name(found.member, key.prefix()),
                            Grants.ofKey(found.role, found.scope, found.memberRole, found.administersService)),
                    found.expiresAt);
        });
    }

    private void demandValid(KeyText key, Row row) {
        if (row.revokedAt.isPresent()) {
            throw ProblemException.unauthorized("the key " + key + " was revoked at " + row.revokedAt.get());
        }
        if (row.expiresAt.isPresent() && !clock.instant().isBefore(row.expiresAt.get())) {
            throw ProblemException.unauthorized(
                    "the key " + key + " has expired at " + row.expiresAt.get() + "; create or log in for another");
        }
        if (row.accountDisabled) {
            throw ProblemException.forbidden(
                    "the account " + row.account + " is disabled; an administrator of the service can enable it");
        }
        if (row.memberDisabled) {
            throw ProblemException.forbidden("the user " + row.member.orElse("")
                    + " is disabled; an administrator of the account " + row.account + " can enable him");
        }
    }

    private void noteUse(Handle handle, Row row) {
        var now = clock.instant();
        var before = now.minus(LAST_USE_RESOLUTION);
        if (row.lastUsedAt.isPresent() && row.lastUsedAt.get().isAfter(before)) {
            return;
        }
        handle.createUpdate("""
                        update api_key set last_used_at = :now
                        where account_id = :account and id = :id and (last_used_at is null or last_used_at <= :before)""")
                .bind("now", now)
                .bind("account", row.accountId)
                .bind("id", row.id)
                .bind("before", before)
                .execute();
    }
}
