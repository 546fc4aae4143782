package dev.plimsoll.report.explanation;

import static dev.plimsoll.report.explanation.VerdictDocument.text;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.policy.bundle.BundleSource;
import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.rule.Trigger;
import dev.plimsoll.report.explanation.VerdictDocument.RuleResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Says why a verdict is what it is: of each rule what it asks, what it found, what made that count otherwise, and what
/// would clear it.
public final class VerdictExplanation {

    /// Results of a rule that are shown where no rule is named.
    private static final int SHOWN = 5;

    private static final int INPUTS_SHOWN = 12;

    private final VerdictDocument document;
    private final List<BundleSource> bundles;
    private final Optional<String> only;
    private final Page page;

    private VerdictExplanation(VerdictDocument document, List<BundleSource> bundles, Optional<String> only, int width) {
        this.document = document;
        this.bundles = bundles;
        this.only = only;
        this.page = new Page(width);
    }

    /// @param bundles that judged, where they are known: they tell with which parameters rules asked
    /// @param only a rule's id, or `rule-set/rule`: nothing of others is told
    /// @param width of a line, in characters
    public static String of(VerdictDocument document, List<BundleSource> bundles, Optional<String> only, int width) {
        var explanation = new VerdictExplanation(document, bundles, only, width);
        explanation.write();
        return explanation.page.toString();
    }

    private void write() {
        var verdict = document.verdict();
        page.line(text(verdict, "imageName") + ": " + text(verdict, "decision").toUpperCase(Locale.ROOT) + " ("
                + text(verdict, "finalAction") + ")");
        page.hanging("  ", why(verdict));
        var bundle = verdict.object("bundle");
        page.hanging(
                "  ",
                "by the bundle " + text(bundle, "id")
                        + verdict.object("mapping")
                                .string("id")
                                .map(id -> ", mapping " + id)
                                .orElse(""));
        for (var rule : document.byRule()) {
            if (only.stream().allMatch(rule::isNamed)) {
                rule(rule);
            }
        }
        unjudged(verdict);
        if (only.isEmpty()) {
            problems(verdict);
            time(verdict);
            inputs(verdict);
        }
    }

    private static String why(JsonObject verdict) {
        return switch (text(verdict, "reason")) {
            case "denylisted", "allowlisted", "unmapped" -> text(verdict, "explanation") + "; no rule decided";
            default -> text(verdict, "explanation");
        };
    }

    private void rule(RuleResults rule) {
        page.blank();
        var worst = rule.results().stream()
                .map(result -> text(result, "action"))
                .min(Comparator.comparingInt(VerdictExplanation::rank))
                .orElse("");
        page.line(worst.toUpperCase(Locale.ROOT) + "  " + rule.rule() + " (" + rule.gate() + "/" + rule.trigger()
                + "), rule set " + rule.ruleSet());
        asks(rule.ruleSet(), rule.rule(), rule.gate(), rule.trigger());
        int most = only.isPresent() ? Integer.MAX_VALUE : SHOWN;
        var clears = new LinkedHashSet<String>();
        page.hanging(
                "  found   ",
                rule.results().size() == 1 ? "one result" : rule.results().size() + " results");
        rule.results().stream().limit(most).forEach(this::result);
        if (rule.results().size() > most) {
            page.hanging(
                    "            ",
                    "and " + (rule.results().size() - most) + " more; --rule " + rule.rule() + " shows all");
        }
        rule.results().stream()
                .filter(result -> rank(text(result, "action")) < 2)
                .forEach(result -> {
                    clears.addAll(document.steps(result));
                    result.string("recommendation")
                            .filter(words -> !words.isEmpty())
                            .ifPresent(clears::add);
                });
        var waivable = rule.results().stream()
                .filter(result -> rank(text(result, "action")) < 2)
                .map(result -> text(result, "id"))
                .findFirst();
        if (waivable.isPresent()) {
            var first = "  clears  ";
            for (var words : clears.stream().limit(most).toList()) {
                page.hanging(first, words);
                first = "          ";
            }
            if (clears.size() > most) {
                page.hanging("          ", "and " + (clears.size() - most) + " more steps");
            }
            page.hanging(
                    "  or      ",
                    (clears.isEmpty() ? "mend what the messages name, or " : "")
                            + "accept it with an end: a waiver or an allowlist item for " + waivable.get());
        }
    }

    private static int rank(String action) {
        return switch (action) {
            case "stop" -> 0;
            case "warn" -> 1;
            default -> 2;
        };
    }

    /// What the rule demands, from its declaration, and with which parameters, from the bundle.
    private void asks(String ruleSet, String rule, String gate, String trigger) {
        trigger(gate, trigger).ifPresent(found -> page.hanging("  asks    ", found.description()));
        var source = source(ruleSet, rule);
        if (source.isPresent()) {
            source.get().parameters().forEach((name, value) -> page.hanging("          ", name + " = " + value));
            var description = source.get().rule().description();
            if (!description.isEmpty()) {
                page.hanging("  says    ", description);
            }
        }
    }

    private static Optional<Trigger> trigger(String gate, String name) {
        return Gates.find(gate) instanceof Gates.Found(var found)
                ? found.triggers().stream()
                        .filter(trigger -> trigger.name().equals(name))
                        .findFirst()
                : Optional.empty();
    }

