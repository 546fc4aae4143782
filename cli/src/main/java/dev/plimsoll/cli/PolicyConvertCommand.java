package dev.plimsoll.cli;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.BundleConverter;
import dev.plimsoll.policy.bundle.BundleConverter.Converted;
import dev.plimsoll.policy.bundle.BundleConverter.Refused;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a bundle in another format.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Write a policy bundle in Anchore's other format, in JSON or YAML.",
        footer = {
            "",
            "What one format cannot say is kept, and named in a warning; ids in allowlists go on matching.",
            "",
            "Examples:",
            "  plimsoll policy convert bundle.json --to 2 --yaml -o policy.yaml",
            "  plimsoll policy convert policy.yaml --to 1_0 --for-anchore -o bundle.json",
            "",
            "Exit codes: 0 converted; 1 the bundle has errors."
        })
final class PolicyConvertCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(index = "0", paramLabel = "FILE", description = "The bundle, in JSON or YAML.")
    private String file = "";

    @Option(
            names = "--to",
            paramLabel = "1_0|2",
            description = "The format: 1_0 is Anchore Engine's, 2 Anchore Enterprise's; default: the bundle's own.")
    private @Nullable String version;

    @Option(names = "--yaml", description = "Write YAML; so does a file name that ends in .yaml or .yml.")
    private boolean yaml;

    @Option(
            names = "--for-anchore",
            description =
                    "Leave out what Anchore's product of that format does not know: Plimsoll's own members, gates and triggers, and in 2 the gates npms and ruby_gems.")
    private boolean forAnchore;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to write; default: standard output.")
    private @Nullable String out;

    PolicyConvertCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (version != null && !BundleConverter.versions().contains(version)) {
            throw CommandException.usage("--to: '" + version + "' is no format; formats are "
                    + String.join(" and ", BundleConverter.versions()));
        }
        var path = environment.resolve(file);
        return switch (BundleConverter.convert(
                path.toString(), PolicyFiles.bytes(path), Optional.ofNullable(version), forAnchore)) {
            case Converted(JsonObject bundle, var warnings) -> {
                var target = new BundleTarget(environment, Optional.ofNullable(out));
                target.write(
                        yaml || target.name().toLowerCase(Locale.ROOT).matches(".*\\.ya?ml")
                                ? BundleTarget.yaml(bundle)
                                : BundleTarget.json(bundle));
                warnings.forEach(warning -> environment.err().println("plimsoll: warning: " + warning));
                yield ExitCode.PASS.code();
            }
            case Refused(var errors) -> {
                var text = new StringBuilder("the policy bundle " + path + " cannot be converted");
                errors.forEach(error -> text.append("\n  ").append(error));
                throw CommandException.usage(text.toString());
            }
        };
    }
}
