package dev.plimsoll.server.accounts;

import dev.plimsoll.server.http.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/// A row of an account.
///
/// @param administersService whether its administrators also administer the service
record AccountRow(long id, String name, boolean administersService, Instant createdAt, Optional<Instant> disabledAt) {

    private static final String COLUMNS = "id, name, administers_service, created_at, disabled_at";

    static Optional<AccountRow> byName(Handle handle, String name) {
        return handle.createQuery("select " + COLUMNS + " from account where name = :name")
                .bind("name", name)
                .map(ConstructorMapper.of(AccountRow.class))
                .findOne();
    }

    static AccountRow demanded(Handle handle, String name) {
        return byName(handle, name).orElseThrow(() -> ProblemException.notFound("there is no account '" + name + "'"));
    }

    static AccountRow byId(Handle handle, long id) {
        return handle.createQuery("select " + COLUMNS + " from account where id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(AccountRow.class))
                .findOne()
                .orElseThrow(() -> ProblemException.notFound("this account was deleted"));
    }

    /// By name.
    static List<AccountRow> after(Handle handle, String name, int limit) {
        return handle.createQuery("select " + COLUMNS + " from account where name > :name order by name limit :limit")
                .bind("name", name)
                .bind("limit", limit)
                .map(ConstructorMapper.of(AccountRow.class))
                .list();
    }

    /// @return empty where the name is taken
    static Optional<AccountRow> add(Handle handle, String name, boolean administersService, Instant now) {
        return handle.createQuery("""
                        insert into account (name, administers_service, created_at) values (:name, :service, :now)
                        on conflict (name) do nothing returning\s""" + COLUMNS)
                .bind("name", name)
                .bind("service", administersService)
                .bind("now", now)
                .map(ConstructorMapper.of(AccountRow.class))
                .findOne();
    }

    /// From here to the end of the transaction nobody else changes who administers the account, and
    /// nobody else writes its audit log. Rows that refer to the account are added meanwhile: `no key`.
    static void lock(Handle handle, long id) {
        handle.createQuery("select id from account where id = :id for no key update")
                .bind("id", id)
                .mapTo(Long.class)
                .findOne();
    }
}
