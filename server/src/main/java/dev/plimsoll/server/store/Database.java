package dev.plimsoll.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/// A pool of connections to PostgreSQL, with the schema of this version. Safe for several threads.
public final class Database implements AutoCloseable {

    /// How long a request waits for a connection before it is told that there is none.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// Statements that take longer are broken off: none of ours should.
    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(60);

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /// How to reach it.
    ///
    /// @param url `jdbc:postgresql://host:port/name`
    /// @param connections most at a time
    public record Address(String url, String user, String password, int connections) {

        @Override
        public String toString() {
            return url.split("[?]", 2)[0] + " as " + user;
        }
    }

    /// Connects, and brings the schema up to this version.
    ///
    /// @throws RuntimeException of the driver or of the migration where that is not possible
    public static Database open(Address address) {
        var config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(address.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setPoolName("store");
        config.addDataSourceProperty("ApplicationName", "plimsoll");
        // a database that went away without a word is noticed, and a connection to it given up
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.setConnectionInitSql("set time zone 'UTC'; set statement_timeout = " + LONGEST_STATEMENT.toMillis());
        var pool = new HikariDataSource(config);
        try {
            ServerVersion.check(pool);
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:dev/plimsoll/server/store/migrations")
                    .load()
                    .migrate();
        } catch (SQLException e) {
            pool.close();
            throw new IllegalStateException("the database " + address + " does not answer: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new Database(pool);
    }

    /// Where queries are asked; each `useTransaction` or `inTransaction` is one transaction.
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        pool.close();
    }
}
