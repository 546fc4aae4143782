package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Who is told of what.
final class SubscriptionsCommand {

    private static final String PATH = "/subscriptions";

    private SubscriptionsCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "subscriptions",
                "List and end subscriptions; `remote subscribe` makes one.",
                new Ls(environment),
                new Rm(environment));
    }

    /// Lists subscriptions.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the subscriptions.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.wrapped("SUBSCRIPTION", "name"),
                Field.wrapped("KINDS", "kinds"),
                Field.wrapped("CHANNEL", "channel"),
                Field.wrapped("ONLY", "filter"),
                Field.of("GROUP", "grouping"),
                Field.of("SECONDS", "window_seconds"),
                Field.of("ACTIVE", "active"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE, FIELDS, "no subscriptions");
        }
    }

    /// Ends one.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "End a subscription.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(name));
            say("ended the subscription " + name);
            return ExitCode.PASS;
        }
    }
}
