package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Forgets a login.
@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "Forget the key of a server. The key itself stays valid there: `remote keys rm` ends it.")
final class LogoutCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(arity = "0..1", paramLabel = "URL", description = "The server; default: the one of the last login.")
    private @Nullable String place;

    LogoutCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var known = LogIns.read(environment);
        var url = Optional.ofNullable(place)
                .map(text -> Server.address(text).toString())
                .or(known::current)
                .orElseThrow(() -> CommandException.usage("there is no login to forget"));
        if (known.of(url).isEmpty()) {
            throw CommandException.usage("there is no login at " + url);
        }
        var left = known.without(url);
        left.write(environment);
        environment
                .out()
                .println("forgot the key of " + url
                        + left.current()
                                .map(next -> "; the current server is " + next)
                                .orElse(""));
        environment.out().flush();
        return ExitCode.PASS.code();
    }
}
