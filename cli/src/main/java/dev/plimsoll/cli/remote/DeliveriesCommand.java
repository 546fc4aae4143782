package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Messages and what became of them.
final class DeliveriesCommand {

    private static final String PATH = "/deliveries";

    private DeliveriesCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "deliveries",
                "Messages, what became of them, and those that nobody took.",
                new Ls(environment),
                new Show(environment),
                new Redeliver(environment));
    }

    /// Lists messages.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List messages, the last first.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.of("STATE", "state"),
                Field.wrapped("CHANNEL", "channel"),
                Field.of("ATTEMPTS", "attempts"),
                Field.of("SINCE", "created_at"),
                Field.of("DELIVERED", "delivered_at"),
                Field.wrapped("LAST ERROR", "last_error"));

        @Option(names = "--dead", description = "Only those that were given up.")
        private boolean dead;

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "Only those in this state: gathering, queued, sending, delivered, dead.")
        private @Nullable String state;

        @Option(names = "--channel", paramLabel = "NAME", description = "Only those by this channel.")
        private @Nullable String channel;

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            if (dead && state != null) {
                throw CommandException.usage("--dead is --state dead; give one of them");
            }
            var query = Query.NONE.with("state", dead ? "dead" : state).with("channel", channel);
            return list.print(environment(), client, PATH, query, FIELDS, "no messages");
        }
    }

    /// Tells one.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Say all of a message: the events in it, its text, each attempt with what came back.")
    static final class Show extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its id.")
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

    /// Sends one again.
    @Command(name = "redeliver", mixinStandardHelpOptions = true, description = "Send a message again.")
    static final class Redeliver extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its id.")
        private String id = "";

        Redeliver(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.post(PATH + "/" + Query.encoded(id) + "/redeliver");
            say("sends " + id + " again");
            return ExitCode.PASS;
        }
    }
}
