package dev.plimsoll.server.advisories;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.advisory.Coverage;
import dev.plimsoll.advisory.database.AdvisoryDatabase;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.http.ProblemException;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.objects.ObjectStore;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Takes an advisory file in: keeps it, reads all of it, and leaves the rest to a job. Killed at any step it leaves at
/// most an object that nobody names.
public final class RevisionImport {

    /// In bytes, of one advisory file.
    public static final long MAX_BYTES = 4L << 30;

    private final Database database;
    private final ObjectStore objects;
    private final InstantSource clock;

    public RevisionImport(Database database, ObjectStore objects, InstantSource clock) {
        this.database = database;
        this.objects = objects;
        this.clock = clock;
    }

    /// What became of a file.
    ///
    /// @param known whether a revision had its contents already: nothing was written then
    public record Imported(Revision revision, boolean known) {}

    private record Read(String content, Instant builtAt, long records) {}

    /// Takes a file in.
    ///
    /// @param origin `upload`, or the place that is polled
    /// @param force whether data that is older than what is active may take its place
    /// @throws ProblemException where it is no advisory file, a damaged one, or an older one
    /// @throws IOException where it cannot be received or kept
    public Imported take(InputStream body, String origin, boolean force) throws IOException {
        var object = objects.put(out -> body.transferTo(out));
        Read read;
        try {
            read = read(objects.file(object));
        } catch (ProblemException e) {
            forget(object);
            throw e;
        }
        return database.jdbi()
                .<Imported, RuntimeException>inTransaction(handle -> add(handle, object, read, origin, force));
    }

    private void forget(String object) throws IOException {
        boolean named = database.jdbi()
                .<Boolean, RuntimeException>withHandle(
                        handle -> handle.createQuery("select exists (select from revision where object = :object)")
                                .bind("object", object)
                                .mapTo(Boolean.class)
                                .one());
        if (!named) {
            objects.delete(object);
        }
    }

    private static Read read(Path file) {
        try (var data = AdvisoryDatabase.open(file)) {
            var content = data.verifyContent();
            return new Read(
                    content,
                    data.builtAt()
                            .orElseThrow(() -> new AdvisoryException(
                                    "the advisory database does not say when it was built; build it with `plimsoll db"
                                            + " build`")),
                    data.coverage().stream().mapToLong(Coverage::records).sum());
        } catch (AdvisoryException e) {
            throw new ProblemException(
                    422,
                    "unusable-data",
                    String.valueOf(e.getMessage()).replace(file.toString(), "that was sent") + "; nothing was changed");
        }
    }

    private Imported add(Handle handle, String object, Read read, String origin, boolean force) {
        Revisions.lockImports(handle);
        var same = Revisions.withContent(handle, read.content());
        if (same.isPresent()) {
            if (same.get().state() == Revision.State.CHECKING) {
                // its job may have been given up
                JobQueue.add(handle, job(same.get().id(), force), clock.instant());
            }
            return new Imported(same.get(), true);
        }
        var active = Revisions.active(handle);
        if (active.isPresent() && read.builtAt().isBefore(active.get().builtAt()) && !force) {
            throw ProblemException.conflict("the data was built at " + read.builtAt() + ", before the active revision "
                    + active.get().id() + " (" + active.get().builtAt()
                    + "); send newer data, or demand it all the same with ?force=true");
        }
        var now = clock.instant();
        var id = Revisions.add(handle, object, read.content(), read.builtAt(), now, origin, read.records());
        JobQueue.add(handle, job(id, force), now);
        return new Imported(Revisions.demanded(handle, id), false);
    }

    /// The job that brings a revision on.
    static NewJob job(long revision, boolean force) {
        return new NewJob(
                Optional.empty(),
                NewJob.Lane.INTERACTIVE,
                RevisionJob.KIND,
                "revision/" + revision,
                new JsonObject(Map.of(
                        "revision", new JsonNumber(BigDecimal.valueOf(revision)), "force", new JsonBoolean(force))));
    }
}
