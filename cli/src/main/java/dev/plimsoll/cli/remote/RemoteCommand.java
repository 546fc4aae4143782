package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/// Everything that a Plimsoll server can be asked from a terminal.
public final class RemoteCommand {

    private RemoteCommand() {}

    /// All commands, in the order of the help.
    private static Map<String, Function<Environment, CommandLine>> commands() {
        var commands = new LinkedHashMap<String, Function<Environment, CommandLine>>();
        commands.put("login", environment -> new CommandLine(new LoginCommand(environment)));
        commands.put("logout", environment -> new CommandLine(new LogoutCommand(environment)));
        commands.put("check", environment -> new CommandLine(new RemoteCheckCommand(environment)));
        commands.put("add", environment -> new CommandLine(new AddCommand(environment)));
        commands.put("images", environment -> new CommandLine(new ImagesCommand(environment)));
        commands.put("findings", environment -> new CommandLine(new FindingsCommand(environment)));
        commands.put("affected", environment -> new CommandLine(new AffectedCommand(environment)));
        commands.put("verdict", environment -> new CommandLine(new VerdictCommand(environment)));
        commands.put("watches", WatchesCommand::of);
        commands.put("bundles", BundlesCommand::of);
        commands.put("waivers", WaiversCommand::of);
        commands.put("data", DataCommand::of);
        commands.put("channels", ChannelsCommand::of);
        commands.put("subscribe", environment -> new CommandLine(new SubscribeCommand(environment)));
        commands.put("subscriptions", SubscriptionsCommand::of);
        commands.put("deliveries", DeliveriesCommand::of);
        commands.put("jobs", JobsCommand::of);
        commands.put("registry", RegistriesCommand::of);
        commands.put("users", UsersCommand::of);
        commands.put("keys", KeysCommand::of);
        commands.put("audit", environment -> new CommandLine(new AuditCommand(environment)));
        return commands;
    }

    /// The command with its subcommands.
    ///
    /// @param alone the one subcommand that is needed, where that is known: to reflect on all takes
    ///     a while;
    ///     a name that is none means all
    public static CommandLine withSubcommands(Environment environment, String alone) {
        var commands = commands();
        var line = CommandGroup.of(
                "remote", "Work with a Plimsoll server: images are judged there, and people told what changes.");
        commands.forEach((name, command) -> {
            if (!commands.containsKey(alone) || name.equals(alone)) {
                line.addSubcommand(name, command.apply(environment));
            }
        });
        return line;
    }
}
