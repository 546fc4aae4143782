package dev.plimsoll.cli;

import dev.plimsoll.policy.bundle.BundleConverter;
import dev.plimsoll.policy.bundle.BundleSchema;
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
        description = "Print the JSON Schema of policy bundles, by which editors complete and check them.",
        footer = {
            "",
            "In an editor that knows the YAML language server, the first line of a bundle names it:",
            "  # yaml-language-server: $schema=policy-2.schema.json"
        })
final class PolicySchemaCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "2",
            paramLabel = "1_0|2",
            description = "The format (default: ${DEFAULT-VALUE}).")
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
        if (!BundleConverter.versions().contains(version)) {
            throw CommandException.usage(
                    "'" + version + "' is no format; formats are " + String.join(" and ", BundleConverter.versions()));
        }
        new BundleTarget(environment, Optional.ofNullable(out))
                .write(BundleTarget.json(BundleSchema.ofFormat(version)));
        return ExitCode.PASS.code();
    }
}
