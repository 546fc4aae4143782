package dev.plimsoll.policy.gate;

import dev.plimsoll.advisory.Exploitation.Known;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.policy.NextChange;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Gate `kev`: what CISA's catalogue of known exploited vulnerabilities demands, and by when.
///
/// Source: CISA, Binding Operational Directive 22-01 and the catalogue's schema: `dueDate` is the day by which agencies
/// must have acted, so that it is past when the next day begins. Days are those of UTC.
final class KevGate implements Gate {

    private static final Parameter<Integer> DAYS_BEFORE = Parameter.of("days_before", ValueTypes.INTEGER)
            .describedAs("Days by which to fire earlier: what becomes due soon.")
            .like("3")
            .orElse(0);
    private static final Parameter<Integer> DAYS_AFTER_ENTRY = Parameter.of("days_after_entry", ValueTypes.INTEGER)
            .describedAs("Counts as due so many days after the entry into the catalogue, in place of CISA's own date.")
            .like("14");
    private static final Parameter<Boolean> RANSOMWARE = Parameter.of("ransomware_only", ValueTypes.BOOLEAN)
            .describedAs("Only vulnerabilities that are known to be used in ransomware campaigns.")
            .like("true")
            .orElse(false);

    @Override
    public String name() {
        return "kev";
    }

    @Override
    public String description() {
        return "Due dates of CISA's catalogue of known exploited vulnerabilities.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("due_date_passed")
                .describedAs("Fires for each known exploited vulnerability whose day to be mended has passed.")
                .with(DAYS_BEFORE, DAYS_AFTER_ENTRY, RANSOMWARE)
                .judgedBy(KevGate::judge));
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var firings = new ArrayList<Firing>();
        var gaps = new ArrayList<>(VulnerabilitiesGate.gaps(subject, _ -> true));
        gaps.addAll(VulnerabilitiesGate.gapsOfCatalogue(subject));
        var dateless = new TreeSet<String>();
        var change = Optional.<NextChange>empty();
        for (var finding : subject.matches().findings()) {
            var known =
                    finding.exploitation().known().filter(entry -> entry.ransomware() || !arguments.get(RANSOMWARE));
            if (known.isEmpty()) {
                continue;
            }
            var due = due(arguments, known.get());
            if (due.isEmpty()) {
                dateless.add(finding.id());
                continue;
            }
            var from = from(arguments, due.get());
            if (from.isAfter(subject.at())) {
                var why = finding.id() + " in " + finding.item().name() + " is due by " + due.get();
                change = NextChange.first(change, Optional.of(new NextChange(from, why)));
            } else {
                firings.add(firing(finding, known.get(), due.get(), arguments));
            }
        }
        if (!dateless.isEmpty()) {
            gaps.add(Gap.unknown("the catalogue names no due date for " + String.join(", ", dateless) + "; "
                    + DAYS_AFTER_ENTRY.name() + " counts from the entry"));
        }
        return Outcome.of(firings, gaps).until(change);
    }

    private static Optional<LocalDate> due(Arguments arguments, Known known) {
        return arguments
                .find(DAYS_AFTER_ENTRY)
                .map(days -> known.added().plusDays(days))
                .or(known::due);
    }

    private static Instant from(Arguments arguments, LocalDate due) {
        return due.plusDays(1)
                .minusDays(arguments.get(DAYS_BEFORE))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static Firing firing(Finding finding, Known known, LocalDate due, Arguments arguments) {
        var message = finding.id() + " in " + finding.item().name() + " "
                + finding.item().version() + " is known to be exploited since " + known.added() + ": due by " + due
                + (arguments.gives(DAYS_AFTER_ENTRY)
                        ? ", counted from the entry into the catalogue"
                        : ", as CISA demands");
        var ids = VulnerabilityIds.of(finding);
        return Firing.of(ids.key(), message, message, VulnerabilityIds.remedy(finding))
                .withId(ids.triggerId(), ids.otherIds())
                .about(finding);
    }
}
