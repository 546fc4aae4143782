package dev.plimsoll.server.advisories;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/// Which rows of matches hold at an instant.
final class Validity {

    private Validity() {}

    /// A condition on the match `m`.
    static String condition(Optional<Instant> at) {
        return at.isEmpty()
                ? "m.valid_to is null "
                : "m.valid_from <= :at and (m.valid_to is null or m.valid_to > :at) ";
    }

    static Query bind(Query query, Optional<Instant> at) {
        return at.isEmpty() ? query : query.bind("at", at.get());
    }
}
