package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonObject;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Ways to tell people.
final class ChannelsCommand {

    private static final String PATH = "/channels";

    private ChannelsCommand() {}

    static CommandLine of(Environment environment) {
        return CommandGroup.of(
                "channels",
                "Ways to tell people: webhook, Slack, Jira, e-mail.",
                new Ls(environment),
                new Add(environment),
                new Show(environment),
                new Test(environment),
                new Pause(environment),
                new Resume(environment),
                new Redeliver(environment),
                new Rm(environment));
    }

    /// Lists channels.
    @Command(name = "ls", mixinStandardHelpOptions = true, description = "List the channels.")
    static final class Ls extends RemoteTask {

        private static final List<Field> FIELDS = List.of(
                Field.wrapped("CHANNEL", "name"),
                Field.of("KIND", "kind"),
                Field.of("STATE", "state"),
                Field.wrapped("REASON", "reason"),
                Field.of("WAITING", "waiting"),
                Field.of("DEAD", "dead"),
                Field.wrapped("SETTINGS", "settings"));

        @Mixin
        private final ListArguments list = new ListArguments();

        Ls(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            return list.print(environment(), client, PATH, Query.NONE, FIELDS, "no channels");
        }
    }

    /// Adds one.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Add a channel; `channels test` tries it.",
            footer = {
                "",
                "docs/channels.md tells the settings of each kind. A setting is NAME=TEXT, or NAME:=JSON where it is no text.",
                "Secrets come on standard input, one a line, in the order of --secret-stdin.",
                "",
                "Examples:",
                "  plimsoll remote channels add slack shop --secret-stdin webhook_url < slack-url",
                "  plimsoll remote channels add jira tickets --set url=https://example.atlassian.net --set project=SEC --set user=bot@example.org --secret-stdin token < token",
                "  plimsoll remote channels add webhook ci --set url=https://ci.example/hook"
            })
    static final class Add extends RemoteTask {

        @Parameters(index = "0", paramLabel = "webhook|slack|jira|email", description = "What kind it is.")
        private String kind = "";

        @Parameters(index = "1", paramLabel = "NAME", description = "What it is called from now on.")
        private String name = "";

        @Option(
                names = "--set",
                split = "\n",
                paramLabel = "NAME=TEXT",
                description = "A setting of the channel; may be given several times.")
        private List<String> settings = List.of();

        @Option(
                names = "--secret-stdin",
                split = "[,\n]",
                splitSynopsisLabel = ",",
                paramLabel = "NAME",
                description = "A secret of the channel, read from standard input: one line for each.")
        private List<String> secrets = List.of();

        Add(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var given = ChannelSettings.of(settings);
            var hidden = ChannelSettings.secrets(environment(), secrets);
            var added = client.post(
                    PATH,
                    Bodies.json(json -> json.member("name", name)
                            .member("kind", kind)
                            .member("settings", given)
                            .member("secrets", hidden)));
            say("added the channel " + name + "; `plimsoll remote channels test " + name + "` tries it");
            tellOfMade(added);
            return ExitCode.PASS;
        }

        /// What the server made itself, as the key of a webhook's signatures; it is shown once.
        private void tellOfMade(JsonObject added) {
            var made = added.object("made_secrets");
            made.members()
                    .keySet()
                    .forEach(secret -> say(secret + " (keep it, it is not shown again): " + Field.text(made, secret)));
        }
    }

    /// Tells one.
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Say all of a channel but its secrets.")
    static final class Show extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Show(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            environment().out().print(ListArguments.indented(client.get(PATH + "/" + Query.encoded(name))));
            return ExitCode.PASS;
        }
    }

    /// Tries one.
    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = "Send a message by a channel now, and say what came back.")
    static final class Test extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Test(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            var answer = client.post(PATH + "/" + Query.encoded(name) + "/test");
            var outcome =
                    answer.string("outcome").or(() -> answer.string("state")).orElse("delivered");
            var words =
                    answer.string("answer").or(() -> answer.string("reason")).orElse("");
            if (!outcome.equals("delivered")) {
                throw CommandException.usage(
                        "the channel " + name + " does not work: " + outcome + (words.isEmpty() ? "" : ", " + words));
            }
            say("the channel " + name + " works" + (words.isEmpty() ? "" : ": " + words));
            return ExitCode.PASS;
        }
    }

    /// Pauses one.
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Send nothing by a channel for now; what is to be sent waits.")
    static final class Pause extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Pause(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.patch(PATH + "/" + Query.encoded(name), Bodies.json(json -> json.member("state", "paused")));
            say("the channel " + name + " is paused; `plimsoll remote channels resume " + name + "` goes on");
            return ExitCode.PASS;
        }
    }

    /// Goes on with one.
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Go on with a channel that was paused, by somebody or because nothing arrived.")
    static final class Resume extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Resume(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.patch(PATH + "/" + Query.encoded(name), Bodies.json(json -> json.member("state", "active")));
            say("the channel " + name + " sends again");
            return ExitCode.PASS;
        }
    }

    /// Sends dead messages again.
    @Command(
            name = "redeliver",
            mixinStandardHelpOptions = true,
            description = "Send again all messages of a channel that nobody took.")
    static final class Redeliver extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Redeliver(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.post(PATH + "/" + Query.encoded(name) + "/redeliver");
            say("sends all dead messages of " + name + " again");
            return ExitCode.PASS;
        }
    }

    /// Removes one.
    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove a channel, with its subscriptions.")
    static final class Rm extends RemoteTask {

        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        Rm(Environment environment) {
            super(environment);
        }

        @Override
        ExitCode run(RemoteClient client) {
            client.delete(PATH + "/" + Query.encoded(name));
            say("removed the channel " + name);
            return ExitCode.PASS;
        }
    }
}
