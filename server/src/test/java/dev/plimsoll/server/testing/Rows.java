package dev.plimsoll.server.testing;

import dev.plimsoll.server.store.Database;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Rows of a test's database, written past the code that is tested.
public record Rows(Database database) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /// A number that no other object of this run has, as long as every other: none is the beginning of
    /// another.
    public static int number() {
        return 100_000 + COUNT.incrementAndGet();
    }

    /// Adds a row.
    ///
    /// @param sql with question marks, ending in `returning id`
    public long add(String sql, Object... arguments) {
        return database.jdbi()
                .withHandle(handle ->
                        handle.select(sql, arguments).mapTo(Long.class).one());
    }

    /// The same where the id is a UUID, or of no interest.
    public String text(String sql, Object... arguments) {
        return database.jdbi()
                .withHandle(handle ->
                        handle.select(sql, arguments).mapTo(String.class).one());
    }

    public void change(String sql, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(sql, arguments));
    }

    /// All columns of a row, to see that it stays as it is.
    public Supplier<String> state(String table, long id) {
        return () -> text("select coalesce((select t::text from " + table + " t where t.id = ?), 'gone')", id);
    }

    /// All columns of an account's rows in a table.
    public Supplier<String> all(String table, long account) {
        return () -> text(
                "select coalesce((select string_agg(t::text, ' ' order by t.id) from " + table
                        + " t where t.account_id = ?), '')",
                account);
    }
}
