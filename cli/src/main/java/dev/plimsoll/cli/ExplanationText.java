package dev.plimsoll.cli;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.ImagePackage;
import dev.plimsoll.inventory.Inventory;
import dev.plimsoll.matching.Explanation;
import dev.plimsoll.matching.Explanation.Entry;
import dev.plimsoll.matching.Explanation.Outcome;
import dev.plimsoll.matching.Explanation.Why;
import dev.plimsoll.matching.Finding;
import dev.plimsoll.matching.MatchReason;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.report.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes an explanation for a person. For one explanation and one thread.
final class ExplanationText {

    /// Ids in the heading, and names in a sentence, before the rest is only counted.
    private static final int NAMES_SHOWN = 5;

    /// Places of a package before the rest is only counted.
    private static final int PLACES_SHOWN = 3;

    /// In columns: labels and the blanks around them.
    private static final int LABEL = 12;

    /// In columns; narrower terminals break lines themselves.
    private static final int LEAST_WIDTH = 40;

    private final Inventory inventory;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private ExplanationText(Inventory inventory, int width) {
        this.inventory = inventory;
        this.width = Math.max(LEAST_WIDTH, width);
    }

    /// @param image what the user calls it
    /// @param width in columns; ids, package URLs and paths are longer where they must be, so that they can be
    /// copied
    static String of(Explanation explanation, Inventory inventory, String image, int width) {
        var writing = new ExplanationText(inventory, width);
        writing.describe(explanation, image);
        return writing.text.toString();
    }

    private void describe(Explanation explanation, String image) {
        var also = explanation.ids().stream()
                .filter(other -> !other.equals(explanation.id()))
                .toList();
        wrapped(
                "",
                4,
                explanation.id() + (also.isEmpty() ? "" : " (also " + some(also) + ")") + " in " + image
                        + explanation
                                .release()
                                .map(release -> ", judged as " + release)
                                .orElse(""));
        text.append('\n');
        if (!explanation.known()) {
            text.append("The advisory data holds nothing of this id.\n");
        }
        var elsewhere = new ArrayList<Entry>();
        for (var entry : explanation.entries()) {
            switch (entry.outcome()) {
                case Outcome.Matched(var finding) -> matched(entry, finding);
                case Outcome.Silenced(var finding, var reason) -> {
                    matched(entry, finding);
                    text.setLength(text.length() - 1); // the blank line
                    wrapped("  ", 2, "but it does not count: " + reason);
                    text.append('\n');
                }
                case Outcome.NotMatched(var why, var reason) -> {
                    switch (why) {
                        case PACKAGE_ABSENT, OTHER_RELEASE -> elsewhere.add(entry);
                        case VERSION_OUTSIDE, NOT_AFFECTED, OTHER_BUILD, UNRELEASED, WITHDRAWN, CANNOT_JUDGE ->
                            notMatched(entry, reason);
                    }
                }
            }
        }
        if (!elsewhere.isEmpty()) {
            text.append("Records that do not concern this image:\n");
            var reach =
                    explanation.release().map(known -> "the image is " + known).orElse("the image names no release");
            elsewhere(elsewhere, reach).forEach(line -> wrapped("  ", 4, line));
        }
        for (var coverage : explanation.unjudged()) {
            wrapped(
                    "",
                    4,
                    "Nothing can be said of " + coverage.packages() + " packages of " + coverage.name()
                            + ": there is no data for them.");
        }
    }

    private void matched(Entry entry, Finding finding) {
        wrapped(
                "",
                4,
                "MATCHED  " + finding.item().name() + " " + finding.item().version());
        place(finding.item());
        record(entry);
        for (var reason : finding.reasons()) {
            if (reason.record().equals(entry.record()) && reason.feed().equals(entry.feed())) {
                labelled("compared", compared(reason));
                labelled("affected", range(reason.range()));
            }
        }
        labelled(
                "severity",
                finding.severity()
                        + (finding.severitySource().isEmpty()
                                ? ": no record says one"
                                : ", by " + finding.severitySource()));
        labelled("fix", fix(entry));
        if (!entry.functions().isEmpty()) {
            labelled("functions", entry.functions());
        }
        text.append('\n');
    }

    private void notMatched(Entry entry, String reason) {
        wrapped(
                "",
                4,
                "NOT MATCHED  "
                        + entry.item()
                                .map(item -> item.name() + " " + item.version())
                                .orElse(entry.packageName()));
        entry.item().ifPresent(this::place);
        record(entry);
        if (!entry.comparedVersion().isEmpty()) {
            labelled("compared", entry.comparedVersion());
        }
        if (!entry.ranges().isEmpty()) {
            labelled(
                    "affected",
                    entry.ranges().stream().map(ExplanationText::range).collect(Collectors.joining(" or ")));
        }
        labelled("fix", fix(entry));
        labelled("because", reason);
        text.append('\n');
    }

