package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Durations;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Policy bundles of the server.
final class BundlesCommand {

    private static final String PATH = "/bundles";

    private BundlesCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "bundles",
                "List, give, try and activate the policy bundles of the server; one is active.",
                new Ls(environment),
                new Add(environment),
                new Show(environment),
                new Activate(environment),
                new WhatIf(environment),
                new Rm(environment));
    }

    private static JsonObject add(RemoteClient client, Environment environment, String file) {
        var added = client.post(PATH, Bodies.document(environment.resolve(file)));
        added.objects("warnings")
                .forEach(problem -> environment
                        .err()
                        .println("plimsoll: note: " + file + ", " + Field.text(problem, "place") + ": "
                                + Field.text(problem, "message")));
        return added;
    }

    private static String words(JsonObject bundle) {
        return "bundle " + Field.text(bundle, "id") + ": " + Field.text(bundle, "bundle_id") + ", version "
                + Field.text(bundle, "version");
    }

    /// Lists bundles.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the bundles, the newest first.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.of("ID", "id"),
                Field.wrapped("BUNDLE", "bundle_id"),
                Field.of("VERSION", "version"),
                Field.of("ACTIVE", "active"),
                Field.wrapped("NAME", "name"),
                Field.of("FROM", "created_at"),
                Field.wrapped("BY", "created_by"));

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
                    "no bundles: images are judged by the default bundle");
        }
    }

    /// Gives one.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Give a bundle to the server; it is checked, and active only with --activate.")
    static final class Add extends RemoteTask {

        @Parameters(paramLabel = "FILE", description = "A policy bundle, JSON or YAML.")
        private String file = "";

        @Option(names = "--activate", description = "Judge all images by it from now on.")
        private boolean activate;

        Add(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var added = add(client, environment(), file);
            if (activate) {
                client.post(PATH + "/" + Field.text(added, "id") + "/activate");
            }
            say(words(added) + (activate ? ", active from now on" : ""));
            return ExitCode.PASS;
        }
    }

    /// Prints one.
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Print a bundle as it was given.")
    static final class Show extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number, or the id in its document.")
        private String id = "";

        Show(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var document = client.get(PATH + "/" + BundleNumbers.of(client, id))
                    .string("document")
                    .orElse("");
            environment().out().print(document.endsWith("\n") ? document : document + "\n");
            return ExitCode.PASS;
        }
    }

    /// Makes one the active one.
    @Command(
            name = "activate",
            mixinStandardHelpOptions = true,
            description = "Judge all images by this bundle from now on.")
    static final class Activate extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number, or the id in its document: then its newest version.")
        private String id = "";

        Activate(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var answer = client.post(PATH + "/" + BundleNumbers.of(client, id) + "/activate");
            say(words(answer.object("bundle")) + ", active from now on");
            return ExitCode.PASS;
        }
    }

    /// Tries one.
    @Command(
            name = "what-if",
            mixinStandardHelpOptions = true,
            description = "Say what would change for all images if this bundle were active.")
    static final class WhatIf extends RemoteTask {

        @Parameters(
                paramLabel = "FILE|ID",
                description = "A file, which is given to the server first, or a bundle of it.")
        private String bundle = "";

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                converter = Durations.class,
                defaultValue = "30m",
                description = "Give up waiting after this time (default: ${DEFAULT-VALUE}).")
        private Duration timeout = Duration.ofMinutes(30);

        @Option(
                names = {"-o", "--output"},
                paramLabel = "table|json",
                description = "A table, or what the server says (default: ${DEFAULT-VALUE}).")
        private String output = "table";

        WhatIf(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var isFile = Files.isRegularFile(environment().resolve(bundle));
            var id = isFile ? Field.text(add(client, environment(), bundle), "id") : BundleNumbers.of(client, bundle);
            var asked = client.post("/what-ifs", Bodies.json(json -> json.member("bundle", Long.parseLong(id))));
            var done = WhatIfs.await(client, environment(), Field.text(asked, "id"), timeout);
            if (output.equals("json")) {
                environment().out().print(ListArguments.indented(done));
            } else {
                WhatIfs.printTable(client, environment(), Field.text(asked, "id"));
            }
            return ExitCode.PASS;
        }
    }

    /// Forgets one.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove a bundle that is not active.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "ID", description = "Its number.")
        private String id = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(id));
            say("removed bundle " + id);
            return ExitCode.PASS;
        }
    }
}
