package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Tags that the server looks after.
final class WatchesCommand {

    private static final String PATH = "/watches";

    private WatchesCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "watches",
                "Tags that the server looks after; `remote add --watch` adds one.",
                new Ls(environment),
                new Rm(environment));
    }

    /// Lists watches.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the tags that are looked after.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.wrapped("REGISTRY", "registry"),
                Field.wrapped("REPOSITORY", "repository"),
                Field.wrapped("TAG", "tag"),
                Field.of("SECONDS", "every_seconds"),
                Field.of("NEXT", "next_at"),
                Field.wrapped("LAST ERROR", "last_error"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE, FIELDS, "no tag is looked after");
        }
    }

    /// Ends one.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Look after a tag no more.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(id));
            say("looks after it no more");
            return ExitCode.PASS;
        }
    }
}
