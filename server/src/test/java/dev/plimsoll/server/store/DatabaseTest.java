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
