package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Keys of the API.
final class KeysCommand {

    private static final String PATH = "/keys";

    private KeysCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "keys",
                "Keys that programs show to the server.",
                new Ls(environment),
                new Add(environment),
                new Rm(environment));
    }

    /// Lists keys.
    @Command(
            name = "ls",
            mixinStandardHelpOptions = true,
            description = "List the keys; the keys themselves are not shown.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.wrapped("KEY", "name"),
                Field.of("BEGINS", "prefix"),
                Field.wrapped("USER", "user"),
                Field.of("ROLE", "role"),
                Field.of("ENDS", "expires_at"),
                Field.of("LAST USED", "last_used_at"),
                Field.of("REVOKED", "revoked_at"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE, FIELDS, "no keys");
        }
    }

    /// Makes one.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Make a key, and print it: the only time that it is shown.",
            footer = {"", "Example:", "  plimsoll remote keys add pipeline --role ci --for-account --ends-in 365d > key"
            })
    static final class Add extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "What it is for.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "admin|editor|analyst|viewer|ci",
                description = "What it may do; default: what its user may.")
        private @Nullable String role;

        @Option(
                names = "--permission",
                split = "[,\n]",
                splitSynopsisLabel = ",",
                paramLabel = "WORD",
                description = "Only this of what the role may; may be given several times.")
        private List<String> permissions = List.of();

        @Option(names = "--user", paramLabel = "NAME", description = "Whose it is; default: yours.")
        private @Nullable String user;

        @Option(names = "--for-account", description = "It is the account's, not a user's.")
        private boolean forAccount;

        @Option(
                names = "--ends-in",
                paramLabel = "TIME",
                converter = Durations.class,
                description = "For how long it is good: 90d; default: until it is removed.")
        private @Nullable Duration endsIn;

        Add(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var end = Optional.ofNullable(endsIn)
                    .map(time -> environment().clock().instant().plus(time))
                    .map(Instant::toString);
            var made = client.post(PATH, Bodies.json(json -> {
                json.member("name", name)
                        .member("user", Optional.ofNullable(user))
                        .member("role", Optional.ofNullable(role))
                        .member("expires_at", end);
                if (forAccount) {
                    json.member("for_account", true);
                }
                if (!permissions.isEmpty()) {
                    json.strings("permissions", permissions);
                }
            }));
            say(made.string("key").orElse(""));
            return ExitCode.PASS;
        }
    }

    /// Ends one.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Revoke a key.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number, as `keys ls` shows it.")
        private String id = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(id));
            say("revoked key " + id);
            return ExitCode.PASS;
        }
    }
}
