package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.policy.bundle.BundleConverter;
import dev.plimsoll.policy.bundle.BundleSchema;
import dev.plimsoll.policy.testing.TestFileSchema;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints the schema of a bundle's format.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description =
                "Print the JSON Schema of policy bundles, or of their tests, by which editors complete and check them.",
        footer = {
            "",
            "In an editor that knows the YAML language server, the first line of a bundle names it:",
            "  # yaml-language-server: $schema=policy-2.schema.json"
        })
final class PolicySchemaCommand implements Callable<Integer> {

    /// What is printed for files of tests.
    private static final String TESTS = "test";

    private final Environment environment;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "2",
            paramLabel = "1_0|2|test",
            description = "The format; test is that of policy test's files (default: ${DEFAULT-VALUE}).")
    private String version = "2";

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to write; default: standard output.")
    private @Nullable String out;

    PolicySchemaCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var target = new BundleTarget(environment, Optional.ofNullable(out));
        if (version.equals(TESTS)) {
            target.write(BundleTarget.json(TestFileSchema.schema()));
            return ExitCode.PASS.code();
        }
        if (!BundleConverter.versions().contains(version)) {
            throw CommandException.usage("'" + version + "' is no format; formats are "
                    + String.join(", ", BundleConverter.versions()) + ", " + TESTS);
        }
        target.write(BundleTarget.json(BundleSchema.ofFormat(version)));
        return ExitCode.PASS.code();
    }
}