    /// @param ruleSet with the bundle's id before it where several judged
    private Optional<SourceRule> source(String ruleSet, String rule) {
        return bundles.stream()
                .flatMap(bundle -> bundle.rules().stream()
                        .filter(candidate -> candidate.rule().id().equals(rule)
                                && (candidate.ruleSet().id().equals(ruleSet)
                                        || (bundle.bundle().id() + "/"
                                                        + candidate.ruleSet().id())
                                                .equals(ruleSet))))
                .findFirst();
    }

    private void result(JsonObject result) {
        page.hanging("          - ", text(result, "message"));
        for (var words : treatments(result)) {
            page.hanging("            ", words);
        }
    }

    private static List<String> treatments(JsonObject result) {
        var words = new ArrayList<String>();
        var demanded = text(result, "demanded").toUpperCase(Locale.ROOT);
        var now = text(result, "action").toUpperCase(Locale.ROOT);
        var counts = demanded.isEmpty() || demanded.equals(now) ? "" : ": " + now + " in place of " + demanded;
        var allowed = result.object("allowlisted");
        allowed.string("item")
                .ifPresent(item -> words.add("allowlisted by " + text(allowed, "list") + ", item " + item
                        + allowed.string("description")
                                .filter(text -> !text.isEmpty())
                                .map(text -> " (" + text + ")")
                                .orElse("")
                        + counts));
        var waived = result.object("waived");
        waived.string("waiver")
                .ifPresent(id -> words.add("waived by " + id + " (" + text(waived, "reason") + ")"
                        + waived.string("until").map(end -> " until " + end).orElse("")
                        + waived.string("owner")
                                .filter(owner -> !owner.isEmpty())
                                .map(owner -> ", " + owner)
                                .orElse("")
                        + counts));
        var known = result.object("knownBefore");
        known.string("cause").ifPresent(cause -> words.add("known before (" + cause + ")" + counts));
        var newness = result.object("newness");
        newness.string("state")
                .filter("new"::equals)
                .ifPresent(_ -> words.add("new since the baseline: " + text(newness, "cause")));
        var grace = result.object("grace");
        grace.string("from")
                .ifPresent(from -> words.add(grace.string("due")
                        .map(due -> grace.get("overdue")
                                        .filter(value -> value.equals(new JsonBoolean(true)))
                                        .isPresent()
                                ? "overdue since " + due + " (counted from " + from + ")"
                                : "in time until " + due + " (counted from " + from + ")" + counts)
                        .orElse("time does not run yet (counted from " + from + ")" + counts)));
        return words;
    }

    private void unjudged(JsonObject verdict) {
        var open = verdict.objects("unjudged").stream()
                .filter(rule -> only.stream()
                        .allMatch(name -> name.equals(text(rule, "rule"))
                                || name.equals(text(rule, "ruleSet") + "/" + text(rule, "rule"))))
                .toList();
        for (var rule : open) {
            page.blank();
            page.line("NOT JUDGED  " + text(rule, "rule") + " (" + text(rule, "gate") + "/" + text(rule, "trigger")
                    + "), rule set " + text(rule, "ruleSet"));
            asks(text(rule, "ruleSet"), text(rule, "rule"), text(rule, "gate"), text(rule, "trigger"));
            page.hanging("  why     ", text(rule, "reason"));
            page.hanging(
                    "  counts  ",
                    switch (text(rule, "action")) {
                        case "stop" -> "STOP: without an answer there is no pass";
                        case "warn" -> "WARN: it is told and stops nothing";
                        default -> "GO: the bundle lets it pass";
                    });
        }
    }

    private void problems(JsonObject verdict) {
        var problems = verdict.objects("problems");
        if (!problems.isEmpty()) {
            page.blank();
            page.line("PROBLEMS");
            problems.forEach(problem -> page.hanging("  - ", text(problem, "details")));
        }
    }

    private void time(JsonObject verdict) {
        page.blank();
        page.line("TIME");
        var lease = verdict.object("lease");
        var change = verdict.object("nextChange");
        if (lease.string("until").isPresent()) {
            page.hanging(
                    "  ",
                    "It holds until " + text(lease, "until") + ", if nothing but time changes; then "
                            + text(lease, "then").toUpperCase(Locale.ROOT) + ": " + text(lease, "why"));
        } else if (change.string("at").isPresent()) {
            page.hanging(
                    "  ",
                    "Time alone does not end it, as far as is known; a part of it changes at " + text(change, "at")
                            + ": " + text(change, "why"));
        } else {
            page.hanging("  ", "Time alone does not change it, as far as its rules tell.");
        }
    }

    private void inputs(JsonObject verdict) {
        page.blank();
        page.line("DEPENDS ON");
        var inputs = verdict.objects("inputs").stream()
                .filter(input -> !text(input, "name").equals("analyzer"))
                .toList();
        inputs.stream().limit(INPUTS_SHOWN).forEach(input -> {
            page.hanging("  ", text(input, "name"));
            page.hanging("    ", text(input, "value"));
        });
        if (inputs.size() > INPUTS_SHOWN) {
            page.hanging("  ", "and " + (inputs.size() - INPUTS_SHOWN) + " more inputs");
        }
        int analyzers = document.inputs("analyzer").size();
        if (analyzers > 0) {
            page.hanging("  ", analyzers + " analyzers in their versions");
        }
    }
}
