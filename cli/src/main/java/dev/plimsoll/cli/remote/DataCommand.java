package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Progress;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Advisory data of the server.
final class DataCommand {

    private static final String PATH = "/revisions";
    private static final String SOURCES = "/data-sources";
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private DataCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "data",
                "Import advisory data, say what it changed, release what is held, have a place polled.",
                new Ls(environment),
                new Import(environment),
                new Show(environment),
                new Changes(environment),
                new Release(environment),
                new Refuse(environment),
                CommandGroup.of(
                        "poll",
                        "Places where the server looks for newer advisory data.",
                        new PollLs(environment),
                        new PollAdd(environment),
                        new PollRm(environment)));
    }

    private static String words(JsonObject revision) {
        var reason = Field.text(revision, "reason");
        return "revision " + Field.text(revision, "id") + " is " + Field.text(revision, "state")
                + (reason.equals("-") ? "" : ": " + reason);
    }

    /// Lists revisions.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the revisions of the advisory data.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.of("STATE", "state"),
                Field.of("BUILT", "built_at"),
                Field.of("IMPORTED", "imported_at"),
                Field.of("RECORDS", "records"),
                Field.wrapped("FROM", "origin"),
                Field.wrapped("REASON", "reason"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(
                    environment(),
                    client,
                    PATH,
                    Query.NONE,
                    FIELDS,
                    "no advisory data: `plimsoll remote data import FILE` brings some");
        }
    }

    /// Brings data.
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Give the server a database (of `plimsoll db build`), and wait until it counts.")
    static final class Import extends RemoteTask {

        @Parameters(paramLabel = "FILE", description = "A file that `plimsoll db build` wrote.")
        private String file = "";

        @Option(names = "--no-wait", description = "Do not wait until it was compared with the last.")
        private boolean noWait;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                converter = Durations.class,
                defaultValue = "30m",
                description = "Give up waiting after this time (default: ${DEFAULT-VALUE}).")
        private Duration timeout = Duration.ofMinutes(30);

        @Option(
                names = "--force",
                description =
                        "Have it count even where it is older than what counts; `data release` lets what is held count.")
        private boolean force;

        Import(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var file = environment().resolve(this.file);
            var revision =
                    client.post(PATH, Query.NONE.with("force", force), Bodies.file(file, "application/vnd.sqlite3"));
            if (!noWait) {
                try (var progress = new Progress(environment(), false)) {
                    progress.say("the server compares it with the data before");
                    revision = compared(client, revision);
                }
            }
            say(words(revision));
            return switch (revision.string("state").orElse("")) {
                case "held", "refused" -> ExitCode.NO_VERDICT;
                default -> ExitCode.PASS;
            };
        }

        private JsonObject compared(RemoteClient client, JsonObject first) {
            var end = System.nanoTime() + timeout.toNanos();
            var revision = first;
            while (revision.string("state").orElse("").equals("checking")) {
                if (System.nanoTime() > end) {
                    throw CommandException.usage(
                            "revision " + Field.text(first, "id")
                                    + " is not compared in time (--timeout); it goes on: `plimsoll remote data ls` says how far it is");
                }
                RemoteClient.pause(BETWEEN);
                revision = client.get(PATH + "/" + Field.text(first, "id"));
            }
            return revision;
        }
    }

    /// Tells one.
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Say all of a revision.")
    static final class Show extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Show(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            environment().out().print(ListArguments.indented(client.get(PATH + "/" + Query.encoded(id))));
            return ExitCode.PASS;
        }
    }

    /// Lists changes.
    @Command(
            name = "changes",
            mixinStandardHelpOptions = true,
            description = "List the packages whose advisories a revision changed.")
    static final class Changes extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ECOSYSTEM", "ecosystem"), Field.wrapped("PACKAGE", "name"), Field.of("CHANGE", "kind"));

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        @Mixin
        private final ListArguments list = new ListArguments();

        Changes(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(
                    environment(),
                    client,
                    PATH + "/" + Query.encoded(id) + "/changes",
                    Query.NONE,
                    FIELDS,
                    "nothing changed");
        }
    }

    /// Has a revision count that is held.
    @Command(
            name = "release",
            mixinStandardHelpOptions = true,
            description = "Have a revision count that was held, for the reason that `data show` tells.")
    static final class Release extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Release(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.post(PATH + "/" + Query.encoded(id) + "/release");
            say("released revision " + id);
            return ExitCode.PASS;
        }
    }

    /// Has it never count.
    @Command(
            name = "refuse",
            mixinStandardHelpOptions = true,
            description = "Have a revision never count that was held.")
    static final class Refuse extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Refuse(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.post(PATH + "/" + Query.encoded(id) + "/refuse");
            say("refused revision " + id);
            return ExitCode.PASS;
        }
    }

    /// Lists places.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the places that are polled.")
    static final class PollLs extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.wrapped("PLACE", "place"),
                Field.of("SECONDS", "every_seconds"),
                Field.of("NEXT", "next_at"),
                Field.wrapped("LAST ERROR", "last_error"));

        @Mixin
        private final ListArguments list = new ListArguments();

        PollLs(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, SOURCES, Query.NONE, FIELDS, "no place is polled");
        }
    }

    /// Adds a place.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Have the server look for newer data at a URL or in a folder of its own machine.")
    static final class PollAdd extends RemoteTask {

        @Parameters(paramLabel = "PLACE", description = "https://…/plimsoll.db, or a folder that the server sees.")
        private String place = "";

        @Option(
                names = "--every",
                paramLabel = "TIME",
                converter = Durations.class,
                defaultValue = "1h",
                description = "How often (default: ${DEFAULT-VALUE}).")
        private Duration every = Duration.ofHours(1);

        PollAdd(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var added = client.post(
                    SOURCES,
                    Bodies.json(json -> json.member("place", place).member("every_seconds", every.toSeconds())));
            say("polls " + place + " (" + Field.text(added, "id") + ")");
            return ExitCode.PASS;
        }
    }

    /// Removes a place.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Poll a place no more; its data stays.")
    static final class PollRm extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        PollRm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(SOURCES + "/" + Query.encoded(id));
            say("polls it no more");
            return ExitCode.PASS;
        }
    }
}
