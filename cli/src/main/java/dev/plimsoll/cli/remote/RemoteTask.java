package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.report.PlainText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that asks a server.
abstract class RemoteTask implements Callable<Integer> {

    private final Environment environment;

    @Mixin
    private final ConnectionArguments connection = new ConnectionArguments();

    RemoteTask(Environment environment) {
        this.environment = environment;
    }

    @Override
    public final Integer call() {
        try (var client = connection.open(environment)) {
            var code = run(client);
            environment.out().flush();
            return code.code();
        }
    }

    /// Does it.
    abstract ExitCode run(RemoteClient client);

    final Environment environment() {
        return environment;
    }

    /// A line on standard output; what a server says cannot act on a terminal.
    final void say(String words) {
        environment.out().println(PlainText.of(words));
    }
}
