package dev.plimsoll.server.images;

import dev.plimsoll.server.images.Watches.Row;
import dev.plimsoll.server.jobs.JobFailure;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.jobs.Periodic;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Looks up watched tags in their registries; a tag that moved is analysed. A tag that did not move costs its registry
/// one request and the database the time of the next look.
public final class TagWatcher {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /// Watches that one turn takes.
    private static final int CHUNK = 20;

    /// A registry that fails is asked less and less often, down to this.
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    /// In characters.
    private static final int LONGEST_ERROR = 1000;

    private final Database database;
    private final Watches watches;
    private final ImageRegistry registry;
    private final Submissions submissions;
    private final InstantSource clock;

    public TagWatcher(
            Database database, Watches watches, ImageRegistry registry, Submissions submissions, InstantSource clock) {
        this.database = database;
        this.watches = watches;
        this.registry = registry;
        this.submissions = submissions;
        this.clock = clock;
    }

    public Periodic periodic() {
        return new Periodic("watched tags", PAUSE, this::turn);
    }

    /// @return whether there may be more that are due
    boolean turn() {
        var due = database.jdbi().inTransaction(handle -> watches.claim(handle, CHUNK));
        Map<String, String> failing = new HashMap<>();
        for (var watch : due) {
            var asked = watch.accountId() + " " + watch.tag().registry();
            // a registry that is down is not waited for again and again
            var known = Optional.ofNullable(failing.get(asked));
            var error = known.isPresent() ? known : look(watch);
            error.ifPresent(words -> {
                if (isOfTheRegistry(words)) {
                    failing.put(asked, words);
                }
                fail(watch, words);
            });
        }
        return due.size() == CHUNK;
    }

    /// A tag that is not there says nothing of its registry.
    private static boolean isOfTheRegistry(String words) {
        return !words.contains("has no such image");
    }

    /// @return what went wrong
    private Optional<String> look(Row watch) {
        String digest;
        try {
            digest = registry.resolve(watch.accountId(), watch.tag().reference());
        } catch (IOException | JobFailure e) {
            var words = RegistryFailures.words(e);
            return Optional.of(words.length() > LONGEST_ERROR ? words.substring(0, LONGEST_ERROR) : words);
        }
        if (!watch.lastDigest().equals(Optional.of(digest))) {
            database.jdbi().useTransaction(handle -> {
                Watches.moved(handle, watch, digest);
                submissions.submit(
                        handle,
                        watch.accountId(),
                        new AnalysisOrder(watch.tag().at(digest), Optional.empty(), false),
                        NewJob.Lane.SWEEP);
            });
        } else if (watch.failures() > 0) {
            database.jdbi().useTransaction(handle -> Watches.recovered(handle, watch));
        }
        return Optional.empty();
    }

    private void fail(Row watch, String words) {
        database.jdbi().useTransaction(handle -> Watches.failed(handle, watch, words, next(watch)));
    }

    /// Twice as late each time, with a quarter more or less.
    private Instant next(Row watch) {
        var pause = Duration.ofSeconds(watch.everySeconds());
        for (int i = 0; i < watch.failures() && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            var every = Duration.ofSeconds(watch.everySeconds());
            pause = every.compareTo(LONGEST_PAUSE) > 0 ? every : LONGEST_PAUSE;
        }
        var jitter = 0.75 + ThreadLocalRandom.current().nextDouble() / 2;
        return clock.instant().plusMillis((long) (pause.toMillis() * jitter));
    }
}
