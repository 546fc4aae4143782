package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// As whom the server pulls.
final class RegistriesCommand {

    private static final String PATH = "/registries";

    private RegistriesCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "registry",
                "As whom the server pulls images from registries.",
                new Ls(environment),
                new Add(environment),
                new Rm(environment));
    }

    /// Lists registries.
    @Command(
            name = "ls",
            mixinStandardHelpOptions = true,
            description = "List the registries that the server logs in to.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.wrapped("REGISTRY", "registry"),
                Field.wrapped("USER", "username"),
                Field.of("PLAIN HTTP", "insecure"),
                Field.of("SINCE", "created_at"));

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
                    "no registries: images are pulled without a login");
        }
    }

    /// Adds one.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Have the server log in to a registry; the password is encrypted where it is kept.")
    static final class Add extends RemoteTask {

        @Parameters(paramLabel = "HOST", description = "The registry: registry.example, localhost:5000.")
        private String registry = "";

        @Option(names = "--username", required = true, paramLabel = "NAME", description = "As this user.")
        private String username = "";

        @Option(names = "--password-stdin", description = "Read the password of that user from standard input.")
        private boolean passwordStdin;

        @Option(names = "--plain-http", description = "Speak with the registry without TLS.")
        private boolean plain;

        Add(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            if (!passwordStdin) {
                throw CommandException.usage("the password is missing: pipe it in with --password-stdin");
            }
            var password = SecretInput.read(environment(), "the password", "--password-stdin");
            client.put(
                    PATH + "/" + Query.encoded(registry),
                    Bodies.json(json -> json.member("username", username)
                            .member("password", password)
                            .member("insecure", plain)));
            say("logs in to " + registry + " as " + username);
            return ExitCode.PASS;
        }
    }

    /// Removes one.
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Have the server log in to a registry no more.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "HOST", description = "The registry.")
        private String registry = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(registry));
            say("forgot the login to " + registry);
            return ExitCode.PASS;
        }
    }
}
