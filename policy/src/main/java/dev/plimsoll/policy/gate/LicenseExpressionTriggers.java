package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.license.LicenseExpression;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.license.LicenseCategory;
import dev.plimsoll.policy.license.LicenseList;
import dev.plimsoll.policy.license.LicenseList.Answer;
import dev.plimsoll.policy.license.LicenseList.Judgement;
import dev.plimsoll.policy.license.LicenseReadings;
import dev.plimsoll.policy.license.LicenseReadings.Reading;
import dev.plimsoll.policy.license.LicenseTypes;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Triggers of the gate `licenses` that read licences as SPDX expressions.
///
/// Source of the expressions' meaning: SPDX 2.3, annex D.
final class LicenseExpressionTriggers {

    private static final Parameter<List<LicenseExpression>> LICENSES = Parameter.of("licenses", LicenseTypes.LICENSES)
            .describedAs(
                    "SPDX identifiers. `GPL-2.0-or-later` names that version and all later ones, `GPL-2.0-only` one; without"
                            + " `WITH`, an entry names the licence with every exception too.")
            .like("GPL-3.0-or-later,AGPL-3.0-or-later");
    private static final Parameter<List<LicenseCategory>> CATEGORIES = Parameter.of(
                    "categories", LicenseTypes.CATEGORIES)
            .describedAs("`public-domain`, `permissive`, `weak-copyleft`, `strong-copyleft`, `network-copyleft`,"
                    + " `source-available`, `non-commercial`, `proprietary`. A strong copyleft with an exception for"
                    + " linking, such as Classpath-exception-2.0, is a weak one.")
            .like("strong-copyleft,network-copyleft");
    private static final Parameter<List<String>> EXCEPTIONS = Parameter.of("exceptions", LicenseTypes.EXCEPTIONS)
            .describedAs("SPDX exceptions with which no licence is denied.")
            .like("Classpath-exception-2.0,GCC-exception-3.1");
    private static final Parameter<Undecided> UNKNOWN = Parameter.of(
                    "unknown_licenses", ValueTypes.oneOf(Undecided.class))
            .describedAs(
                    "What a package means whose licences are missing or not understood, where that decides: `undecided` makes"
                            + " the rule one that cannot be judged in full, `denied` fires, `allowed` is quiet.")
            .like("denied")
            .orElse(Undecided.UNDECIDED);
    private static final Parameter<Missing> WHICH = Parameter.of("which", ValueTypes.oneOf(Missing.class))
            .describedAs(
                    "`missing`: the package names no licence; `unlisted`: it names one that is not of the SPDX list and that"
                            + " nobody understands; or `all`.")
            .like("missing")
            .orElse(Missing.ALL);

    private final LicenseReadings readings;

    LicenseExpressionTriggers(LicenseReadings readings) {
        this.readings = readings;
    }

    List<Trigger> triggers() {
        return List.of(
                Trigger.named("expression_denylist")
                        .describedAs(
                                "Fires for each package that cannot be used without a denied licence: of `OR`, and of the"
                                        + " versions behind `-or-later`, the receiver chooses.")
                        .with(LICENSES, CATEGORIES, EXCEPTIONS, PackageScope.OPTIONAL, UNKNOWN)
                        .checkedBy(LicenseExpressionTriggers::needsALicense)
                        .judgedBy((arguments, subject) -> judge(
                                arguments,
                                subject,
                                list(arguments, arguments.find(EXCEPTIONS).orElse(List.of()))::denies,
                                new Wording(Answer.YES, "cannot be used without the denied licence"))),
                Trigger.named("expression_allowlist")
                        .describedAs("Fires for each package that cannot be used with allowed licences alone.")
                        .with(LICENSES, CATEGORIES, PackageScope.OPTIONAL, UNKNOWN)
                        .checkedBy(LicenseExpressionTriggers::needsALicense)
                        .judgedBy((arguments, subject) -> judge(
                                arguments,
                                subject,
                                list(arguments, List.of())::allows,
                                new Wording(Answer.NO, "needs what is not among the allowed licences:"))),
                Trigger.named("unknown")
                        .describedAs("Fires for each package whose licence is missing or not understood.")
                        .with(WHICH, PackageScope.OPTIONAL)
                        .judgedBy(this::judgeUnknown));
    }

    private static List<Trigger.ArgumentProblem> needsALicense(Arguments arguments) {
        return arguments.gives(LICENSES) || arguments.gives(CATEGORIES)
                ? List.of()
                : List.of(new Trigger.ArgumentProblem(LICENSES, "or 'categories' is needed"));
    }

    private static LicenseList list(Arguments arguments, List<String> excused) {
        return new LicenseList(
                arguments.find(LICENSES).orElse(List.of()),
                arguments.find(CATEGORIES).orElse(List.of()),
                excused);
    }

