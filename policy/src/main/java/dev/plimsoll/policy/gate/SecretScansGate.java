package dev.plimsoll.policy.gate;

import dev.plimsoll.inventory.analysis.AnalysisRequest;
import dev.plimsoll.inventory.content.Secret;
import dev.plimsoll.policy.Remedy;
import dev.plimsoll.policy.pattern.PatternBoundException;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.Arguments;
import dev.plimsoll.policy.rule.Firing;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Outcome;
import dev.plimsoll.policy.rule.Outcome.Gap;
import dev.plimsoll.policy.rule.Parameter;
import dev.plimsoll.policy.rule.Subject;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.policy.rule.Trigger.ArgumentProblem;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.policy.rule.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gate `secret_scans`: secrets that lie open in files and in the image's configuration.
final class SecretScansGate implements Gate {

    private static final Parameter<String> NAME = Parameter.of("content_regex_name", ValueTypes.TEXT)
            .describedAs("Only secrets of this rule, such as `npm-token`; or one of Anchore's names, which stand for"
                    + " several: " + String.join(", ", SecretNames.ofEngine()) + ".")
            .like("AWS_ACCESS_KEY");
    private static final Parameter<UserPattern> FILENAME = Parameter.of("filename_regex", ValueTypes.PATTERN)
            .describedAs("Only files whose path begins like this; `config:env`, `config:command`, `config:labels` and"
                    + " `config:history` are the image's configuration.")
            .like("/etc/.*");
    private static final Parameter<MatchType> MATCH_TYPE = Parameter.of("match_type", ValueTypes.oneOf(MatchType.class))
            .describedAs("Whether it fires for each secret that is found, or once where none is.")
            .like("found")
            .orElse(MatchType.FOUND);
    private static final Parameter<Boolean> DELETED = Parameter.of("deleted_files", ValueTypes.BOOLEAN)
            .describedAs("Whether files count that a later layer deletes or replaces: who has the image has them.")
            .like("true")
            .orElse(false);

    @Override
    public String name() {
        return "secret_scans";
    }

    @Override
    public String description() {
        return "Secrets that lie open in files and in the image's configuration. What they are is never told.";
    }

    @Override
    public List<String> differences() {
        return List.of(
                "Secrets are found by Plimsoll's rules, not by the patterns of an analyzer's configuration: Anchore's names"
                        + " stand for the rules of that kind, `API_KEY` for all whose name ends in `-key` and for"
                        + " `generic-secret`.",
                "Ids of Anchore's that hash its own patterns cannot be kept; those of `notfound` are. An allowlist may name"
                        + " `secret_scans:content_regex_checks:RULE:PATH` for all secrets of a rule in a file, and with the"
                        + " secret's digest behind it for one of them.",
                "A name selects exactly what it names; in Anchore `AWS_ACCESS_KEY` also selects a pattern that is called"
                        + " `KEY`.");
    }

    @Override
    public List<Trigger> triggers() {
        return List.of(Trigger.named("content_regex_checks")
                .describedAs("Fires for each secret, or where there is none.")
                .with(NAME, FILENAME, MATCH_TYPE, DELETED)
                .checkedBy(SecretScansGate::check)
                .needing(_ -> AnalysisRequest.ofSecrets())
                .judgedBy(SecretScansGate::judge));
    }

    private static List<ArgumentProblem> check(Arguments arguments) {
        return arguments
                .find(NAME)
                .filter(name -> !name.isEmpty() && SecretNames.rules(name).isEmpty())
                .map(name -> List.of(new ArgumentProblem(
                        NAME,
                        "names no rule of secrets: Plimsoll searches by its own rules (such as npm-token), and knows"
                                + " Anchore's names " + String.join(", ", SecretNames.ofEngine())
                                + "; for an expression of your own use files/content_regex_match")))
                .orElse(List.of());
    }

    private static Outcome judge(Arguments arguments, Subject subject) {
        var secrets = subject.inventory().contents().secrets();
        if (secrets.isEmpty()) {
            return Outcome.of(
                    List.of(), List.of(UnknownFacts.notCollected(subject, "nobody looked for secrets", "--secrets")));
        }
        var rules = arguments.find(NAME).filter(name -> !name.isEmpty()).map(SecretNames::rules);
        var filename =
                arguments.find(FILENAME).filter(pattern -> !pattern.toString().isEmpty());
        List<Secret> selected;
        try {
            selected = selected(secrets.get(), rules, filename, arguments.get(DELETED));
        } catch (PatternBoundException e) {
            return Outcome.of(List.of(), List.of(Gap.of(e)));
        }
        var gaps = gaps(subject);
        return switch (arguments.get(MATCH_TYPE)) {
            case FOUND ->
                Outcome.of(
                        FoundSecrets.firings("secret_scans", "content_regex_checks", selected, SecretScansGate::frozen),
                        gaps);
            case NOTFOUND ->
                selected.isEmpty() && gaps.isEmpty()
                        ? Outcome.of(List.of(notFound(
                                arguments.find(NAME).orElse(""),
                                filename.map(UserPattern::toString).orElse(""))))
                        : Outcome.of(List.of(), selected.isEmpty() ? gaps : List.of());
        };
    }

    private static List<Secret> selected(
            List<Secret> secrets, Optional<Set<String>> rules, Optional<UserPattern> filename, boolean deletedToo) {
        var budget = new UserPattern.Budget();
        var selected = new ArrayList<Secret>();
        for (var secret : secrets) {
            if ((deletedToo || !secret.deleted())
                    && (rules.isEmpty() || rules.get().contains(secret.rule()))
                    && (filename.isEmpty() || filename.get().matchesStartOf(FoundSecrets.place(secret), budget))) {
                selected.add(secret);
            }
        }
        return selected;
    }

    /// Files that were not searched in full may hold more.
    static List<Gap> gaps(Subject subject) {
        return UnknownFacts.ofPlaces(
                subject,
                "secrets were not looked for everywhere",
                unknown -> unknown.reason().contains("secrets"));
    }

    private static String frozen(Secret secret) {
        return "Secret content search analyzer found regexp match in container: file=" + FoundSecrets.place(secret)
                + " regexp=" + secret.rule();
    }

    private static Firing notFound(String name, String filename) {
        return Firing.of(
                "notfound:" + (name.isEmpty() ? "all" : name),
                "No secret " + (name.isEmpty() ? "" : "of the rule " + name + " ") + "was found"
                        + (filename.isEmpty() ? "" : " in files like " + filename) + ", and the rule demands one",
                SecretNames.notFoundMessage(filename, name),
                Remedy.of("Add the content that the rule demands"
                        + (filename.isEmpty() ? "" : " to a file like " + filename)));
    }

    private enum MatchType implements Word {
        FOUND("found"),
        NOTFOUND("notfound");

        private final String word;

        MatchType(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
