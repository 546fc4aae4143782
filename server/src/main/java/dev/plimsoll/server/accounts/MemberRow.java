package dev.plimsoll.server.accounts;

import dev.plimsoll.server.access.Role;
import dev.plimsoll.server.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/// A row of a user.
///
/// @param name unique in the service, for users log in with it alone
record MemberRow(
        long id,
        long accountId,
        String name,
        Optional<String> passwordHash,
        Role role,
        Instant createdAt,
        Optional<Instant> disabledAt) {

    private static final String COLUMNS = "id, account_id, name, password_hash, role, created_at, disabled_at";

    private static final RowMapper<MemberRow> MAPPER = (row, _) -> new MemberRow(
            row.getLong("id"),
            row.getLong("account_id"),
            row.getString("name"),
            Optional.ofNullable(row.getString("password_hash")),
            KeyRow.role(row.getString("role")),
            row.getTimestamp("created_at").toInstant(),
            KeyRow.instant(row, "disabled_at"));

    /// In whatever account: for the login alone.
    static Optional<MemberRow> byName(Handle handle, String name) {
        return handle.createQuery("select " + COLUMNS + " from member where name = :name")
                .bind("name", name)
                .map(MAPPER)
                .findOne();
    }

    static Optional<MemberRow> byName(Handle handle, long accountId, String name) {
        return handle.createQuery("select " + COLUMNS + " from member where account_id = :account and name = :name")
                .bind("account", accountId)
                .bind("name", name)
                .map(MAPPER)
                .findOne();
    }

    static MemberRow demanded(Handle handle, long accountId, String name) {
        return byName(handle, accountId, name)
                .orElseThrow(() -> ProblemException.notFound("there is no user '" + name + "' in this account"));
    }

    /// By name.
    static List<MemberRow> after(Handle handle, long accountId, String name, int limit) {
        return handle.createQuery("select " + COLUMNS
                        + " from member where account_id = :account and name > :name order by name limit :limit")
                .bind("account", accountId)
                .bind("name", name)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /// @return empty where the name is taken, in whatever account
    static Optional<MemberRow> add(
            Handle handle, long accountId, String name, @Nullable String passwordHash, Role role, Instant now) {
        return handle.createQuery("""
                        insert into member (account_id, name, password_hash, role, created_at)
                        values (:account, :name, :hash, :role, :now)
                        on conflict (name) do nothing returning\s""" + COLUMNS)
                .bind("account", accountId)
                .bind("name", name)
                .bind("hash", passwordHash)
                .bind("role", role.word())
                .bind("now", now)
                .map(MAPPER)
                .findOne();
    }

    void setPassword(Handle handle, String hash) {
        handle.createUpdate("update member set password_hash = :hash where account_id = :account and id = :id")
                .bind("hash", hash)
                .bind("account", accountId)
                .bind("id", id)
                .execute();
    }

    void set(Handle handle, Role newRole, Optional<Instant> newDisabledAt) {
        handle.createUpdate("""
                        update member set role = :role, disabled_at = :disabled
                        where account_id = :account and id = :id""")
                .bind("role", newRole.word())
                .bind("disabled", newDisabledAt.orElse(null))
                .bind("account", accountId)
                .bind("id", id)
                .execute();
    }

    void delete(Handle handle) {
        handle.createUpdate("delete from member where account_id = :account and id = :id")
                .bind("account", accountId)
                .bind("id", id)
                .execute();
    }

    /// Without the hash.
    @Override
    public String toString() {
        return "MemberRow[" + id + ", " + name + ", " + role + "]";
    }
}
