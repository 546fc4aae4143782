package dev.plimsoll.server;

import dev.plimsoll.server.configuration.Configuration;
import dev.plimsoll.server.configuration.ConfigurationException;
import dev.plimsoll.server.configuration.Setting;
import dev.plimsoll.server.configuration.Settings;
import dev.plimsoll.server.monitoring.Logs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `plimsoll server`: the service and what belongs to it. Its options are the declared settings.
public final class Main {

    private static final String CONFIG = "config";
    private static final List<String> FORMATS = List.of("text", "json");
    private static final List<String> LEVELS = List.of("debug", "info", "warn", "error");

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> variables;

    private Main(PrintStream out, PrintStream err, Map<String, String> variables) {
        this.out = out;
        this.err = err;
        this.variables = Map.copyOf(variables);
    }

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err, System.getenv()));
    }

    /// @return 0 where it went well, 1 where it did not
    static int run(String[] arguments, PrintStream out, PrintStream err, Map<String, String> variables) {
        return new Main(out, err, variables).run(arguments);
    }

    private int run(String[] arguments) {
        var line = new CommandLine(specification());
        line.setExecutionStrategy(this::guarded);
        line.setParameterExceptionHandler((e, _) -> {
            err.println("plimsoll: " + e.getMessage());
            err.println("see: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return 1;
        });
        line.setOut(new java.io.PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8));
        return line.execute(arguments);
    }

    /// Whatever happens, a person reads a sentence; PLIMSOLL_DEBUG=1 shows the trace to who looks for the defect.
    private int guarded(ParseResult parsed) {
        try {
            return execute(parsed);
        } catch (ConfigurationException e) {
            err.println("plimsoll: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            err.println("plimsoll: " + sentence(e));
            if (variables.containsKey("PLIMSOLL_DEBUG")) {
                e.printStackTrace(err);
            }
        }
        return 1;
    }

    /// What went wrong, the innermost sentence where the outer ones are frames of libraries.
    private static String sentence(Exception e) {
        Throwable cause = e;
        for (var next = e.getCause(); next != null; next = next.getCause()) {
            cause = next;
        }
        var own = String.valueOf(e.getMessage());
        var inner = String.valueOf(cause.getMessage());
        return own.contains(inner) ? own : own + ": " + inner;
    }

    private static CommandSpec specification() {
        var server = command(
                "plimsoll server", "Run the service: scan once, remember, and tell people when the world changes.");
        server.usageMessage()
                .footer(
                        "",
                        "Each option may stand in a file (--config) or in a variable: --port is PLIMSOLL_SERVER_PORT.",
                        "Secrets have no option: PLIMSOLL_SERVER_DATABASE_PASSWORD, or …_FILE with the name of a file.");
        server.addSubcommand(
                "config",
                new CommandLine(command("config", "Look at the settings."))
                        .addSubcommand("show", command("show", "Show each setting's value and where it comes from.")));
        server.addSubcommand(
                "backup",
                with(
                        command("backup", "Write everything that the service keeps to one file."),
                        "FILE",
                        "The file to write."));
        server.addSubcommand(
                "restore",
                with(
                        command("restore", "Fill an empty service with what a backup holds."),
                        "FILE",
                        "The file that `backup` wrote."));
        var doctor = command("doctor", "Look whether everything is as it should be.");
        doctor.addOption(OptionSpec.builder("--fix")
                .description("Delete objects that nothing names and that are older than a day.")
                .build());
        doctor.addOption(OptionSpec.builder("--thorough")
                .description("Read every object to its end, which may take long.")
                .build());
        server.addSubcommand("doctor", doctor);
        return server;
    }

    private static CommandSpec command(String name, String description) {
        var command = CommandSpec.create().name(name);
        command.usageMessage().description(description).sortOptions(false).abbreviateSynopsis(true);
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        command.addOption(OptionSpec.builder("--" + CONFIG)
                .paramLabel("FILE")
                .type(String.class)
                .description("A file of settings, YAML.")
                .build());
        for (var setting : Settings.ALL) {
            if (!setting.secret()) {
                command.addOption(option(setting));
            }
        }
        return command;
    }

    private static OptionSpec option(Setting setting) {
        var standard = setting.standard().isEmpty() ? "" : " Default: " + setting.standard() + ".";
        return OptionSpec.builder(setting.flag())
                .paramLabel(setting.label())
                .type(String.class)
                .description((setting.description() + standard).replace("%", "%%"))
                .build();
    }

    private static CommandSpec with(CommandSpec command, String label, String description) {
        command.addPositional(PositionalParamSpec.builder()
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build());
        return command;
    }

    private int execute(ParseResult parsed) throws IOException {
        var last = parsed;
        Map<String, String> flags = new HashMap<>();
        Optional<Path> file =
                Optional.ofNullable(variables.get("PLIMSOLL_SERVER_CONFIG")).map(Path::of);
        for (var at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            last = at;
            if (at.isUsageHelpRequested()) {
                at.commandSpec().commandLine().usage(out, CommandLine.Help.Ansi.OFF);
                return 0;
            }
            for (var setting : Settings.ALL) {
                String value = at.matchedOptionValue(setting.flag(), null);
                if (value != null) {
                    flags.put(setting.name(), value);
                }
            }
            String named = at.matchedOptionValue("--" + CONFIG, null);
            if (named != null) {
                file = Optional.of(Path.of(named));
            }
        }
        var configuration = Configuration.of(flags, variables, file);
        Logs.configure(
                configuration.word(Settings.LOG_FORMAT, FORMATS).equals("json"),
                configuration.word(Settings.LOG_LEVEL, LEVELS));
        var innermost = last;
        return switch (innermost.commandSpec().name()) {
            case "config", "show" -> show(configuration);
            case "backup" -> maintain(configuration, work -> work.backup(file(innermost)));
            case "restore" -> maintain(configuration, work -> work.restore(file(innermost)));
            case "doctor" ->
                maintain(
                        configuration,
                        work -> work.doctor(
                                innermost.hasMatchedOption("--fix"), innermost.hasMatchedOption("--thorough")));
            default -> serve(configuration);
        };
    }

    private static Path file(ParseResult parsed) {
        return Path.of(parsed.<String>matchedPositionalValue(0, ""));
    }

    /// Something that is done with what the service keeps.
    @FunctionalInterface
    private interface Work {
        int with(Maintenance maintenance) throws IOException;
    }

    private int maintain(Configuration configuration, Work work) throws IOException {
        try (var storage = Storage.open(configuration, variables)) {
            return work.with(new Maintenance(storage, out, InstantSource.system()));
        }
    }

    private int serve(Configuration configuration) throws IOException {
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        // the process ends when the service has: what has begun comes to its end
        var hook = new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var storage = Storage.open(configuration, variables);
            try (var service = Service.start(configuration, storage, variables, InstantSource.system())) {
                announce(configuration, service, storage);
                stop.await();
                err.println("plimsoll: stopping");
            }
            return 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            stopped.countDown();
        }
    }

    private void announce(Configuration configuration, Service service, Storage storage) {
        var scheme = configuration.text(Settings.TLS_CERTIFICATE).isPresent() ? "https" : "http";
        out.println("plimsoll server listens on " + scheme + "://"
                + configuration.value(Settings.HOST).text() + ":" + service.port());
        out.println("data: " + storage.places().data());
        service.firstKey()
                .ifPresent(key -> out.println("first key (account default, role admin; shown this once): " + key));
        out.flush();
    }

    private int show(Configuration configuration) {
        Function<Setting, String> shown = setting -> {
            var text = DatabaseUrl.shown(configuration.value(setting).text());
            return text.isEmpty() ? "-" : setting.secret() ? "(secret)" : text;
        };
        int name = Settings.ALL.stream()
                .mapToInt(each -> each.name().length())
                .max()
                .orElse(0);
        int value = Settings.ALL.stream()
                .mapToInt(each -> shown.apply(each).length())
                .max()
                .orElse(0);
        for (var setting : Settings.ALL) {
            out.println(pad(setting.name(), name) + "  " + pad(shown.apply(setting), value) + "  "
                    + configuration.value(setting).origin());
        }
        return 0;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
