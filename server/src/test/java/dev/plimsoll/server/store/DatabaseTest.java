package dev.plimsoll.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.jobs.JobQueue;
import dev.plimsoll.server.jobs.NewJob;
import dev.plimsoll.server.testing.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DatabaseTest {

    /// Deleting an account deletes each of its images: none of them may cost a look at every row of a table.
    @Test
    void anImageIsDeletedByIndexes() {
        try (var test = TestDatabase.create()) {
            var unindexed = test.database()
                    .jdbi()
                    .withHandle(handle ->
                            handle.createQuery("""
                            select key.conrelid::regclass::text from pg_constraint key
                            where key.contype = 'f' and key.confrelid = 'image'::regclass and not exists (
                                select from pg_index index
                                where index.indrelid = key.conrelid and index.indkey[0] = key.conkey[1]
                                    and (index.indpred is null
                                        or pg_get_expr(index.indpred, index.indrelid) = '(image_id IS NOT NULL)'))""").mapTo(String.class).list());
            assertThat(unindexed).isEmpty();
        }
    }

    @Test
    void givesTheUnfinishedJobOfAKeyInsteadOfASecondOne() {
        try (var test = TestDatabase.create()) {
            var job = new NewJob(Optional.empty(), NewJob.Lane.SWEEP, "k", "key", JsonObject.EMPTY);
            var now = Instant.parse("2026-01-01T00:00:00Z");
            var jdbi = test.database().jdbi();
            var first = jdbi.inTransaction(handle -> JobQueue.add(handle, job, now));
            assertThat(jdbi.<Long, RuntimeException>inTransaction(handle -> JobQueue.add(handle, job, now)))
                    .isEqualTo(first);
            jdbi.useHandle(handle -> handle.execute("update job set state = 'done'"));
            assertThat(jdbi.<Long, RuntimeException>inTransaction(handle -> JobQueue.add(handle, job, now)))
                    .isNotEqualTo(first);
        }
    }
}
