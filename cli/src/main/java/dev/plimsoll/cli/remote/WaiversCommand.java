package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Files of waivers of the server.
final class WaiversCommand {

    private static final String PATH = "/waivers";

    private WaiversCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "waivers",
                "List, put and remove the files of waivers of the server.",
                new Ls(environment),
                new Show(environment),
                new Put(environment),
                new Rm(environment));
    }

    /// Lists files.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the files of waivers.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.wrapped("FILE", "name"),
                Field.of("SINCE", "from"),
                Field.wrapped("BY", "changed_by"),
                Field.digest("DIGEST", "digest"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE, FIELDS, "no waivers");
        }
    }

    /// Prints a file.
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Print a file of waivers as it was put.")
    static final class Show extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name on the server.")
        private String name = "";

        Show(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var document = client.get(PATH + "/" + Query.encoded(name))
                    .string("document")
                    .orElse("");
            environment().out().print(document.endsWith("\n") ? document : document + "\n");
            return ExitCode.PASS;
        }
    }

    /// Puts a file.
    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Put a file of waivers in the place of the one of that name; all images are judged anew.")
    static final class Put extends RemoteTask {

        @Parameters(paramLabel = "FILE", description = "Waivers, as `plimsoll waiver add` writes them.")
        private String file = "";

        @Option(names = "--as", paramLabel = "NAME", description = "Its name on the server; default: that of the file.")
        private @Nullable String name;

        Put(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var path = environment().resolve(file);
            var named = Optional.ofNullable(name).orElse(String.valueOf(path.getFileName()));
            var answer = client.put(PATH + "/" + Query.encoded(named), Bodies.document(path));
            say("put " + named
                    + answer.number("waivers")
                            .map(count -> ": " + count + " waivers")
                            .orElse(""));
            return ExitCode.PASS;
        }
    }

    /// Removes a file.
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Remove a file of waivers; all images are judged anew.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name on the server.")
        private String name = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(name));
            say("removed " + name);
            return ExitCode.PASS;
        }
    }
}
