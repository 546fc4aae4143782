package dev.plimsoll.server.backup;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Whether jobs are given up, or wait for nobody.
record JobsCheck(InstantSource clock) implements Check {

    /// After which a job that could run should have begun, and a lease that ended should have been
    /// seen.
    static final Duration LONG = Duration.ofHours(1);

    @Override
    public void examine(Handle handle, Consumer<Finding> found) {
        var given = new Examples();
        handle.createQuery("select kind || ' ' || key || ': ' || coalesce(reason, '') from job where state = 'poison'")
                .mapTo(String.class)
                .forEach(given::add);
        if (given.count() > 0) {
            found.accept(Finding.warning(
                    "jobs were given up after several failures: " + given.text(),
                    "see to the reasons, then try them again or delete them"));
        }
        var waiting = new Examples();
        handle.createQuery("""
                        select kind || ' ' || key from job
                        where (state = 'queued' and not_before < :before) or (state = 'running' and lease_until < :before)
                        """)
                .bind("before", clock.instant().minus(LONG).atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .forEach(waiting::add);
        if (waiting.count() > 0) {
            found.accept(Finding.warning(
                    "jobs wait for longer than " + LONG.toHours() + " hour: " + waiting.text(),
                    "see that a service runs on this database and has workers"));
        }
    }
}
