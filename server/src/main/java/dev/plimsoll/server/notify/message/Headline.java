package dev.plimsoll.server.notify.message;

import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;

/// Says a message in one line of plain text.
final class Headline {

    /// In characters.
    static final int LIMIT = 200;

    private Headline() {}

    static String of(Message message) {
        var line = switch (message.items().getFirst()) {
            case VulnerabilityUpdate _ -> vulnerabilities(message);
            case PolicyEvaluation evaluation -> verdict(message, evaluation);
            case TagUpdate update ->
                several(
                        message,
                        "%s points to another image".formatted(update.subject().title()));
            case AnalysisUpdate update ->
                several(
                        message,
                        update.state().equals("failed")
                                ? "%s could not be analysed"
                                        .formatted(update.subject().title())
                                : "%s was analysed, %d packages"
                                        .formatted(update.subject().title(), update.packages()));
        };
        return cut(line.replaceAll("\\p{Cntrl}", " "));
    }

    private static String vulnerabilities(Message message) {
        var findings = message.findings();
        var where = message.images() == 1 ? message.items().getFirst().subject().title() : message.images() + " images";
        var exploited = message.knownExploited() ? ", known exploited" : "";
        if (findings.isEmpty()) {
            return (message.grouping() == Grouping.CVE ? message.group() : "Vulnerabilities") + " gone from " + where;
        }
        var severity = message.severity().map(each -> each.word()).orElse("unknown");
        var ids = findings.stream().map(Finding::id).distinct().toList();
        if (ids.size() == 1) {
            return "%s (%s%s) in %s".formatted(ids.getFirst(), severity, exploited, where);
        }
        return "%d vulnerabilities (up to %s%s) in %s".formatted(ids.size(), severity, exploited, where);
    }

    private static String verdict(Message message, PolicyEvaluation evaluation) {
        var before =
                evaluation.before().map(verdict -> verdict.decision() + " → ").orElse("");
        return several(
                message,
                "%s: %s%s"
                        .formatted(
                                evaluation.subject().title(),
                                before,
                                evaluation.after().decision()));
    }

    private static String several(Message message, String line) {
        return message.events() == 1 ? line : line + ", and " + (message.events() - 1) + " more";
    }

    private static String cut(String line) {
        if (line.length() <= LIMIT) {
            return line;
        }
        int end = LIMIT - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
