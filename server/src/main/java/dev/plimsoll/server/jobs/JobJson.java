package dev.plimsoll.server.jobs;

import dev.plimsoll.json.JsonWriter;
import java.time.Instant;
import java.util.Locale;

/// A job as the API tells it.
public final class JobJson {

    private JobJson() {}

    /// Members of an object that was begun.
    public static void members(JsonWriter json, JobRow job) {
        json.member("id", job.id())
                .member("kind", job.kind())
                .member("lane", job.lane())
                .member("state", job.state().word())
                .member("attempts", job.attempts())
                .member("cancel_requested", job.cancelRequested())
                .member("payload", job.payload())
                .member("progress", job.progress());
        job.result().ifPresent(result -> json.member("result", result));
        json.member("reason", job.reason()).member("created_at", job.createdAt().toString());
        if (job.state() == JobState.QUEUED) {
            json.member("not_before", job.notBefore().toString());
        }
        json.member("started_at", job.startedAt().map(Instant::toString))
                .member("finished_at", job.finishedAt().map(Instant::toString));
    }

    /// On one line.
    static String line(JobRow job) {
        return JsonWriter.text(json -> json.object(() -> members(json, job))).strip();
    }

    /// The name of the server-sent event that tells of it.
    static String event(JobState state) {
        return switch (state) {
            case QUEUED, RUNNING -> "progress";
            case DONE -> JobState.DONE.name().toLowerCase(Locale.ROOT);
            case POISON, CANCELLED -> "failed";
        };
    }
}
