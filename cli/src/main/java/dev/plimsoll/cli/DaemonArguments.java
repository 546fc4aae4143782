package dev.plimsoll.cli;

import dev.plimsoll.cli.command.Environment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a container engine is. Every command that takes an image has these options.
final class DaemonArguments {

    @Option(
            names = "--docker-host",
            paramLabel = "HOST",
            description =
                    "Where docker listens for docker:NAME, unix:///path/of/the.sock or tcp://host:port; default: DOCKER_HOST, docker's context, the usual sockets.")
    private @Nullable String dockerHost;

    /// The variables of the process, with what the options say in place of docker's own.
    Map<String, String> variables(Environment environment) {
        if (dockerHost == null) {
            return environment.variables();
        }
        var variables = new HashMap<>(environment.variables());
        variables.put("DOCKER_HOST", dockerHost);
        return variables;
    }
}
