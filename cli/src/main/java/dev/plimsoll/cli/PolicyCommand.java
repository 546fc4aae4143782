package dev.plimsoll.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Policy bundles: validate them.
@Command(name = "policy", mixinStandardHelpOptions = true, description = "Validate policy bundles.")
final class PolicyCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    static CommandLine withSubcommands(Environment environment) {
        var line = new CommandLine(new PolicyCommand());
        line.addSubcommand(new Validate(environment));
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "name a command: policy validate");
    }

    /// Says everything that is wrong with a bundle.
    @Command(
            name = "validate",
            mixinStandardHelpOptions = true,
            description = "Say everything that is wrong with a policy bundle.",
            footer = {"", "Exit codes: 0 the bundle can be used; 1 it has errors."})
    static final class Validate implements Callable<Integer> {

        private final Environment environment;

        @Parameters(index = "0", paramLabel = "FILE", description = "The bundle, in Anchore's JSON format 1_0 or 2.")
        private String file = "";

        @Option(names = "--allow-backtracking", description = "Let patterns use look-around and back-references.")
        private boolean allowBacktracking;

        Validate(Environment environment) {
            this.environment = environment;
        }

        @Override
        public Integer call() {
            var reading = PolicyFiles.reading(environment.resolve(file), allowBacktracking);
            var errors = reading.errors();
            var warnings = reading.warnings();
            errors.forEach(problem -> environment.out().println("error    " + problem));
            warnings.forEach(problem -> environment.out().println("warning  " + problem));
            var usable = errors.isEmpty() && reading.bundle().isPresent();
            environment
                    .out()
                    .println(file + ": "
                            + (usable
                                    ? "valid"
                                    : "not valid, " + errors.size() + (errors.size() == 1 ? " error" : " errors"))
                            + (warnings.isEmpty()
                                    ? ""
                                    : ", " + warnings.size() + (warnings.size() == 1 ? " warning" : " warnings")));
            environment.out().flush();
            return (usable ? ExitCode.PASS : ExitCode.ERROR).code();
        }
    }
}
