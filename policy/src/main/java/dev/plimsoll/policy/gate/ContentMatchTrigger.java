package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.ImagePackage.Location;
import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.analysis.ContentSearch;
import dev.plimsoll.inventory.content.ContentMatch;
import dev.plimsoll.inventory.content.Contents;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.Trigger.ArgumentProblem;
import dev.plimsoll.policy.rule.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Trigger `content_regex_match` of the gate `files`.
final class ContentMatchTrigger {

    private static final Parameter<String> REGEX_NAME = Parameter.of("regex_name", ValueTypes.TEXT)
            .describedAs("Name of a search that the run makes (`--search NAME=REGEX`). Or a regular expression, perhaps"
                    + " behind a name in capitals (`NAME=expression`), for the beginning of a line: the run then makes"
                    + " that search. Without it every search counts.")
            .like("LICENCE_KEY=.*licence key:");

    /// What names a search; anything else is an expression.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private static final Pattern NAMED_EXPRESSION = Pattern.compile("([A-Z0-9_]+)=(.+)");

    private ContentMatchTrigger() {}

    static Trigger declaration() {
        return Trigger.named("content_regex_match")
                .describedAs("Fires for each file and search that found something in it.")
                .with(REGEX_NAME)
                .differingIn(
                        "An expression that stands in the rule is searched for; Anchore only finds what its analyzer was"
                                + " configured to search for.",
                        "Searches that the run makes use RE2's syntax and find in the middle of a line.",
                        "The id is Anchore's where the search has Anchore's name and expression.")
                .checkedBy(ContentMatchTrigger::check)
                .needing(ContentMatchTrigger::needs)
                .judgedBy(ContentMatchTrigger::judge);
    }

    private static boolean isExpression(String text) {
        return !NAME.matcher(text).matches();
    }

    private static String expression(String text) {
        var named = NAMED_EXPRESSION.matcher(text);
        return named.matches() ? named.group(2) : text;
    }

    private static List<ArgumentProblem> check(Arguments arguments) {
        var text = arguments.find(REGEX_NAME).filter(ContentMatchTrigger::isExpression);
        if (text.isEmpty()) {
            return List.of();
        }
        return switch (arguments.pattern(expression(text.get()))) {
            case UserPattern.Usable(var pattern) ->
                pattern.searchExpression().isPresent()
                        ? List.of()
                        : List.of(new ArgumentProblem(
                                REGEX_NAME, "cannot be used: contents are searched without backtracking"));
            case UserPattern.Refused(var reason) ->
                List.of(new ArgumentProblem(REGEX_NAME, "cannot be used: " + reason));
        };
    }

    private static AnalysisRequest needs(Arguments arguments) {
        return arguments
                .find(REGEX_NAME)
                .filter(ContentMatchTrigger::isExpression)
                .flatMap(text -> arguments
                        .checkedPattern(expression(text))
                        .searchExpression()
                        .map(found -> AnalysisRequest.ofSearch(new ContentSearch(text, found))))
                .orElseGet(AnalysisRequest::nothing);
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var contents = subject.inventory().contents();
        var asked = arguments.find(REGEX_NAME).filter(text -> !text.isEmpty());
        var selected = searches(contents).stream()
                .filter(search -> asked.isEmpty() || isMeant(search, asked.get()))
                .collect(Collectors.toMap(ContentSearch::name, Function.identity(), (first, _) -> first));
        if (contents.matches().isEmpty() || selected.isEmpty()) {
            return Outcome.of(
                    List.of(),
                    List.of(UnknownFacts.notCollected(
                            subject,
                            asked.map(text -> "nobody searched the contents of files for '" + text + "'")
                                    .orElse("nobody searched the contents of files"),
                            option(asked.orElse("NAME")))));
        }
        var firings = new ArrayList<Firing>();
        for (var match : contents.matches().get()) {
            var search = selected.get(match.search());
            if (search != null) {
                firings.add(firing(match, label(search)));
            }
        }
        return Outcome.of(
                firings,
                UnknownFacts.ofPlaces(
                        subject,
                        "not all matches are known",
                        unknown -> unknown.reason().contains(" files with matches")));
    }

    private static String option(String asked) {
        return isExpression(asked)
                ? "that search: --policy with this bundle, or --search NAME=REGEX"
                : "--search " + asked + "=REGEX";
    }

    /// Before inventories told which searches were made, those that found something.
    private static List<ContentSearch> searches(Contents contents) {
        return contents.searches()
                .orElseGet(() -> contents.matches().orElse(List.of()).stream()
                        .map(match -> new ContentSearch(match.search(), ""))
                        .distinct()
                        .toList());
    }

    private static boolean isMeant(ContentSearch search, String text) {
        return search.name().equals(text)
                || search.expression().equals(text)
                || (search.name() + "=" + search.expression()).equals(text);
    }

    /// As Anchore writes a search: `NAME=expression`. A search that a rule asked for is called so already.
    private static String label(ContentSearch search) {
        return isExpression(search.name()) || search.expression().isEmpty()
                ? search.name()
                : search.name() + "=" + search.expression();
    }

    private static Firing firing(ContentMatch match, String label) {
        var path = "/" + match.path();
        return Firing.of(
                        match.search() + ":" + path,
                        path + " matches the search " + match.search() + " in " + Lines.of(match.lines()),
                        "File content analyzer found regexp match in container: file=" + path + " regexp=" + label,
                        new Remedy("Take what matches " + label + " out of", path, "files", ""))
                .at(new Location(match.path(), match.layer()));
    }
}
