package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// People of the account.
final class UsersCommand {

    private static final String PATH = "/users";

    private UsersCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "users",
                "People of the account, and what each may do.",
                new Ls(environment),
                new Add(environment),
                new Rm(environment));
    }

    /// Lists users.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the users.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.wrapped("USER", "name"),
                Field.of("ROLE", "role"),
                Field.of("PASSWORD", "has_password"),
                Field.of("SINCE", "created_at"),
                Field.of("DISABLED", "disabled_at"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE, FIELDS, "no users");
        }
    }

    /// Adds one.
    @Command(name = "add", mixinStandardHelpOptions = true, description = "Add a user.")
    static final class Add extends RemoteTask {

        @Parameters(
                paramLabel = "NAME",
                description = "What the user is called; no other account may have one so called.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "admin|editor|analyst|viewer|ci",
                description = "What the user may do.")
        private String role = "";

        @Option(
                names = "--password-stdin",
                description = "Read a password from standard input; without one there are only keys.")
        private boolean passwordStdin;

        Add(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var password = passwordStdin
                    ? Optional.of(SecretInput.read(environment(), "the password", "--password-stdin"))
                    : Optional.<String>empty();
            client.post(
                    PATH,
                    Bodies.json(json ->
                            json.member("name", name).member("role", role).member("password", password)));
            say("added the user " + name + ", " + role);
            return ExitCode.PASS;
        }
    }

    /// Removes one.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove a user, with the keys.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(name));
            say("removed the user " + name);
            return ExitCode.PASS;
        }
    }
}
