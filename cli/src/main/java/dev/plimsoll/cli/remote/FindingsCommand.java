package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.cli.command.Instants;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists the vulnerabilities of an image, as of now or of then.
@Command(name = "findings", mixinStandardHelpOptions = true, description = "List the vulnerabilities of an image.")
final class FindingsCommand extends RemoteTask {

    private static final List<Field> FIELDS = List.of(
            Field.of("VULNERABILITY", "id"),
            Field.of("SEVERITY", "severity"),
            Field.wrapped("PACKAGE", "package"),
            Field.wrapped("VERSION", "version"),
            Field.wrapped("FIXED IN", "fixed_in"),
            Field.of("EXPLOITED", "known_exploited"),
            Field.of("SINCE", "first_seen"),
            Field.wrapped("SUPPRESSED", "suppressed"));

    @Parameters(paramLabel = "IMAGE", description = "A reference that the server knows, or a digest.")
    private String image = "";

    @Option(names = "--severity", paramLabel = "SEVERITY", description = "Only those at least so severe.")
    private @Nullable String severity;

    @Option(names = "--fixable", description = "Only those for which there is a fix.")
    private boolean fixable;

    @Option(names = "--known-exploited", description = "Only those that are known to be exploited (CISA KEV).")
    private boolean knownExploited;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = Instants.class,
            description = "As they were known at this instant.")
    private @Nullable Instant at;

    @Mixin
    private final ListArguments list = new ListArguments();

    FindingsCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        var query = Query.NONE
                .with("severity", severity)
                .with("fixable", fixable)
                .with("known_exploited", knownExploited)
                .at(at);
        return list.print(
                environment(),
                client,
                "/images/" + KnownImage.of(client, image, at).digest() + "/findings",
                query,
                FIELDS,
                "no vulnerabilities");
    }
}
