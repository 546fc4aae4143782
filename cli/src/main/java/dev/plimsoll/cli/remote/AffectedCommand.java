package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which images have it?
@Command(name = "affected", mixinStandardHelpOptions = true, description = "List the images that a vulnerability hits.")
final class AffectedCommand extends RemoteTask {

    private static final List<Field> FIELDS = List.of(
            Field.digest("DIGEST", "digest"),
            Field.wrapped("NAMES", "names"),
            ofPackages("SEVERITY", "severity"),
            ofPackages("PACKAGE", "package"),
            ofPackages("VERSION", "version"),
            ofPackages("FIXED IN", "fixed_in"));

    @Parameters(paramLabel = "ID", description = "A vulnerability: CVE-2026-1234, GHSA-….")
    private String id = "";

    @Mixin
    private final ListArguments list = new ListArguments();

    /// What is different of the packages that it hits.
    private static Field ofPackages(String title, String member) {
        return new Field(
                title,
                true,
                image -> image.objects("packages").stream()
                        .map(hit -> Field.text(hit, member))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    AffectedCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        return list.print(
                environment(),
                client,
                "/vulnerabilities/" + Query.encoded(id) + "/images",
                Query.NONE,
                FIELDS,
                "no image that the server knows has " + id);
    }
}
