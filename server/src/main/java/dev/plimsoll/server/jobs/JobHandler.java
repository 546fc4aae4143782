package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Does the jobs of one kind. May be called again for a job whose worker died: what it does must bear that.
public interface JobHandler {

    /// Of the jobs that it does: `analyze`.
    String kind();

    /// Where it returns without {@link Running#complete}, the job is done all the same. Its thread is interrupted where
    /// somebody wants the job no more.
    ///
    /// @throws JobFailure where trying again makes no sense, or only later
    /// @throws JobPostponed where something else must end first
    /// @throws IOException where trying again may help
    void run(Running job) throws IOException;

    /// A job became poison or was cancelled; called in that transaction, perhaps by another process than the one that
    /// worked on it, and perhaps of a job that nobody began.
    default void ended(Handle handle, Ended job) {}

    /// A job that nobody will go on with.
    ///
    /// @param result what an attempt wrote down of it, empty where none did
    /// @param state {@link JobState#POISON} or {@link JobState#CANCELLED}
    /// @param reason a sentence
    record Ended(
            long id,
            Optional<Long> accountId,
            JsonObject payload,
            Optional<JsonObject> result,
            JobState state,
            String reason) {}

    /// A job that is being done. Methods may be called by any thread of the handler's.
    interface Running {
        long id();

        Optional<Long> accountId();

        JsonObject payload();

        /// From 1.
        int attempt();

        /// Tells who waits how far it is. May be called often: not every word is written down.
        ///
        /// @throws JobCancelled where somebody wants it no more, or another worker has it now
        void progress(String words);

        /// What came of the job so far, for who waits: written with the next {@link #transact} or {@link #complete}.
        void result(JsonObject result);

        /// Changes that belong to the job, in one transaction that is rolled back where this worker has the job no
        /// more. The job goes on. A later attempt may do it again.
        ///
        /// @throws JobCancelled where somebody wants it no more, or another worker has it now
        void transact(Consumer<Handle> work);

        /// The last changes, in one transaction with the end of the job: both are there, or neither, so they
        /// happen once.
        ///
        /// @throws JobCancelled where somebody wants it no more, or another worker has it now
        void complete(Consumer<Handle> work);
    }
}