    private void record(Entry entry) {
        labelled("record", entry.record() + " (" + entry.feed() + ")");
    }

    private void place(ImagePackage item) {
        labelled("package", item.purl().toString());
        var places = item.locations().stream()
                .map(location -> "/" + location.path())
                .distinct()
                .toList();
        var label = "found in";
        for (var place : places.subList(0, Math.min(PLACES_SHOWN, places.size()))) {
            whole(label, place);
            label = "";
        }
        if (places.size() > PLACES_SHOWN) {
            whole(label, "and " + (places.size() - PLACES_SHOWN) + " more");
        }
        var layers = inventory.image().layers();
        if (item.layer().isPresent()) {
            var layer = item.layer().getAsInt();
            var digest = layer < layers.size()
                    ? layers.get(layer).digest().or(layers.get(layer)::diffId)
                    : Optional.<Digest>empty();
            labelled(
                    "layer",
                    (layer + 1) + " of " + layers.size()
                            + digest.map(known -> ", " + known).orElse(""));
        }
    }

    private static String range(String range) {
        return range.equals("*") ? "every version" : range;
    }

    private static String compared(MatchReason reason) {
        return reason.searchedName() + " " + reason.searchedVersion() + " in " + reason.ecosystem()
                + (reason.indirect() ? ", the source package that it was built from" : "");
    }

    private static String fix(Entry entry) {
        return switch (entry.fixState()) {
            case FIXED -> entry.fixedIn().isEmpty() ? "there is one" : "in " + String.join(", ", entry.fixedIn());
            case NOT_FIXED -> "none yet";
            case WONT_FIX -> "the source will not fix it";
            case NOT_AFFECTED -> "not affected";
            case UNKNOWN -> "not known";
        };
    }

    private record Group(String feed, String of, Why why) {}

    /// One line for what a feed says of one distribution or one language.
    private static List<String> elsewhere(List<Entry> entries, String reach) {
        var groups = new LinkedHashMap<Group, List<Entry>>();
        for (var entry : entries) {
            if (entry.outcome() instanceof Outcome.NotMatched(var why, var _)) {
                var of = why == Why.OTHER_RELEASE && entry.ecosystem() instanceof Ecosystem.OfRelease(var release)
                        ? release.id()
                        : entry.ecosystem().toString();
                groups.computeIfAbsent(new Group(entry.feed(), of, why), _ -> new ArrayList<>())
                        .add(entry);
            }
        }
        var lines = new ArrayList<String>();
        groups.forEach((group, members) -> lines.add(line(group, members, reach)));
        return lines;
    }

    private static String line(Group group, List<Entry> members, String reach) {
        Set<String> records = members.stream().map(Entry::record).collect(Collectors.toCollection(LinkedHashSet::new));
        var subject = records.size() == 1
                ? records.iterator().next() + " (" + group.feed() + ") speaks of "
                : records.size() + " records of " + group.feed() + " speak of ";
        var names = members.stream()
                .map(entry -> (entry.ofSource() ? "source " : "") + entry.packageName())
                .distinct()
                .sorted()
                .toList();
        if (group.why() == Why.PACKAGE_ABSENT) {
            return subject + some(names) + " in " + group.of() + ", which the image does not hold";
        }
        var releases = members.stream()
                .map(Entry::ecosystem)
                .distinct()
                .sorted()
                .map(Ecosystem::toString)
                .toList();
        return subject + (names.size() == 1 ? names.getFirst() + " in " : "") + listed(releases) + "; " + reach;
    }

    /// The first few, and how many more there are.
    private static String some(List<String> names) {
        return names.size() <= NAMES_SHOWN
                ? listed(names)
                : String.join(", ", names.subList(0, NAMES_SHOWN)) + " and " + (names.size() - NAMES_SHOWN) + " more";
    }

    /// `a, b and c`.
    private static String listed(List<String> names) {
        var last = names.size() - 1;
        return last <= 0
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private void labelled(String label, String value) {
        wrapped(("  " + label + " ".repeat(LABEL)).substring(0, LABEL), LABEL, value);
    }

    /// A path stays in one piece, whatever blanks it has.
    private void whole(String label, String value) {
        text.append(("  " + label + " ".repeat(LABEL)).substring(0, LABEL))
                .append(PlainText.of(value))
                .append('\n');
    }

    /// Breaks at blanks only: a word that is too long stays whole, for copying.
    private void wrapped(String lead, int indent, String foreign) {
        text.append(lead);
        int column = lead.length();
        var first = true;
        for (var word : PlainText.of(foreign).split(" ", -1)) {
            int columns = word.codePointCount(0, word.length());
            if (!first && column + 1 + columns > width) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (!first) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += columns;
            first = false;
        }
        text.append('\n');
    }
}
