package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.report.PlainText;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Proves to a server who we are, and keeps what it gives for it.
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Log in to a server; the commands after this one mean it.",
        footer = {
            "",
            "The key is kept in remote.json in the configuration folder, which nobody else may read.",
            "",
            "Examples:",
            "  plimsoll remote login http://localhost:8228 --key-stdin < key",
            "  plimsoll remote login https://plimsoll.example --user ann --password-stdin",
            "",
            "Exit codes: 0 logged in; 1 refused, or nothing answers."
        })
final class LoginCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "The server; default: the one of the last login.")
    private @Nullable String place;

    @Option(names = "--key-stdin", description = "Read a key of the server from standard input.")
    private boolean keyStdin;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Log in as this user; the server gives a key for a while.")
    private @Nullable String user;

    @Option(names = "--password-stdin", description = "Read the password of that user from standard input.")
    private boolean passwordStdin;

    @Mixin
    private final ConnectionArguments connection = new ConnectionArguments();

    LoginCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var known = LogIns.read(environment);
        var address = Server.address(Optional.ofNullable(place)
                .or(connection::url)
                .or(known::current)
                .orElseThrow(
                        () -> CommandException.usage("name a server: plimsoll remote login http://localhost:8228")));
        var former = known.of(address.toString());
        if (keyStdin == (user != null)) {
            if (keyStdin || environment.variable(ConnectionArguments.KEY).isEmpty()) {
                throw CommandException.usage("say who you are: --key-stdin reads a key from standard input, --user NAME"
                        + " --password-stdin a password; a server tells its first key when it first starts");
            }
        }
        if (passwordStdin != (user != null)) {
            throw CommandException.usage(
                    user == null
                            ? "--password-stdin needs --user NAME"
                            : "--user needs --password-stdin: others can read a password on a command line");
        }
        var key = user == null ? key() : keyFor(address.toString(), user, former);
        try (var client = connection.open(environment, address, key, former)) {
            if (client.server().isOpenToListeners()) {
                environment
                        .err()
                        .println("plimsoll: note: " + address
                                + " is spoken with in the clear: who listens between can read the key");
            }
            var me = client.get("/me");
            var name = name(me);
            var authorities = client.server().certificateAuthorities().map(Path::toString);
            known.with(new LogIn(
                            address.toString(),
                            key,
                            name,
                            authorities,
                            client.server().insecure()))
                    .write(environment);
            environment.out().println(PlainText.of("logged in to " + address + " as " + name + role(me)));
            environment.out().flush();
            return ExitCode.PASS.code();
        }
    }

    private String key() {
        return keyStdin
                ? SecretInput.read(environment, "the key", "--key-stdin")
                : environment.variable(ConnectionArguments.KEY).orElse("");
    }

    private String keyFor(String address, String name, Optional<LogIn> former) {
        var password = SecretInput.read(environment, "the password", "--password-stdin");
        try (var client = connection.open(environment, Server.address(address), "", former)) {
            return client.post(
                            "/login",
                            Bodies.json(json -> json.member("user", name).member("password", password)))
                    .string("key")
                    .orElseThrow(() -> CommandException.usage(
                            address + " gave no key for the password: is it a Plimsoll server?"));
        }
    }

    private static String name(JsonObject me) {
        return me.string("user")
                .or(() -> me.string("name"))
                .or(() -> me.string("actor"))
                .orElse("somebody");
    }

    private static String role(JsonObject me) {
        return me.string("role").map(role -> ", " + role).orElse("")
                + me.string("account")
                        .map(account -> ", of the account " + account)
                        .orElse("");
    }
}
