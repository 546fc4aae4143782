package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.Failures;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.io.IOException;
import java.time.Duration;

/// What would change if a bundle were active.
final class WhatIfs {

    private static final String PATH = "/what-ifs/";
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private WhatIfs() {}

    /// @throws CommandException when the server fails at it, or has not finished in time
    static JsonObject await(RemoteClient client, Environment environment, String id, Duration timeout) {
        var end = System.nanoTime() + timeout.toNanos();
        try (var progress = new Progress(environment, false)) {
            while (true) {
                var asked = client.get(PATH + Query.encoded(id));
                switch (asked.string("state").orElse("")) {
                    case "done" -> {
                        return asked;
                    }
                    case "failed" ->
                        throw CommandException.usage("the server could not try the bundle: "
                                + asked.string("reason").orElse("it does not say why"));
                    default -> progress.say("the server judges all images by the bundle");
                }
                if (System.nanoTime() > end) {
                    throw CommandException.usage("the server has not finished in time (--timeout); it goes on");
                }
                RemoteClient.pause(BETWEEN);
            }
        }
    }

    /// As the server lays it out for people.
    static void printTable(RemoteClient client, Environment environment, String id) {
        try {
            client.ask(PATH + Query.encoded(id), Query.of("format", "table")).copyTo(environment.out());
        } catch (IOException e) {
            throw CommandException.usage("cannot write to standard output: " + Failures.reason(e));
        }
    }
}
