package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.AdvisorySource;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.matching.MatchMemory;
import dev.plimsoll.matching.MatchOptions;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The advisory data that counts, or counted once, as open files. Files are shared, stay open while somebody uses them,
/// and a few of them afterwards. Safe for several threads.
///
/// What is known of exploitation comes from the table of known exploited vulnerabilities, not from the file: a new
/// entry counts also where its revision is held.
public final class ActiveData implements AutoCloseable {

    /// Files that stay open though nobody uses them.
    private static final int KEPT_OPEN = 2;

    private final Database database;
    private final ObjectStore objects;
    private final Map<Key, Shared> open = new LinkedHashMap<>();

    public ActiveData(Database database, ObjectStore objects) {
        this.database = database;
        this.objects = objects;
    }

    /// @param at of the last change of what was known of exploitation; empty for what is known now
    /// @param exploited how many entries there were ever: it grows with every change
    private record Key(long revision, Optional<Instant> at, long exploited) {}

    private static final class Shared {
        private final Revision revision;
        private final AdvisorySource source;
        private final MatchMemory memory;
        private int users;

        Shared(Revision revision, AdvisorySource source) {
            this.revision = revision;
            this.source = source;
            this.memory = new MatchMemory(source, MatchOptions.DEFAULT);
        }
    }

    /// Data in use. Closed by whoever asked for it; several threads may use it until then.
    public final class Lease implements AutoCloseable {
        private final Shared shared;
        private boolean closed;

        private Lease(Shared shared) {
            this.shared = shared;
        }

        public Revision revision() {
            return shared.revision;
        }

        public AdvisorySource source() {
            return shared.source;
        }

        /// Shared by everybody who uses this data.
        public MatchMemory memory() {
            return shared.memory;
        }

        @Override
        public void close() {
            synchronized (open) {
                if (!closed) {
                    closed = true;
                    shared.users--;
                    tidy(KEPT_OPEN);
                }
            }
        }
    }

    /// What counts now; empty where no revision was activated yet.
    ///
    /// @throws IOException where the file cannot be fetched or read
    public Optional<Lease> current() throws IOException {
        var active = database.jdbi().<Optional<Revision>, RuntimeException>withHandle(Revisions::active);
        return leased(active, Optional.empty());
    }

    /// What counted at an instant; empty where nothing did.
    ///
    /// @throws IOException where the file cannot be fetched or read
    public Optional<Lease> at(Instant at) throws IOException {
        var then = database.jdbi().<Optional<Revision>, RuntimeException>withHandle(handle -> Revisions.at(handle, at));
        return leased(then, Optional.of(at));
    }

    /// The data of a revision; empty where there is none of that id. What is known of exploitation is what was known
    /// when it ended, for one that is active what is known now, for one that never was what its own file says.
    ///
    /// @throws IOException where the file cannot be fetched or read
    public Optional<Lease> of(long revisionId) throws IOException {
        var found = database.jdbi()
                .<Optional<Revision>, RuntimeException>withHandle(handle -> Revisions.byId(handle, revisionId));
        return leased(found, found.flatMap(Revision::activeTo).map(end -> end.minus(1, ChronoUnit.MICROS)));
    }

    /// The same, with what was known of exploitation at an instant: it changes under a revision too.
    ///
    /// @param at empty for the end of the revision, or now
    /// @throws IOException where the file cannot be fetched or read
    public Optional<Lease> of(long revisionId, Optional<Instant> at) throws IOException {
        if (at.isEmpty()) {
            return of(revisionId);
        }
        var found = database.jdbi()
                .<Optional<Revision>, RuntimeException>withHandle(handle -> Revisions.byId(handle, revisionId));
        return leased(found, at);
    }

    private Optional<Lease> leased(Optional<Revision> revision, Optional<Instant> at) throws IOException {
        if (revision.isEmpty()) {
            return Optional.empty();
        }
        try (var handle = database.jdbi().open()) {
            // instants between which nothing changed share one file and what is remembered of it
            var changed = at.flatMap(instant -> Exploited.changed(handle, instant));
            return Optional.of(lease(handle, revision.get(), changed));
        }
    }

    /// The data of a revision for somebody who has a connection already.
    Lease of(Handle handle, Revision revision) throws IOException {
        return lease(handle, revision, Optional.empty());
    }

    private Lease lease(Handle handle, Revision revision, Optional<Instant> at) throws IOException {
        long exploited = handle.createQuery("select count(*) from exploited")
                .mapTo(Long.class)
                .one();
        var key = new Key(revision.id(), at, exploited);
        synchronized (open) {
            var shared = open.get(key);
            if (shared != null) {
                return use(key, shared);
            }
        }
        // fetching may take long: those who use other data do not wait for it
        var opened = new Shared(revision, source(handle, revision, at));
        synchronized (open) {
            var other = open.get(key);
            if (other != null) {
                close(opened.source);
            }
            return use(key, other == null ? opened : other);
        }
    }

    private Lease use(Key key, Shared shared) {
        shared.users++;
        // the last is the one that was used last
        open.remove(key);
        open.put(key, shared);
        tidy(KEPT_OPEN);
        return new Lease(shared);
    }

    private AdvisorySource source(Handle handle, Revision revision, Optional<Instant> at) throws IOException {
        var file = objects.file(revision.object());
        try {
            var own = AdvisoryDatabase.open(file);
            return revision.activeFrom().isEmpty() ? own : new ExploitedSource(own, Exploited.at(handle, at));
        } catch (AdvisoryException e) {
            throw new IOException("the data of revision " + revision.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void tidy(int kept) {
        int idle = 0;
        for (var shared : open.values()) {
            idle += shared.users == 0 ? 1 : 0;
        }
        var all = open.entrySet().iterator();
        while (idle > kept && all.hasNext()) {
            var shared = all.next().getValue();
            if (shared.users == 0) {
                all.remove();
                idle--;
                close(shared.source);
            }
        }
    }

    private static void close(AdvisorySource source) {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing may be in use any more.
    @Override
    public void close() {
        synchronized (open) {
            tidy(0);
        }
    }
}
