package dev.plimsoll.cli.remote;

import dev.plimsoll.cli.command.CommandException;
import dev.plimsoll.cli.command.Environment;
import dev.plimsoll.cli.command.ExitCode;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Who did what.
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "List who did what in the account, the last first.")
final class AuditCommand extends RemoteTask {

    private static final List<Field> FIELDS = List.of(
            Field.of("NUMBER", "sequence"),
            Field.of("AT", "at"),
            Field.wrapped("WHO", "actor"),
            Field.wrapped("DID", "action"),
            Field.wrapped("WITH", "object"),
            Field.wrapped("DETAILS", "details"));

    @Option(
            names = "--verify",
            description = "Only say whether the log is whole: each entry holds the digest of the one before.")
    private boolean verify;

    @Mixin
    private final ListArguments list = new ListArguments();

    AuditCommand(Environment environment) {
        super(environment);
    }

    @Override
    ExitCode run(RemoteClient client) {
        if (!verify) {
            return list.print(environment(), client, "/audit", Query.NONE, FIELDS, "nothing happened");
        }
        var answer = client.get("/audit/verification");
        if (!answer.get("intact").equals(Optional.of(new JsonBoolean(true)))) {
            throw CommandException.usage("the audit log is broken at entry " + Field.text(answer, "sequence") + ": "
                    + Field.text(answer, "reason"));
        }
        say("the audit log is whole: " + Field.text(answer, "entries") + " entries");
        return ExitCode.PASS;
    }
}
