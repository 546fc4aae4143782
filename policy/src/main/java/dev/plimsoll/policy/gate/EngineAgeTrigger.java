package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.content.MalwareScan;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Trigger `engine_age` of the gate `malware`. Anchore has none like it.
final class EngineAgeTrigger {

    private static final Parameter<Integer> MAX_DAYS = Parameter.of("max_days", ValueTypes.INTEGER)
            .describedAs("Days that the scanner's signatures may be old.")
            .like("7")
            .mustBeGiven();

    /// Source: C standard, `asctime`, by which clamd writes the date of its signatures; in its own time zone, which it
    /// does not tell.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);

    private EngineAgeTrigger() {}

    static Trigger declaration() {
        return Trigger.named("engine_age")
                .describedAs("Fires where the signatures that the virus scanner had are older. Its date counts as UTC.")
                .with(MAX_DAYS)
                .differingIn("Anchore has no such trigger.")
                .judgedBy(EngineAgeTrigger::judge);
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var scan = subject.inventory().contents().malware();
        if (scan.isEmpty()) {
            return Outcome.of(List.of(), List.of(MalwareGate.notScanned(subject)));
        }
        var date = date(scan.get().signatures());
        if (date.isEmpty()) {
            return Outcome.cannotJudge(
                    scan.get().outcome() == MalwareScan.Outcome.NOT_REACHABLE
                            ? "the virus scanner did not answer, so the age of its signatures is not known ("
                                    + MalwareGate.OPTION + ")"
                            : "the virus scanner did not tell the date of its signatures");
        }
        int days = arguments.get(MAX_DAYS);
        var end = Ages.firstBeyond(date.get(), days);
        if (subject.at().isBefore(end)) {
            return Outcome.quiet()
                    .until(Optional.of(new NextChange(
                            end, "the virus scanner's signatures are over " + Ages.days(days) + " old")));
        }
        var message = "The virus scanner's signatures are of " + date.get() + ", over " + Ages.days(days) + " old";
        return Outcome.of(List.of(Firing.ours(
                "engine_age",
                "signatures",
                message,
                Remedy.of("Update the scanner's signatures (freshclam), and scan the image again"))));
    }

    /// Empty where the text holds none.
    ///
    /// @param signatures `27500/Thu Jan  1 00:00:00 2026`
    static Optional<Instant> date(String signatures) {
        var text = signatures.substring(signatures.indexOf('/') + 1).strip().replaceAll(" +", " ");
        try {
            return Optional.of(LocalDateTime.parse(text, DATE).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
