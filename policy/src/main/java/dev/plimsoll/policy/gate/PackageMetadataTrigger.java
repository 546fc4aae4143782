package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.gate.PackageChecks.Operation;
import dev.plimsoll.policy.gate.PackageChecks.TextCheck;
import dev.plimsoll.policy.gate.PackageChecks.VersionCheck;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Trigger `metadata` of the gate `packages`: packages by type, name and version.
final class PackageMetadataTrigger {

    private static final Parameter<String> TYPE = Parameter.of("type", ValueTypes.TEXT)
            .describedAs(
                    "The type of package, as package URLs name it (`deb`, `npm`) or as Anchore does (`dpkg`, `java`).")
            .like("npm");
    private static final Parameter<TextCheck> TYPE_COMPARISON = Parameter.of(
                    "type_comparison", ValueTypes.oneOf(TextCheck.class))
            .describedAs("How the type compares. `like` takes a pattern for the beginning, `in` a comma list.")
            .like("=")
            .orElse(TextCheck.EQUAL);
    private static final Parameter<String> NAME = Parameter.of("name", ValueTypes.TEXT)
            .describedAs("The name of the package.")
            .like("lodash");
    private static final Parameter<TextCheck> NAME_COMPARISON = Parameter.of(
                    "name_comparison", ValueTypes.oneOf(TextCheck.class))
            .describedAs("How the name compares. `like` takes a pattern for the beginning, `in` a comma list.")
            .like("=")
            .orElse(TextCheck.EQUAL);
    private static final Parameter<String> VERSION = Parameter.of("version", ValueTypes.TEXT)
            .describedAs("The version of the package.")
            .like("4.17.21");
    private static final Parameter<VersionCheck> VERSION_COMPARISON = Parameter.of(
                    "version_comparison", ValueTypes.oneOf(VersionCheck.class))
            .describedAs(
                    "How the version compares, in the order of the package's ecosystem; the package's stands to the left."
                            + " `like` takes a pattern for the beginning, `in` a comma list.")
            .like("<")
            .orElse(VersionCheck.EQUAL);

    private PackageMetadataTrigger() {}

    static Trigger declaration() {
        return Trigger.named("metadata")
                .describedAs("Fires for each package of which everything that is given holds.")
                .with(TYPE, TYPE_COMPARISON, NAME, NAME_COMPARISON, VERSION, VERSION_COMPARISON)
                .differingIn(
                        "Id and message are ours, and so are the names of the parameters where Anchore does not publish its"
                                + " own.",
                        "A version that nobody can compare makes the rule one that cannot be judged in full.")
                .checkedBy(PackageMetadataTrigger::problems)
                .judgedBy(PackageMetadataTrigger::judge);
    }

    private static List<Trigger.ArgumentProblem> problems(Arguments arguments) {
        var problems = new ArrayList<Trigger.ArgumentProblem>();
        if (!arguments.gives(TYPE) && !arguments.gives(NAME) && !arguments.gives(VERSION)) {
            problems.add(new Trigger.ArgumentProblem(NAME, "or 'type' or 'version' is needed"));
        }
        problem(arguments, TYPE, TYPE_COMPARISON, arguments.get(TYPE_COMPARISON).operation)
                .ifPresent(problems::add);
        problem(arguments, NAME, NAME_COMPARISON, arguments.get(NAME_COMPARISON).operation)
                .ifPresent(problems::add);
        problem(arguments, VERSION, VERSION_COMPARISON, arguments.get(VERSION_COMPARISON).operation)
                .ifPresent(problems::add);
        return problems;
    }

