package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.PackageProperty;
import dev.plimsoll.inventory.SourceDocument;
import dev.plimsoll.inventory.SourceDocument.Statement;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.ValueType;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import dev.plimsoll.purl.PackageUrl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Gate `sbom_quality`: what the bill of materials says, whether it was read from a document or made from the image.
final class SbomQualityGate implements Gate {

    private static final int ALL = 100;

    private static final Parameter<Standard> STANDARD = Parameter.of("standard", ValueTypes.oneOf(Standard.class))
            .describedAs(
                    "Whose minimum elements: NTIA's of 2021, or CISA's draft of 2025, which adds hash, licence, tool and"
                            + " generation context.")
            .like("ntia-2021")
            .orElse(Standard.NTIA_2021);
    private static final Parameter<List<SbomElement>> ELEMENTS = Parameter.of("elements", elements())
            .describedAs("Only these elements, whatever the standard: "
                    + Arrays.stream(SbomElement.values())
                            .map(element -> "`" + element.word() + "`")
                            .collect(Collectors.joining(", "))
                    + ".")
            .like("supplier,license");
    private static final Parameter<Integer> MIN_PERCENT = Parameter.of("min_percent", percent())
            .describedAs(
                    "How many of a hundred packages must have the element. What is said once, of the whole, must be there.")
            .like("95")
            .orElse(ALL);

    @Override
    public String name() {
        return "sbom_quality";
    }

