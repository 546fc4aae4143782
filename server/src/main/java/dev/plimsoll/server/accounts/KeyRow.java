package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// A row of a key, without what its secret is compared with.
///
/// @param memberId of the user whose key it is; empty for a key of the account
/// @param owner his name
/// @param scope which of the role's permissions it has, all where it is empty
/// @param login whether a login made it
record KeyRow(
        long id,
        long accountId,
        Optional<Long> memberId,
        Optional<String> owner,
        String name,
        String prefix,
        Role role,
        Optional<Set<Permission>> scope,
        boolean login,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> revokedAt,
        Optional<Instant> lastUsedAt) {

    private static final String SELECT = """
            select k.id, k.account_id, k.member_id, m.name as owner, k.name, k.prefix, k.role, k.permissions, k.login,
                k.created_at, k.expires_at, k.revoked_at, k.last_used_at
            from api_key k left join member m on m.id = k.member_id
            where k.account_id = :account\s""";

    private static final RowMapper<KeyRow> MAPPER = (row, _) -> new KeyRow(
            row.getLong("id"),
            row.getLong("account_id"),
            Optional.ofNullable(row.getObject("member_id", Long.class)),
            Optional.ofNullable(row.getString("owner")),
            row.getString("name"),
            row.getString("prefix"),
            role(row.getString("role")),
            scope(row, "permissions"),
            row.getBoolean("login"),
            row.getTimestamp("created_at").toInstant(),
            instant(row, "expires_at"),
            instant(row, "revoked_at"),
            instant(row, "last_used_at"));

    static Optional<KeyRow> byId(Handle handle, long accountId, long id) {
        return handle.createQuery(SELECT + "and k.id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .map(MAPPER)
                .findOne();
    }

    static Optional<KeyRow> byPrefix(Handle handle, long accountId, String prefix) {
        return handle.createQuery(SELECT + "and k.prefix = :prefix")
                .bind("account", accountId)
                .bind("prefix", prefix)
                .map(MAPPER)
                .findOne();
    }

    /// By id.
    ///
    /// @param owner whose keys alone; all of the account where it is empty
    static List<KeyRow> after(Handle handle, long accountId, Optional<Long> owner, long id, int limit) {
        return handle.createQuery(SELECT + """
                        and k.id > :id and (:all or k.member_id = :member)
                        order by k.id limit :limit""")
                .bind("account", accountId)
                .bind("id", id)
                .bind("all", owner.isEmpty())
                .bind("member", owner.orElse(0L))
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /// What a new key is to be.
    record Wanted(
            long accountId,
            Optional<Long> memberId,
            String name,
            Role role,
            Optional<Set<Permission>> scope,
            boolean login,
            Optional<Instant> expiresAt) {}

    /// @return its id
    static long add(Handle handle, Wanted wanted, KeyText text, Instant now) {
        var query = handle.createQuery("""
                insert into api_key
                    (account_id, member_id, name, prefix, secret_hash, role, permissions, login, created_at, expires_at)
                values (:account, :member, :name, :prefix, :hash, :role, :permissions, :login, :now, :expires)
                returning id""");
        if (wanted.scope().isPresent()) {
            query.bindArray(
                    "permissions", String.class, Grants.words(wanted.scope().get()));
        } else {
            query.bindNull("permissions", Types.ARRAY);
        }
        return query.bind("account", wanted.accountId())
                .bind("member", wanted.memberId().orElse(null))
                .bind("name", wanted.name())
                .bind("prefix", text.prefix())
                .bind("hash", text.secretHash())
                .bind("role", wanted.role().word())
                .bind("login", wanted.login())
                .bind("now", now)
                .bind("expires", wanted.expiresAt().orElse(null))
                .mapTo(Long.class)
                .one();
    }

    /// @return whether it was not revoked before
    static boolean revoke(Handle handle, long accountId, long id, Instant now) {
        return handle.createUpdate("""
                        update api_key set revoked_at = :now
                        where account_id = :account and id = :id and revoked_at is null""")
                        .bind("now", now)
                        .bind("account", accountId)
                        .bind("id", id)
                        .execute()
                > 0;
    }

    /// Those that the user's logins made.
    static void revokeLogins(Handle handle, MemberRow member, Instant now) {
        handle.createUpdate("""
                        update api_key set revoked_at = :now
                        where account_id = :account and member_id = :member and login and revoked_at is null""")
                .bind("now", now)
                .bind("account", member.accountId())
                .bind("member", member.id())
                .execute();
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(java.sql.Timestamp::toInstant);
    }

    static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() -> new IllegalStateException(
                        "the database has a role '" + word + "' that this version does not know"));
    }

    /// Permissions that a later version wrote are passed over: what is not known is not granted.
    static Optional<Set<Permission>> scope(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        if (array == null) {
            return Optional.empty();
        }
        var words = Arrays.asList((String[]) array.getArray());
        var permissions = EnumSet.noneOf(Permission.class);
        for (var permission : Permission.values()) {
            if (words.contains(Grants.word(permission))) {
                permissions.add(permission);
            }
        }
        return Optional.of(permissions);
    }
}
