package dev.plimsoll.cli;

import dev.plimsoll.advisory.AdvisoryException;
import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.cli.command.Version;
import dev.plimsoll.cli.remote.RemoteCommand;
import dev.plimsoll.inventory.scan.ImageScanner;
import dev.plimsoll.report.PlainText;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// The command `plimsoll`.
public final class Main {

    /// Its script names every command.
    private static final String COMPLETION = "completion";

    private static final String REMOTE = "remote";

    /// The commands that read an image.
    private static final Set<String> SCANNING = Set.of("check", "sbom", "vulns", "explain");

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        prepare(arguments);
        var code = run(arguments, Environment.ofProcess());
        System.exit(code);
    }

    /// One core reads the options, another makes ready for the image: a tenth of a second on two cores. What fails
    /// there
    /// fails again, and is told, where it is needed.
    static void prepare(String[] arguments) {
        if (arguments.length > 0 && SCANNING.contains(arguments[0])) {
            Thread.ofPlatform()
                    .daemon()
                    .name("prepare")
                    .uncaughtExceptionHandler((_, _) -> {})
                    .start(ImageScanner::prepare);
        }
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
            var code = commandLine(environment, arguments).execute(arguments);
            return environment
                    .outputFailure()
                    .map(words -> complain(environment, words))
                    .orElse(code);
        } catch (CommandException e) {
            return complain(environment, e);
        } catch (OutOfMemoryError _) {
            return complain(environment, CommandException.usage(outOfMemory()));
        }
    }

    /// What remains to be said when the heap is full: how large it is, and how to give more.
    static String outOfMemory() {
        return "this needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB that are allowed; PLIMSOLL_JAVA_OPTS=-Xmx2g allows more";
    }

    /// All commands, wired by hand in this one place, in the order of the help.
    ///
    /// @param second word of the command line
    private static Map<String, Function<Environment, CommandLine>> commands(String second) {
        var commands = new LinkedHashMap<String, Function<Environment, CommandLine>>();
        commands.put("check", environment -> new CommandLine(new CheckCommand(environment)));
        commands.put("sbom", environment -> new CommandLine(new SbomCommand(environment)));
        commands.put("vulns", environment -> new CommandLine(new VulnsCommand(environment)));
        commands.put("explain", environment -> new CommandLine(new ExplainCommand(environment)));
        commands.put("image", ImageCommand::withSubcommands);
        commands.put("analyzers", environment -> new CommandLine(new AnalyzersCommand(environment)));
        commands.put("db", DatabaseCommand::withSubcommands);
        commands.put("policy", PolicyCommand::withSubcommands);
        commands.put("waiver", WaiverCommand::withSubcommands);
        commands.put(REMOTE, environment -> RemoteCommand.withSubcommands(environment, second));
        commands.put(COMPLETION, environment -> new CommandLine(new CompletionCommand(environment)));
        return commands;
    }

    /// The command line for these arguments. To reflect on the options of every command takes a tenth of a second, so
    /// the one that the first argument names is made alone where nothing needs the others: not the help, not a
    /// suggestion for a name that is mistyped, not a configuration file whose keys may be another command's.
    static CommandLine commandLine(Environment environment, String... arguments) {
        var settings = Settings.load(environment, namedConfiguration(arguments));
        var named = arguments.length == 0 ? "" : arguments[0];
        var mayBeAlone = !named.equals(COMPLETION) && settings.fileIsEmpty();
        var commands = commands(mayBeAlone && arguments.length > 1 ? arguments[1] : "");
        var alone = mayBeAlone && commands.containsKey(named);
        var line = new CommandLine(new PlimsollCommand());
        // The largest family by far: with a configuration file the others do without it, unless a key is its own.
        var withoutRemote = commands.containsKey(named) && !named.equals(REMOTE) && !named.equals(COMPLETION);
        commands.forEach((name, command) -> {
            if (alone ? name.equals(named) : !withoutRemote || !name.equals(REMOTE)) {
                line.addSubcommand(name, command.apply(environment));
            }
        });
        if (!alone) {
            line.addSubcommand(new CommandLine.HelpCommand());
            if (withoutRemote && !settings.fits(line.getCommandSpec())) {
                line.addSubcommand(REMOTE, RemoteCommand.withSubcommands(environment, ""));
            }
            settings.check(line.getCommandSpec());
        }
        ofAll(line);
        line.setDefaultValueProvider(settings);
        line.setOut(writer(environment.out()));
        line.setErr(writer(environment.err()));
        line.setUsageHelpWidth(Math.clamp(environment.width(), 60, 120));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                environment.wantsColour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        Values.register(line);
        line.setParameterExceptionHandler((e, given) -> wrongUsage(environment, settings, e, given));
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
        // a message may quote what stands in an image or a record, and it goes to a terminal
        var safe = String.valueOf(e.getMessage()).lines().map(PlainText::of).collect(Collectors.joining("\n"));
        environment.err().println("plimsoll: " + safe);
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