    private static Optional<Trigger.ArgumentProblem> problem(
            Arguments arguments, Parameter<String> value, Parameter<?> comparison, Operation operation) {
        var text = arguments.find(value);
        if (text.isEmpty()) {
            return arguments.gives(comparison)
                    ? Optional.of(new Trigger.ArgumentProblem(value, "is needed with '" + comparison.name() + "'"))
                    : Optional.empty();
        }
        return switch (operation) {
            case LIKE, NOT_LIKE ->
                arguments.pattern(text.get()) instanceof UserPattern.Refused(var reason)
                        ? Optional.of(new Trigger.ArgumentProblem(value, "cannot be used: " + reason))
                        : Optional.empty();
            case IN, NOT_IN ->
                ValueTypes.list(text.get(), Optional::of).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Trigger.ArgumentProblem(value, "must be texts separated by commas"));
            case EQUAL, NOT_EQUAL, LESS, GREATER, AT_MOST, AT_LEAST -> Optional.empty();
        };
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var type = typeTest(arguments);
        var name = arguments
                .find(NAME)
                .map(text -> textTest(arguments, text, arguments.get(NAME_COMPARISON).operation))
                .orElse(_ -> true);
        var version = arguments.find(VERSION).map(text -> new VersionTest(arguments, text));
        var firings = new ArrayList<Firing>();
        var unclear = new ArrayList<ImagePackage>();
        for (var item : subject.inventory().packages()) {
            if (!type.test(item.type()) || !name.test(item.name())) {
                continue;
            }
            var holds = version.isEmpty() ? Optional.of(true) : version.get().holds(item);
            if (holds.isEmpty()) {
                unclear.add(item);
            } else if (holds.get()) {
                firings.add(firing(arguments, item));
            }
        }
        var gaps = new ArrayList<>(subject.gapsOfPackages(type));
        if (!unclear.isEmpty()) {
            gaps.add(Gap.unknown("nobody knows how the versions of " + PackageNames.some(unclear) + " compare with "
                    + arguments.find(VERSION).orElse("")));
        }
        return Outcome.of(firings, gaps);
    }

    private static Firing firing(Arguments arguments, ImagePackage item) {
        var message = "The package " + PackageNames.of(item) + " ("
                + item.type().purlType() + ") is one that the rule" + " denies: " + wanted(arguments);
        return Firing.of(
                        PackageNames.key(item) + "@" + item.version(),
                        message,
                        message,
                        new Remedy("Remove or replace", PackageNames.of(item), "packages that a rule denies", ""))
                .about(item);
    }

    private static String wanted(Arguments arguments) {
        var parts = new ArrayList<String>();
        arguments
                .find(TYPE)
                .ifPresent(text ->
                        parts.add("type " + arguments.get(TYPE_COMPARISON).word() + " " + text));
        arguments
                .find(NAME)
                .ifPresent(text ->
                        parts.add("name " + arguments.get(NAME_COMPARISON).word() + " " + text));
        arguments
                .find(VERSION)
                .ifPresent(text ->
                        parts.add("version " + arguments.get(VERSION_COMPARISON).word() + " " + text));
        return String.join(", ", parts);
    }

    private static Predicate<PackageType> typeTest(Arguments arguments) {
        var text = arguments.find(TYPE);
        if (text.isEmpty()) {
            return _ -> true;
        }
        var operation = arguments.get(TYPE_COMPARISON).operation;
        var wanted = switch (operation) {
            case IN, NOT_IN ->
                String.join(
                        ",",
                        ValueTypes.list(text.get(), item -> Optional.of(purlType(item)))
                                .orElse(List.of()));
            case EQUAL, NOT_EQUAL -> purlType(text.get().strip());
            case LIKE, NOT_LIKE, LESS, GREATER, AT_MOST, AT_LEAST -> text.get();
        };
        var test = textTest(arguments, wanted, operation);
        return type -> test.test(type.purlType());
    }

    /// The type of package URLs for the names that Anchore has.
    private static String purlType(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "apkg" -> "apk";
            case "dpkg" -> "deb";
            case "go" -> "golang";
            case "java", "jar" -> "maven";
            case "js" -> "npm";
            case "python" -> "pypi";
            case "ruby" -> "gem";
            case "rust" -> "cargo";
            case "dotnet" -> "nuget";
            case "php" -> "composer";
            case "binary" -> "generic";
            default -> lower;
        };
    }

    private static Predicate<String> textTest(Arguments arguments, String wanted, Operation operation) {
        return switch (operation) {
            case EQUAL -> wanted::equals;
            case NOT_EQUAL -> text -> !wanted.equals(text);
            case LIKE -> likeTest(arguments, wanted);
            case NOT_LIKE -> Predicate.not(likeTest(arguments, wanted));
            case IN -> items(wanted)::contains;
            case NOT_IN -> Predicate.not(items(wanted)::contains);
            case LESS, GREATER, AT_MOST, AT_LEAST -> throw new IllegalStateException("texts have no order");
        };
    }

    private static Predicate<String> likeTest(Arguments arguments, String wanted) {
        var pattern = arguments.checkedPattern(wanted);
        var budget = new UserPattern.Budget();
        return text -> pattern.matchesStartOf(text, budget);
    }

    private static Set<String> items(String list) {
        return new HashSet<>(ValueTypes.list(list, Optional::of).orElse(List.of()));
    }

    /// A rule's demand on versions.
    private static final class VersionTest {

        private final String wanted;
        private final Operation operation;
        private final Optional<Predicate<String>> text;

        VersionTest(Arguments arguments, String wanted) {
            this.wanted = wanted;
            this.operation = arguments.get(VERSION_COMPARISON).operation;
            this.text = switch (operation) {
                case LIKE, NOT_LIKE, IN, NOT_IN -> Optional.of(textTest(arguments, wanted, operation));
                case EQUAL, NOT_EQUAL, LESS, GREATER, AT_MOST, AT_LEAST -> Optional.empty();
            };
        }

        /// Empty where nobody can compare.
        Optional<Boolean> holds(ImagePackage item) {
            if (text.isPresent()) {
                return Optional.of(text.get().test(item.version()));
            }
            var order = item.version().equals(wanted) ? Optional.of(0) : order(item);
            return switch (operation) {
                case EQUAL -> Optional.of(order.filter(found -> found == 0).isPresent());
                case NOT_EQUAL -> Optional.of(order.filter(found -> found == 0).isEmpty());
                case LESS -> order.map(found -> found < 0);
                case GREATER -> order.map(found -> found > 0);
                case AT_MOST -> order.map(found -> found <= 0);
                case AT_LEAST -> order.map(found -> found >= 0);
                case LIKE, NOT_LIKE, IN, NOT_IN -> throw new IllegalStateException("a test of texts");
            };
        }

        /// Where an ecosystem has no order that we know, numbers between dots have theirs.
        private Optional<Integer> order(ImagePackage item) {
            var scheme = VersionScheme.of(item.type());
            if (scheme.isPresent()) {
                return scheme.get().compare(item.version(), wanted);
            }
            return NumberOrder.isNumbered(item.version()) && NumberOrder.isNumbered(wanted)
                    ? Optional.of(NumberOrder.compare(item.version(), wanted))
                    : Optional.empty();
        }
    }
}
