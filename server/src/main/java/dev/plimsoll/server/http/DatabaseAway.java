package dev.plimsoll.server.http;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/// Tells a database that does not answer from a request that is wrong: the first passes.
///
/// Source: PostgreSQL documentation, appendix A "Error Codes": class 08, and what a server says that stops, starts or
/// has no connection left.
final class DatabaseAway {

    private static final String CONNECTION_CLASS = "08";

    /// As many causes as anybody wraps; a chain that bites its tail ends too.
    private static final int DEEPEST = 20;

    private DatabaseAway() {}

    /// @return what the driver or the pool said, where that is why
    static Optional<String> in(Throwable thrown) {
        Throwable at = thrown;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof SQLException e && isAway(e)) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    private static boolean isAway(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return e instanceof SQLTransientConnectionException
                || state.startsWith(CONNECTION_CLASS)
                || switch (state) {
                    case "57P01", "57P02", "57P03", "53300" -> true;
                    default -> false;
                };
    }
}
