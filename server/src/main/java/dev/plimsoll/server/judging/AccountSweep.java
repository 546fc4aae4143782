package dev.plimsoll.server.judging;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.jobs.JobFailure;
import dev.plimsoll.server.jobs.JobHandler;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The job that judges all images of an account anew, after what judges them changed. Doing it again does no harm. An
/// image that cannot be judged holds up no other; the job is tried again because of it.
final class AccountSweep implements JobHandler {

    static final String KIND = "rejudge-account";

    /// In images, between two words of progress.
    private static final int CHUNK = 500;

    private final Database database;
    private final Sweep sweep;
    private final int chunk;

    AccountSweep(Database database, Sweep sweep) {
        this(database, sweep, CHUNK);
    }

    AccountSweep(Database database, Sweep sweep, int chunk) {
        this.database = database;
        this.sweep = sweep;
        this.chunk = chunk;
    }

    /// Queues it in the transaction of the change.
    ///
    /// @param key of the change: a change that comes while another one's sweep runs needs a sweep of its own
    static long queue(Handle handle, long accountId, String key, Set<Cause> causes, Instant now) {
        return JobQueue.add(
                handle,
                new NewJob(
                        Optional.of(accountId),
                        NewJob.Lane.SWEEP,
                        KIND,
                        accountId + ":" + key,
                        new JsonObject(Map.of(
                                "causes",
                                new JsonArray(causes.stream()
                                        .sorted()
                                        .<JsonValue>map(cause -> new JsonString(cause.name()))
                                        .toList())))),
                now);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Running job) throws IOException {
        long account = job.accountId().orElseThrow(() -> new JobFailure("the job " + job.id() + " has no account"));
        var causes = EnumSet.noneOf(Cause.class);
        job.payload().strings("causes").forEach(word -> causes.add(Cause.valueOf(word)));
        long after = 0;
        int done = 0;
        Optional<IOException> failed = Optional.empty();
        while (true) {
            var images = page(account, after);
            if (images.isEmpty()) {
                job.progress("judged " + done + " images");
                if (failed.isPresent()) {
                    throw failed.get();
                }
                return;
            }
            job.progress("judged " + done + " images so far");
            var work = new HashMap<Long, Set<Cause>>();
            images.forEach(image -> work.put(image, causes));
            try {
                sweep.judge(account, work);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failed = failed.or(() -> Optional.of(e));
            }
            done += images.size();
            after = images.getLast();
        }
    }

    private List<Long> page(long account, long after) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select id from image where account_id = :account and id > :after and state = 'analyzed'
                                order by id limit :limit""")
                        .bind("account", account)
                        .bind("after", after)
                        .bind("limit", chunk)
                        .mapTo(Long.class)
                        .list());
    }
}
