package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the server is busy with.
final class JobsCommand {

    private static final String PATH = "/jobs";

    private JobsCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "jobs",
                "What the server is busy with, and what it could not do.",
                new Ls(environment),
                new Show(environment),
                new Cancel(environment),
                new Retry(environment));
    }

    /// Lists jobs.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List jobs, the last first.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.of("KIND", "kind"),
                Field.of("STATE", "state"),
                Field.of("LANE", "lane"),
                Field.of("ATTEMPTS", "attempts"),
                Field.of("SINCE", "created_at"),
                Field.wrapped("REASON", "reason"));

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "Only those in this state: queued, running, done, poison, cancelled.")
        private @Nullable String state;

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE.with("state", state), FIELDS, "no jobs");
        }
    }

    /// Tells one.
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Say all of a job.")
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

    /// Ends one.
    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "End a job that waits or runs.")
    static final class Cancel extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Cancel(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(id));
            say("cancelled job " + id);
            return ExitCode.PASS;
        }
    }

    /// Tries one again.
    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Try a job again that was given up or cancelled.")
    static final class Retry extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Retry(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.post(PATH + "/" + Query.encoded(id) + "/retry");
            say("job " + id + " waits again");
            return ExitCode.PASS;
        }
    }
}
