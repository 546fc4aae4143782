package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The command `plimsoll`.
public final class Main {

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        var code = run(arguments, Environment.ofProcess());
        System.exit(code);
    }

    /// Runs one command; nothing that it needs of the world comes from elsewhere than `environment`.
    ///
    /// @return the exit code, see {@link ExitCode}
    static int run(String[] arguments, Environment environment) {
        try {
            // The one question that scripts ask often needs no options.
            if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
                environment.out().println("plimsoll " + Version.text());
                return environment
                        .outputFailure()
                        .map(words -> complain(environment, words))
                        .orElse(ExitCode.PASS.code());
            }
            var line = commandLine(environment, namedConfiguration(arguments));
            var code = line.execute(arguments);
            return environment
                    .outputFailure()
                    .map(words -> complain(environment, words))
                    .orElse(code);
        } catch (CommandException e) {
            return complain(environment, e);
        }
    }

    /// All commands, wired by hand in this one place.
    static CommandLine commandLine(Environment environment, Optional<String> configuration) {
        var settings = Settings.load(environment, configuration);
        var line = new CommandLine(new PlimsollCommand());
        line.addSubcommand(new CheckCommand(environment));
        line.addSubcommand(new SbomCommand(environment));
        line.addSubcommand(new VulnsCommand(environment));
        line.addSubcommand(new ExplainCommand(environment));
        line.addSubcommand(DatabaseCommand.withSubcommands(environment));
        line.addSubcommand(PolicyCommand.withSubcommands(environment));
        line.addSubcommand(new CompletionCommand(environment));
        line.addSubcommand(new CommandLine.HelpCommand());
        settings.check(line.getCommandSpec());
        ofAll(line);
        line.setDefaultValueProvider(settings);
        line.setOut(writer(environment.out()));
        line.setErr(writer(environment.err()));
        line.setUsageHelpWidth(Math.clamp(environment.width(), 60, 120));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                environment.wantsColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        Values.register(line);
        line.setParameterExceptionHandler((e, arguments) -> wrongUsage(environment, settings, e, arguments));
        line.setExecutionExceptionHandler((e, _, _) -> failed(environment, e));
        return line;
    }

    private static PrintWriter writer(PrintStream out) {
        return new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    }

    /// What holds for every command: `plimsoll check --version` asks for the version of the whole, and help lists
    /// options as they are declared, the important ones first.
    private static void ofAll(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
        line.getSubcommands().values().forEach(Main::ofAll);
    }

    private static int wrongUsage(
            Environment environment, Settings settings, CommandLine.ParameterException e, String[] arguments) {
        environment.err().println("plimsoll: " + wrongUsageText(settings, e, arguments));
        environment.err().println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.ERROR.code();
    }

    private static String wrongUsageText(Settings settings, CommandLine.ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            var first = unmatched.getUnmatched().getFirst();
            if (first.startsWith("-")) {
                var name = first.replaceFirst("=.*", "");
                return "there is no option '" + name + "'"
                        + NearNames.question(
                                name, command.getCommandSpec().optionsMap().keySet());
            }
            var commands = command.getSubcommands().keySet();
            return commands.isEmpty()
                    ? "'" + first + "' is one argument too many"
                    : "there is no command '" + first + "'; commands are " + String.join(", ", commands)
                            + NearNames.question(first, commands);
        }
        if (e.getArgSpec() instanceof OptionSpec option && !isGiven(option, arguments)) {
            return e.getMessage() + settings.origin(option);
        }
        return String.valueOf(e.getMessage());
    }

    private static boolean isGiven(OptionSpec option, String[] arguments) {
        for (var argument : arguments) {
            for (var name : option.names()) {
                if (argument.equals(name) || argument.startsWith(name.startsWith("--") ? name + "=" : name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whatever happens, a user reads a sentence and never a stack trace; PLIMSOLL_DEBUG=1 shows one to who looks for
    /// the defect.
    private static int failed(Environment environment, Exception e) {
        if (e instanceof CommandException known) {
            return complain(environment, known);
        }
        if (e instanceof AdvisoryException unreadable) {
            return complain(environment, CommandException.usage(unreadable));
        }
        environment
                .err()
                .println("plimsoll: this should not happen (" + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + "); please report it, with what PLIMSOLL_DEBUG=1 prints");
        if (environment.variable("PLIMSOLL_DEBUG").isPresent()) {
            e.printStackTrace(environment.err());
        }
        return ExitCode.ERROR.code();
    }

    private static int complain(Environment environment, String words) {
        return complain(environment, CommandException.usage(words));
    }

    private static int complain(Environment environment, CommandException e) {
        environment.err().println("plimsoll: " + e.getMessage());
        return e.exitCode().code();
    }

    /// The configuration must be known before options get their defaults.
    private static Optional<String> namedConfiguration(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--config") && i + 1 < arguments.length) {
                return Optional.of(arguments[i + 1]);
            }
            if (arguments[i].startsWith("--config=")) {
                return Optional.of(arguments[i].substring("--config=".length()));
            }
        }
        return Optional.empty();
    }
}
