package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// Waits for a job of the server, and says how far it is. A connection that breaks meanwhile loses
/// nothing: the job goes on, and is asked for again.
final class JobWatch {

    private static final Set<String> FINISHED = Set.of("done", "poison", "cancelled");
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final RemoteClient client;
    private final Progress progress;
    /// In nanoseconds of the process's own clock.
    private final long end;

    JobWatch(RemoteClient client, Progress progress, Duration timeout) {
        this.client = client;
        this.progress = progress;
        this.end = System.nanoTime() + timeout.toNanos();
    }

    /// The job when it has finished.
    ///
    /// @throws CommandException when it has not in time
    JsonObject await(String id) {
        progress.say("waiting for a worker of the server");
        while (true) {
            listen(id);
            var job = client.get("/jobs/" + Query.encoded(id));
            if (FINISHED.contains(job.string("state").orElse(""))) {
                return job;
            }
            left(id);
            RemoteClient.pause(BETWEEN);
        }
    }

    private Duration left(String id) {
        var left = end - System.nanoTime();
        if (left <= 0) {
            throw CommandException.usage(
                    "job " + id + " has not finished in time (--timeout); it goes on: `plimsoll remote" + " jobs show "
                            + id + "` says how far it is");
        }
        return Duration.ofNanos(left);
    }

    /// Returns when the server says that it has finished, or the connection ends.
    private void listen(String id) {
        try {
            var opened = client.events("/jobs/" + Query.encoded(id) + "/events");
            if (opened.isEmpty()) {
                return;
            }
            try (var events = new EventStream(opened.get())) {
                for (var event = events.next(left(id)); event.isPresent(); event = events.next(left(id))) {
                    if (!event.get().name().equals("progress")) {
                        return;
                    }
                    progress.say(words(event.get().data()));
                }
            }
        } catch (IOException _) {
            // the question after this one tells what is wrong, where something is
        } catch (TimeoutException _) {
            left(id);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw CommandException.usage("interrupted");
        }
    }

    /// The last word of who works at it, for people.
    private static String words(String data) {
        try {
            return JsonReader.read(data, JsonLimits.FOREIGN) instanceof JsonObject json
                    ? json.string("progress").orElse("waiting for a worker of the server")
                    : data;
        } catch (JsonException _) {
            return data;
        }
    }
}