    @FunctionalInterface
    private interface Question {
        Judgement ask(LicenseExpression expression);
    }

    /// @param firing the answer that fires
    /// @param clause between the package and its licences
    private record Wording(Answer firing, String clause) {}

    private Outcome judge(Arguments arguments, Subject subject, Question question, Wording wording) {
        var scope = arguments.get(PackageScope.OPTIONAL);
        var undecided = new ArrayList<ImagePackage>();
        var firings = new ArrayList<Firing>();
        for (var item : subject.inventory().packages()) {
            if (!scope.holds(item.type())) {
                continue;
            }
            var reading = readings.of(item);
            var licensing = reading.licensing();
            var judgement = licensing
                    .map(found -> question.ask(found.expression()))
                    .orElse(new Judgement(Answer.UNKNOWN, List.of()));
            if (judgement.answer() == wording.firing()) {
                firings.add(firing(
                        item,
                        judgement.licenses(),
                        PackageNames.of(item) + " " + wording.clause() + " " + shown(judgement.licenses(), licensing)));
            } else if (judgement.answer() == Answer.UNKNOWN) {
                switch (arguments.get(UNKNOWN)) {
                    case UNDECIDED -> undecided.add(item);
                    case DENIED -> {
                        // what a document leaves unsaid is a gap, whatever missing licences mean
                        if (licensing.isPresent() || !UnknownLicenses.areUnsaid(subject)) {
                            firings.add(firing(item, List.of("unknown"), unknown(item, reading)));
                        }
                    }
                    case ALLOWED -> {}
                }
            }
        }
        return Outcome.of(firings, gaps(subject, scope, undecided));
    }

    private static List<Gap> gaps(Subject subject, PackageScope scope, List<ImagePackage> undecided) {
        var gaps = new ArrayList<>(UnknownLicenses.gaps(subject, scope));
        if (!undecided.isEmpty() && !UnknownLicenses.areUnsaid(subject)) {
            gaps.add(Gap.unknown("the licences of "
                    + (undecided.size() == 1 ? "a package" : undecided.size() + " packages")
                    + " are missing or not understood (" + PackageNames.some(undecided)
                    + "): the trigger licenses/unknown names them, and unknown_licenses says what they mean"));
        }
        return gaps;
    }

    private static Firing firing(ImagePackage item, List<String> licenses, String message) {
        return Firing.of(
                        PackageNames.key(item) + "+" + String.join(",", licenses),
                        message,
                        message,
                        new Remedy("Replace or remove", PackageNames.of(item), "packages with such licences", ""))
                .about(item);
    }

    private static String shown(List<String> licenses, Optional<Licensing> licensing) {
        var names = String.join(", ", licenses);
        var whole = licensing.map(found -> found.expression().toString()).orElse("");
        return whole.equals(names) || whole.isEmpty() ? names : names + " (of " + shortened(whole) + ")";
    }

    private Outcome judgeUnknown(Arguments arguments, Subject subject) {
        var scope = arguments.get(PackageScope.OPTIONAL);
        var which = arguments.get(WHICH);
        var unsaid = UnknownLicenses.areUnsaid(subject);
        var firings = new ArrayList<Firing>();
        for (var item : subject.inventory().packages()) {
            if (!scope.holds(item.type())) {
                continue;
            }
            var reading = readings.of(item);
            var licensing = reading.licensing();
            boolean fires = licensing.isEmpty()
                    ? which != Missing.UNLISTED && !unsaid
                    : which != Missing.MISSING && !reading.notUnderstood().isEmpty();
            if (fires) {
                var message = unknown(item, reading);
                firings.add(Firing.of(
                                PackageNames.key(item) + (licensing.isEmpty() ? "+missing" : "+unlisted"),
                                message,
                                message,
                                new Remedy(
                                        "Find out the licence of",
                                        PackageNames.of(item),
                                        "packages",
                                        ", and allowlist this result or replace it"))
                        .about(item));
            }
        }
        return Outcome.of(firings, UnknownLicenses.gaps(subject, scope));
    }

    private static String unknown(ImagePackage item, Reading reading) {
        if (reading.licensing().isEmpty()) {
            return PackageNames.of(item) + " names no licence";
        }
        return reading.notUnderstood().isEmpty()
                ? PackageNames.of(item) + " has a licence of no known category: "
                        + reading.licensing().get().expression()
                : PackageNames.of(item) + " has a licence that is not of the SPDX list: "
                        + PackageNames.some(reading.notUnderstood().stream()
                                .map(LicenseExpressionTriggers::shortened)
                                .toList());
    }

    private static String shortened(String text) {
        var line = text.lines().findFirst().orElse("").strip();
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }

    private enum Undecided implements Word {
        UNDECIDED,
        DENIED,
        ALLOWED;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Missing implements Word {
        ALL,
        MISSING,
        UNLISTED;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
