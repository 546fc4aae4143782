package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.Optional;

/// Does the jobs of one kind. May be called again for a job whose worker died: what it does must bear that.
public interface JobHandler {

    /// Of the jobs that it does: `analyze`.
    String kind();

    /// @throws JobFailure where trying again makes no sense, or only later
    /// @throws IOException where trying again may help
    void run(Running job) throws IOException;

    /// A job that is being done.
    interface Running {
        long id();

        Optional<Long> accountId();

        JsonObject payload();

        /// From 1.
        int attempt();

        /// Tells who waits how far it is.
        ///
        /// @throws JobCancelled where somebody wants it no more, or another worker has it now
        void progress(String words);
    }
}
