package dev.plimsoll.server.notify.wording;

import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Item.AnalysisUpdate;
import dev.plimsoll.server.notify.message.Item.PolicyEvaluation;
import dev.plimsoll.server.notify.message.Item.TagUpdate;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import dev.plimsoll.server.notify.message.Message;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A message as people read it: plain text without any markup, each text one line of a bounded
/// length, as many lines as the channel has room for. Images and packages name themselves as they
/// like, so that whoever writes an outline down escapes every text in it.
///
/// @param headline at most 200 characters
/// @param facts what it is about, by names
/// @param sections one for each image that is listed
/// @param more what is left out, a sentence; empty where nothing is
/// @param link where to read the rest
public record Outline(
        String headline, List<Fact> facts, List<Section> sections, Optional<String> more, Optional<URI> link) {

    /// In UTF-16 units.
    public static final int LINE = 300;

    public Outline {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }

    /// A name and what is said of it.
    public record Fact(String name, String text) {}

    /// What is said of one image.
    ///
    /// @param title of the image, or a digest
    public record Section(String title, List<String> lines) {
        public Section {
            lines = List.copyOf(lines);
        }
    }

    /// @param mostLines for which there is room, titles of sections included
    public static Outline of(Message message, int mostLines) {
        List<Section> sections = new ArrayList<>();
        int room = mostLines;
        int listed = 0;
        int leftOut = 0;
        for (var item : message.items()) {
            var lines = lines(item);
            if (room < 2) {
                break;
            }
            var shown = lines.subList(0, Math.min(lines.size(), room - 1));
            sections.add(new Section(
                    Clipped.line(item.subject().title(), LINE),
                    shown.stream().map(line -> Clipped.line(line, LINE)).toList()));
            room -= shown.size() + 1;
            leftOut += lines.size() - shown.size() + unlisted(item);
            listed++;
        }
        return new Outline(
                Clipped.line(message.headline(), 200),
                facts(message),
                sections,
                more(leftOut, message.events() - listed),
                message.link());
    }

    private static Optional<String> more(int lines, int events) {
        if (lines <= 0 && events <= 0) {
            return Optional.empty();
        }
        if (events <= 0) {
            return Optional.of("and " + lines + " more");
        }
        var others = events == 1 ? "1 more image" : events + " more images";
        return Optional.of(lines <= 0 ? "and " + others : "and " + lines + " more, and " + others);
    }

    private static List<Fact> facts(Message message) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("What", what(message)));
        if (message.items().size() == 1) {
            facts.add(new Fact(
                    "Image", Clipped.line(message.items().getFirst().subject().title(), LINE)));
        } else {
            facts.add(new Fact("Images", Integer.toString(message.images())));
        }
        message.severity().ifPresent(severity -> facts.add(new Fact("Severity", severity.word())));
        if (message.knownExploited()) {
            facts.add(new Fact("Known exploited", "yes"));
        }
        if (!message.causes().isEmpty()) {
            facts.add(new Fact(
                    "Why", message.causes().stream().sorted().map(Outline::word).collect(Collectors.joining(", "))));
        }
        facts.add(new Fact("When", message.at().toString()));
        facts.add(new Fact("Account", Clipped.line(message.account(), LINE)));
        facts.add(new Fact("Subscription", Clipped.line(message.subscription(), LINE)));
        return facts;
    }

    private static String what(Message message) {
        return switch (message.kind()) {
            case TAG_UPDATE -> "A tag points to another image";
            case ANALYSIS_UPDATE -> "An analysis ended";
            case VULN_UPDATE -> "Vulnerabilities changed";
            case POLICY_EVAL -> "A verdict changed";
        };
    }

    private static String word(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static int unlisted(Item item) {
        return switch (item) {
            case VulnerabilityUpdate update -> update.more();
            case PolicyEvaluation evaluation -> evaluation.more();
            case TagUpdate _, AnalysisUpdate _ -> 0;
        };
    }

    private static List<String> lines(Item item) {
        List<String> lines = new ArrayList<>();
        switch (item) {
            case VulnerabilityUpdate update -> {
                update.added().forEach(finding -> lines.add("new: " + sentence(finding)));
                update.changed().forEach(finding -> lines.add("changed: " + sentence(finding)));
                update.gone().forEach(finding -> lines.add("gone: " + sentence(finding)));
            }
            case PolicyEvaluation evaluation -> {
                var before = evaluation.before().map(Item.Verdict::decision).orElse("not judged");
                lines.add("%s → %s, %d stop, %d warn, by %s"
                        .formatted(
                                before,
                                evaluation.after().decision(),
                                evaluation.after().stops(),
                                evaluation.after().warns(),
                                evaluation.bundle()));
                evaluation
                        .newResults()
                        .forEach(result -> lines.add("%s %s/%s: %s"
                                .formatted(
                                        result.action().toLowerCase(Locale.ROOT),
                                        result.gate(),
                                        result.trigger(),
                                        result.message())));
                if (evaluation.gone() > 0) {
                    lines.add(evaluation.gone() + " results are gone");
                }
            }
            case TagUpdate update ->
                lines.add("%s:%s: %s → %s"
                        .formatted(
                                update.repository(),
                                update.tag(),
                                update.previousDigest().orElse("nothing"),
                                update.subject().digest()));
            case AnalysisUpdate update ->
                lines.add(
                        update.state().equals("failed")
                                ? "failed: " + update.reason().orElse("for no reason that is known")
                                : update.packages() + " packages");
        }
        return lines;
    }

    private static String sentence(Finding finding) {
        var fix = finding.fixedIn().isEmpty() ? "no fix" : "fixed in " + String.join(", ", finding.fixedIn());
        return "%s (%s%s) in %s %s, %s"
                .formatted(
                        finding.id(),
                        finding.severity().word(),
                        finding.knownExploited() ? ", known exploited" : "",
                        finding.packageName(),
                        finding.version(),
                        fix);
    }
}
