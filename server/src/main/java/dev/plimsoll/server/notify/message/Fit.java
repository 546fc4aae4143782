package dev.plimsoll.server.notify.message;

import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// Makes a message small enough: the worst findings stay, the rest is counted.
///
/// Source: Standard Webhooks 1.0.0, "Payload size": below 20 KB.
public final class Fit {

    /// In bytes of the document.
    public static final int LIMIT = 20_000;

    /// How many items, and how many entries of each, are tried one after the other.
    private static final int[][] STEPS = {{50, 50}, {50, 20}, {50, 8}, {30, 5}, {20, 3}, {10, 2}, {5, 1}, {1, 1}};

    /// In characters: of sentences, and of names where nothing else helped.
    private static final int SENTENCE = 500;

    private static final int NAME = 200;

    private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::knownExploited)
            .thenComparing(Finding::severity)
            .reversed()
            .thenComparing(Finding::id)
            .thenComparing(Finding::packageName)
            .thenComparing(Finding::version);

    private Fit() {}

    /// The message with as much as there is room for.
    public static Message of(Message message) {
        var smaller = message;
        for (var step : STEPS) {
            smaller = cut(message, step[0], step[1], Integer.MAX_VALUE);
            if (size(smaller) <= LIMIT) {
                return smaller;
            }
        }
        return cut(message, 1, 1, NAME);
    }

    private static int size(Message message) {
        return MessageWriter.write(message).getBytes(StandardCharsets.UTF_8).length;
    }

    private static Message cut(Message message, int items, int entries, int name) {
        return new Message(
                message.id(),
                message.account(),
                message.subscription(),
                message.kind(),
                message.grouping(),
                message.groupKey(),
                cut(message.group(), name),
                message.at(),
                message.causes(),
                message.events(),
                message.images(),
                message.items().stream()
                        .limit(items)
                        .map(item -> cut(item, entries, name))
                        .toList(),
                message.link().filter(link -> link.toString().length() <= name));
    }

    private static Item cut(Item item, int entries, int name) {
        return switch (item) {
            case VulnerabilityUpdate update ->
                new VulnerabilityUpdate(
                        cut(update.subject(), name),
                        worst(update.added(), entries, name),
                        worst(update.changed(), entries, name),
                        worst(update.gone(), entries, name),
                        update.more()
                                + over(update.added(), entries)
                                + over(update.changed(), entries)
                                + over(update.gone(), entries));
            case PolicyEvaluation evaluation ->
                new PolicyEvaluation(
                        cut(evaluation.subject(), name),
                        cut(evaluation.bundle(), name),
                        evaluation.before(),
                        evaluation.after(),
                        evaluation.newResults().stream()
                                .sorted(Comparator.comparingInt(result -> rank(result.action())))
                                .limit(entries)
                                .map(result -> cut(result, name))
                                .toList(),
                        evaluation.gone(),
                        evaluation.more() + over(evaluation.newResults(), entries));
            case TagUpdate update ->
                new TagUpdate(
                        cut(update.subject(), name),
                        cut(update.repository(), name),
                        cut(update.tag(), name),
                        update.previousDigest());
            case AnalysisUpdate update ->
                new AnalysisUpdate(
                        cut(update.subject(), name),
                        update.state(),
                        update.reason().map(reason -> cut(reason, Math.min(SENTENCE, name))),
                        update.packages());
        };
    }

    private static int rank(String action) {
        return switch (action) {
            case "STOP" -> 0;
            case "WARN" -> 1;
            default -> 2;
        };
    }

    private static int over(List<?> list, int entries) {
        return Math.max(0, list.size() - entries);
    }

    private static List<Finding> worst(List<Finding> findings, int entries, int name) {
        return findings.stream()
                .sorted(WORST_FIRST)
                .limit(entries)
                .map(finding -> new Finding(
                        cut(finding.id(), name),
                        finding.severity(),
                        cut(finding.packageName(), name),
                        cut(finding.version(), name),
                        cut(finding.purl(), name),
                        finding.fixedIn().stream()
                                .limit(name == Integer.MAX_VALUE ? 10 : 1)
                                .map(version -> cut(version, name))
                                .toList(),
                        finding.knownExploited(),
                        finding.firstSeen()))
                .toList();
    }

    private static Subject cut(Subject subject, int name) {
        return new Subject(
                subject.event(), subject.at(), cut(subject.name(), name), subject.digest(), subject.causes());
    }

    private static Item.Result cut(Item.Result result, int name) {
        return new Item.Result(
                cut(result.gate(), name),
                cut(result.trigger(), name),
                cut(result.stableId(), name),
                result.action(),
                cut(result.message(), Math.min(SENTENCE, name)));
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
