package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A job as its row says.
///
/// @param accountId empty for jobs of the whole service
/// @param notBefore while it waits, when its next attempt may begin
/// @param attempts how many began
/// @param progress the last word of its worker
/// @param result what came of it
/// @param reason why it failed last, or was cancelled
public record JobRow(
        long id,
        Optional<Long> accountId,
        String lane,
        String kind,
        JsonObject payload,
        JobState state,
        Instant notBefore,
        int attempts,
        boolean cancelRequested,
        Optional<String> progress,
        Optional<JsonObject> result,
        Optional<String> reason,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {

    private static final String SELECT = """
            select id, account_id, lane, kind, payload, state, not_before, attempts, cancel_requested, progress, result,
                reason, created_at, started_at, finished_at
            from job where (account_id = :account or account_id is null and :service)""";

    /// @param mayService whether jobs of the whole service count too
    public static Optional<JobRow> find(Handle handle, long accountId, boolean mayService, long id) {
        return one(handle, accountId, mayService, id, "");
    }

    static Optional<JobRow> locked(Handle handle, long accountId, boolean mayService, long id) {
        return one(handle, accountId, mayService, id, " for update");
    }

    private static Optional<JobRow> one(Handle handle, long accountId, boolean mayService, long id, String lock) {
        return handle.createQuery(SELECT + " and id = :id" + lock)
                .bind("account", accountId)
                .bind("service", mayService)
                .bind("id", id)
                .map((row, _) -> of(row))
                .findOne();
    }

    /// Jobs, the youngest first.
    ///
    /// @param before ids lower than that only
    public static List<JobRow> list(
            Handle handle,
            long accountId,
            boolean mayService,
            Optional<JobState> state,
            Optional<String> kind,
            Optional<Long> before,
            int most) {
        return handle.createQuery(SELECT + """
                         and (:state::text is null or state = :state) and (:kind::text is null or kind = :kind)
                            and id < :before
                        order by id desc limit :most""")
                .bind("account", accountId)
                .bind("service", mayService)
                .bind("state", state.map(JobState::word).orElse(null))
                .bind("kind", kind.orElse(null))
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("most", most)
                .map((row, _) -> of(row))
                .list();
    }

    private static JobRow of(ResultSet row) throws SQLException {
        var account = row.getLong("account_id");
        var accountId = row.wasNull() ? Optional.<Long>empty() : Optional.of(account);
        return new JobRow(
                row.getLong("id"),
                accountId,
                row.getString("lane"),
                row.getString("kind"),
                JobTexts.object(row.getString("payload")),
                JobState.of(row.getString("state")).orElseThrow(),
                row.getTimestamp("not_before").toInstant(),
                row.getInt("attempts"),
                row.getBoolean("cancel_requested"),
                Optional.ofNullable(row.getString("progress")),
                Optional.ofNullable(row.getString("result")).map(JobTexts::object),
                Optional.ofNullable(row.getString("reason")),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("started_at")),
                instant(row.getTimestamp("finished_at")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}
