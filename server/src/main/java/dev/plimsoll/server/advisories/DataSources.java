package dev.plimsoll.server.advisories;

import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Looks into the places that advisory data comes from, when their time has come. Several services may do so at once:
/// one place is one service's at a time.
public final class DataSources implements AutoCloseable {

    /// How often it looks whether a place is due.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// For how long a place is nobody else's; then the service that took it is taken for dead.
    private static final Duration LEASE = Duration.ofHours(1);

    /// After the first failure; doubled by each further one.
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

    private static final Duration LAST_RETRY = Duration.ofHours(6);

    private static final int CONFLICT = 409;

    private final Database database;
    private final RevisionImport imports;
    private final InstantSource clock;
    private final DataFetch fetch;

    public DataSources(Database database, RevisionImport imports, InstantSource clock) {
        this.database = database;
        this.imports = imports;
        this.clock = clock;
        this.fetch = new DataFetch(RevisionImport.MAX_BYTES);
    }

    /// To be started with the service.
    public Periodic periodic() {
        return new Periodic("data-sources", PAUSE, this::turn);
    }

    /// Looks into one place that is due.
    ///
    /// @return whether there was one
    boolean turn() {
        var now = clock.instant();
        var claimed = database.jdbi()
                .<Optional<DataSource>, RuntimeException>inTransaction(
                        handle -> DataSource.claim(handle, now, now.plus(LEASE)));
        claimed.ifPresent(this::look);
        return claimed.isPresent();
    }

    private void look(DataSource source) {
        try {
            var fetched = fetch.fetch(source);
            if (fetched.isEmpty()) {
                succeeded(source, source.validator(), Optional.empty());
                return;
            }
            try (var content = fetched.get().content()) {
                var imported = imports.take(content, source.place(), false);
                succeeded(
                        source,
                        fetched.get().validator(),
                        Optional.of(imported.revision().id()));
            } catch (ProblemException e) {
                // what is older than what is active stays so; what is damaged may be whole the next time
                failed(
                        source,
                        e.status() == CONFLICT ? fetched.get().validator() : source.validator(),
                        String.valueOf(e.getMessage()));
            }
        } catch (IOException | RuntimeException e) {
            failed(source, source.validator(), String.valueOf(e.getMessage()));
        }
    }

    private void succeeded(DataSource source, Optional<String> validator, Optional<Long> revision) {
        var now = clock.instant();
        write(source, now.plusSeconds(source.everySeconds()), validator, revision, Optional.empty(), 0);
    }

    private void failed(DataSource source, Optional<String> validator, String reason) {
        var wait = FIRST_RETRY.multipliedBy(1L << Math.min(source.failures(), 20));
        if (wait.compareTo(LAST_RETRY) > 0) {
            wait = LAST_RETRY;
        }
        write(
                source,
                clock.instant().plus(wait),
                validator,
                Optional.empty(),
                Optional.of(reason),
                source.failures() + 1);
    }

    private void write(
            DataSource source,
            Instant next,
            Optional<String> validator,
            Optional<Long> revision,
            Optional<String> error,
            int failures) {
        database.jdbi()
                .useTransaction(handle -> handle.createUpdate("""
                                update data_source set next_at = :next, validator = :validator, last_at = :now,
                                    last_revision = coalesce(:revision, last_revision), last_error = :error,
                                    failures = :failures
                                where id = :id""")
                        .bind("id", source.id())
                        .bind("next", next)
                        .bind("validator", validator.orElse(null))
                        .bind("now", clock.instant())
                        .bind("revision", revision.orElse(null))
                        .bind("error", error.orElse(null))
                        .bind("failures", failures)
                        .execute());
    }

    @Override
    public void close() {
        fetch.close();
    }
}
