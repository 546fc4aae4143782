package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/// What workers say to the table of jobs. Every change of a job that runs names the claim that it comes from: a worker
/// that lost its lease changes nothing.
final class JobStore {

    /// Of a claim that still counts.
    private static final String MINE = " where id = :id and lease_owner = :owner and state = 'running'";

    /// In rows: of one statement of the upkeep.
    private static final int CHUNK = 500;

    private JobStore() {}

    /// Takes jobs that are due, the most urgent first.
    ///
    /// @param owner a name that no other claim has
    /// @param most how many at most
    static List<ClaimedJob> claim(
            Handle handle, NewJob.Lane lane, Set<String> kinds, int most, String owner, Instant now, Instant until) {
        return handle.createQuery("""
                        with ready as materialized (
                            select id from job
                            where state = 'queued' and lane = :lane and not_before <= :now and kind = any(:kinds)
                            order by priority desc, not_before, id
                            limit :most
                            for update skip locked)
                        update job set state = 'running', lease_owner = :owner, lease_until = :until,
                            attempts = attempts + 1, started_at = :now
                        from ready where job.id = ready.id
                        returning job.id, job.account_id, job.kind, job.payload, job.attempts""")
                .bind("lane", lane.name().toLowerCase(Locale.ROOT))
                .bindArray("kinds", String.class, kinds)
                .bind("most", most)
                .bind("owner", owner)
                .bind("now", now)
                .bind("until", until)
                .map((row, _) -> {
                    var account = row.getLong("account_id");
                    return new ClaimedJob(
                            row.getLong("id"),
                            row.wasNull() ? Optional.empty() : Optional.of(account),
                            row.getString("kind"),
                            JobTexts.object(row.getString("payload")),
                            row.getInt("attempts"),
                            owner);
                })
                .list();
    }

    /// How those claims stand.
    ///
    /// @return by id whether somebody wants the job no more; none for one that another has now
    static Map<Long, Boolean> standing(Handle handle, Collection<ClaimedJob> jobs) {
        Map<Long, Boolean> standing = new TreeMap<>();
        of(handle, jobs, """
                        select job.id, job.cancel_requested from job
                        join unnest(:ids, :owners) as mine (id, owner) on job.id = mine.id and job.lease_owner = mine.owner
                        where job.state = 'running'""")
                .map((row, _) -> {
                    standing.put(row.getLong("id"), row.getBoolean("cancel_requested"));
                    return row.getLong("id");
                })
                .list();
        return standing;
    }

    /// Prolongs the leases; a row that somebody is writing now is passed over, and comes with the next heartbeat.
    static void extend(Handle handle, Collection<ClaimedJob> jobs, Instant until) {
        of(handle, jobs, """
                        with mine as materialized (
                            select job.id from job
                            join unnest(:ids, :owners) as claim (id, owner)
                                on job.id = claim.id and job.lease_owner = claim.owner
                            where job.state = 'running'
                            order by job.id
                            for update of job skip locked)
                        update job set lease_until = :until from mine where job.id = mine.id returning job.id""").bind("until", until).mapTo(Long.class).list();
    }

    private static Query of(Handle handle, Collection<ClaimedJob> jobs, String sql) {
        return handle.createQuery(sql)
                .bindArray("ids", Long.class, jobs.stream().map(ClaimedJob::id).toList())
                .bindArray(
                        "owners",
                        String.class,
                        jobs.stream().map(ClaimedJob::owner).toList());
    }

    /// @return whether the job is still this worker's
    static boolean progress(Handle handle, ClaimedJob job, String words) {
        return mine(handle, job, "update job set progress = :words" + MINE)
                        .bind("words", words)
                        .execute()
                == 1;
    }

    /// Holds the job against its claim to the end of the transaction.
    ///
    /// @return whether it is still this worker's, and wanted
    static boolean confirm(Handle handle, ClaimedJob job, Optional<JsonObject> result) {
        return mine(
                                handle,
                                job,
                                "update job set result = coalesce(:result, result)" + MINE
                                        + " and not cancel_requested")
                        .bind("result", result.map(JobTexts::text).orElse(null))
                        .execute()
                == 1;
    }

    /// @return whether it was still this worker's, and wanted
    static boolean done(Handle handle, ClaimedJob job, Optional<JsonObject> result, Instant now) {
        return mine(handle, job, """
                                update job set state = 'done', lease_owner = null, lease_until = null, reason = null,
                                    result = coalesce(:result, result), finished_at = :now""" + MINE + " and not cancel_requested")
                        .bind("result", result.map(JobTexts::text).orElse(null))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// For another attempt.
    ///
    /// @param counted whether this attempt counts
    /// @return whether it was still this worker's, and wanted
    static boolean again(Handle handle, ClaimedJob job, String reason, boolean counted, Instant notBefore) {
        return mine(handle, job, """
                                update job set state = 'queued', lease_owner = null, lease_until = null,
                                    reason = :reason, attempts = attempts - :given, not_before = :then""" + MINE + " and not cancel_requested")
                        .bind("reason", reason)
                        .bind("given", counted ? 0 : 1)
                        .bind("then", notBefore)
                        .execute()
                == 1;
    }

    /// @return whether it was still this worker's
    static boolean end(Handle handle, ClaimedJob job, JobState state, String reason, Instant now) {
        return mine(handle, job, """
                                update job set state = :state, lease_owner = null, lease_until = null,
                                    reason = :reason, finished_at = :now""" + MINE)
                        .bind("state", state.word())
                        .bind("reason", reason)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /// What was written down of a job.
    static Optional<JsonObject> result(Handle handle, long id) {
        return handle.createQuery("select result from job where id = :id and result is not null")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(JobTexts::object);
    }

    private static Update mine(Handle handle, ClaimedJob job, String sql) {
        return handle.createUpdate(sql).bind("id", job.id()).bind("owner", job.owner());
    }

    /// Jobs whose workers are silent for too long, held to the end of the transaction.
    static List<Expired> expired(Handle handle, Instant now) {
        return handle.createQuery("""
                        select id, account_id, kind, payload, attempts, lease_owner, cancel_requested from job
                        where state = 'running' and lease_until < :now
                        order by id limit :most for update skip locked""")
                .bind("now", now)
                .bind("most", CHUNK)
                .map((row, _) -> {
                    var account = row.getLong("account_id");
                    return new Expired(
                            new ClaimedJob(
                                    row.getLong("id"),
                                    row.wasNull() ? Optional.empty() : Optional.of(account),
                                    row.getString("kind"),
                                    JobTexts.object(row.getString("payload")),
                                    row.getInt("attempts"),
                                    String.valueOf(row.getString("lease_owner"))),
                            row.getBoolean("cancel_requested"));
                })
                .list();
    }

    /// A job whose worker is lost.
    record Expired(ClaimedJob job, boolean cancelRequested) {}

    /// Forgets jobs that ended long ago.
    ///
    /// @return whether there may be more
    static boolean forget(Handle handle, Instant doneBefore, Instant poisonBefore) {
        return handle.createUpdate("""
                                delete from job where id in (
                                    select id from job
                                    where finished_at is not null
                                        and (finished_at < :poison or state <> 'poison' and finished_at < :done)
                                    order by finished_at limit :most for update skip locked)""")
                        .bind("done", doneBefore)
                        .bind("poison", poisonBefore)
                        .bind("most", CHUNK)
                        .execute()
                == CHUNK;
    }
}
