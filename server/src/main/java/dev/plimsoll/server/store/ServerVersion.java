package dev.plimsoll.server.store;

import java.sql.SQLException;
import javax.sql.DataSource;

/// Which PostgreSQL the service can live on.
public final class ServerVersion {

    /// The oldest major version that the queries are written for and tested with.
    public static final int OLDEST = 15;

    private ServerVersion() {}

    /// @throws UnsupportedOperationException with a sentence for people, where the server is too old or none of
    /// PostgreSQL
    public static void check(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            var about = connection.getMetaData();
            check(about.getDatabaseProductName(), about.getDatabaseMajorVersion(), about.getDatabaseProductVersion());
        }
    }

    static void check(String product, int major, String version) {
        if (!product.equals("PostgreSQL") || major < OLDEST) {
            throw new UnsupportedOperationException("the database is " + product + " " + version
                    + ", and the service needs PostgreSQL " + OLDEST + " or newer: upgrade it, name another one by"
                    + " --database-url, or leave that out so that the service brings its own");
        }
    }
}