    @Override
    public String description() {
        return "What the bill of materials says of its components and of itself. That of an image that was scanned is the one"
                + " that `plimsoll sbom` writes.";
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("minimum_elements")
                .describedAs(
                        "Fires for each element that too few packages have, or that the document lacks. A package has a"
                                + " dependency relationship where it needs another one or another one needs it.")
                .with(STANDARD, ELEMENTS, MIN_PERCENT, PackageScope.OPTIONAL)
                .judgedBy(SbomQualityGate::judge));
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var scope = arguments.get(PackageScope.OPTIONAL);
        var packages = subject.inventory().packages().stream()
                .filter(item -> scope.holds(item.type()))
                .toList();
        var document = subject.inventory().document();
        var firings = new ArrayList<Firing>();
        var gaps = new ArrayList<>(unread(subject, scope));
        for (var element : asked(arguments)) {
            if (element.ofDocument()) {
                document.ifPresent(found -> judge(element, found, firings, gaps));
            } else {
                ofPackages(element, packages, unidentified(element, document), arguments.get(MIN_PERCENT))
                        .ifPresent(firings::add);
            }
        }
        return Outcome.of(firings, gaps);
    }

    /// Packages of the image that were not read; components of a document that nothing identifies are counted instead.
    private static List<Gap> unread(Subject subject, PackageScope scope) {
        return subject.inventory().document().isPresent() ? List.of() : subject.gapsOfPackages(scope::holds);
    }

    private static List<SbomElement> asked(Arguments arguments) {
        return arguments
                .find(ELEMENTS)
                .orElseGet(() -> Arrays.stream(SbomElement.values())
                        .filter(element -> arguments.get(STANDARD) == Standard.CISA_2025_DRAFT || !element.ofCisa())
                        .toList());
    }

    private static int unidentified(SbomElement element, Optional<SourceDocument> document) {
        return element == SbomElement.UNIQUE_IDENTIFIER
                ? document.map(SourceDocument::unidentified).orElse(0)
                : 0;
    }

    private static void judge(SbomElement element, SourceDocument document, List<Firing> firings, List<Gap> gaps) {
        var says = says(element, document);
        if (says.isEmpty()) {
            gaps.add(Gap.unknown("the inventory, of an older Plimsoll, does not tell whether the document ("
                    + document.format() + ") says its " + element.word().replace('-', ' ')
                    + ": read the document itself"));
        } else if (!says.get()) {
            var message = element.word() + ": the document (" + document.format() + ") does not say it";
            firings.add(Firing.of(element.word(), message, message, remedy(element)));
        }
    }

    private static Optional<Boolean> says(SbomElement element, SourceDocument document) {
        return switch (element) {
            case TOOL_NAME -> Optional.of(!document.tools().isEmpty());
            case AUTHOR -> document.statements().map(found -> found.contains(Statement.AUTHOR));
            case TIMESTAMP -> document.statements().map(found -> found.contains(Statement.TIMESTAMP));
            case GENERATION_CONTEXT -> document.statements().map(found -> found.contains(Statement.GENERATION_CONTEXT));
            case SUPPLIER,
                    COMPONENT_NAME,
                    VERSION,
                    UNIQUE_IDENTIFIER,
                    DEPENDENCY_RELATIONSHIP,
                    COMPONENT_HASH,
                    LICENSE -> throw new IllegalArgumentException(element + " is said of packages");
        };
    }

    private static Optional<Firing> ofPackages(
            SbomElement element, List<ImagePackage> packages, int unidentified, int minPercent) {
        var has = test(element, packages);
        var lacking = packages.stream().filter(has.negate()).toList();
        int all = packages.size() + unidentified;
        int having = packages.size() - lacking.size();
        if ((long) having * ALL >= (long) minPercent * all) {
            return Optional.empty();
        }
        var message = element.word() + ": " + having + " of " + all + " packages have one ("
                + (int) ((long) having * ALL / all) + " %), and " + minPercent + " % must"
                + (lacking.isEmpty() ? "" : "; lacking it: " + PackageNames.some(lacking))
                + (unidentified == 0 ? "" : "; " + unidentified + " components have no package URL");
        return Optional.of(Firing.of(
                element.word(),
                message,
                "The element " + element.word() + " is there for less than " + minPercent + " percent of the packages",
                remedy(element)));
    }

    private static Predicate<ImagePackage> test(SbomElement element, List<ImagePackage> packages) {
        return switch (element) {
            case SUPPLIER -> item -> item.supplier().isPresent();
            case COMPONENT_NAME -> item -> !item.name().isBlank();
            case VERSION -> item -> !item.version().isBlank();
            case UNIQUE_IDENTIFIER -> _ -> true;
            case DEPENDENCY_RELATIONSHIP -> related(packages);
            case COMPONENT_HASH -> item -> item.properties().containsKey(PackageProperty.DIGEST);
            case LICENSE -> item -> item.licenses().stream().anyMatch(text -> !text.isBlank());
            case AUTHOR, TIMESTAMP, TOOL_NAME, GENERATION_CONTEXT ->
                throw new IllegalArgumentException(element + " is said of the whole");
        };
    }

    private static Predicate<ImagePackage> related(List<ImagePackage> packages) {
        Set<PackageUrl> needed = new HashSet<>();
        packages.forEach(item -> needed.addAll(item.dependencies()));
        return item -> !item.dependencies().isEmpty() || needed.contains(item.purl());
    }

    private static Remedy remedy(SbomElement element) {
        return Remedy.of(
                switch (element) {
                    case SUPPLIER ->
                        "Take the packages from sources that say who supplies them, or ask for fewer percent";
                    case COMPONENT_HASH ->
                        "Install from lock files or databases that hold hashes, or ask for fewer percent";
                    case LICENSE -> "Take packages that name their licence, or ask for fewer percent";
                    case COMPONENT_NAME, VERSION, UNIQUE_IDENTIFIER, DEPENDENCY_RELATIONSHIP ->
                        "Make the bill of materials from the image itself (plimsoll sbom IMAGE), or ask for fewer percent";
                    case AUTHOR, TIMESTAMP, TOOL_NAME, GENERATION_CONTEXT ->
                        "Have the document made by a tool that writes its "
                                + element.word().replace('-', ' ');
                });
    }

    private static ValueType<List<SbomElement>> elements() {
        var words = Arrays.stream(SbomElement.values()).map(SbomElement::word).toList();
        return new ValueType<>(
                "list of elements",
                "elements separated by commas, of " + String.join(", ", words),
                List.of(),
                (text, _) -> ValueTypes.list(text, SbomQualityGate::element)
                        .<ValueType.Parsed<List<SbomElement>>>map(found -> new ValueType.Value<>(
                                found.stream().sorted().distinct().toList()))
                        .orElseGet(() -> new ValueType.Rejected<>(
                                "must be elements separated by commas, of " + String.join(", ", words))),
                found -> found.stream().map(SbomElement::word).collect(Collectors.joining(",")));
    }

    private static Optional<SbomElement> element(String text) {
        return Arrays.stream(SbomElement.values())
                .filter(element -> element.word().equalsIgnoreCase(text))
                .findFirst();
    }

    private static ValueType<Integer> percent() {
        return new ValueType<>(
                "percent",
                "a whole number from 0 to 100",
                List.of(),
                (text, _) -> ValueTypes.integer(text)
                        .filter(number -> number <= ALL)
                        .<ValueType.Parsed<Integer>>map(ValueType.Value::new)
                        .orElseGet(() -> new ValueType.Rejected<>("must be a whole number from 0 to 100")),
                number -> Integer.toString(number));
    }

    private enum Standard implements Word {
        NTIA_2021,
        CISA_2025_DRAFT;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
