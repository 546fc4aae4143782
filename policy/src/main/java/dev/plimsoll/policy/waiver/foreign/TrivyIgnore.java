package dev.plimsoll.policy.waiver.foreign;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Trivy's `.trivyignore`: an id a line, `exp:2026-12-31` behind it, comments on lines of their own. The comment above
/// an
/// id is its reason for people.
///
/// Source: Trivy's documentation, "Filtering", section ".trivyignore". What stands behind an id otherwise has no
/// meaning
/// to Trivy, and a line whose end is no day is passed over by it.
final class TrivyIgnore {

    /// In characters; Trivy reads no longer line either.
    static final int MAX_LINE = 64 << 10;

    private static final Pattern FIELDS = Pattern.compile("\\s+");
    private static final String END = "exp:";

    private TrivyIgnore() {}

    static void read(byte[] bytes, Drafts drafts) {
        var comment = new ArrayList<String>();
        int number = 0;
        for (var line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            var text = line.strip();
            if (text.length() > MAX_LINE) {
                drafts.leave("line " + number, "is over " + MAX_LINE + " characters");
            } else if (text.startsWith("#")) {
                comment.add(text.replaceFirst("#+", "").strip());
                continue;
            } else if (!text.isEmpty()) {
                entry("line " + number, text, String.join(" ", comment).strip(), drafts);
            }
            comment.clear();
        }
    }

    private static void entry(String place, String line, String comment, Drafts drafts) {
        var fields = List.of(FIELDS.split(line, -1));
        var id = fields.getFirst();
        var end = fields.stream().filter(field -> field.startsWith(END)).findFirst();
        var until = end.flatMap(field -> day(field.substring(END.length())));
        if (end.isPresent() && until.isEmpty()) {
            drafts.leave(
                    place,
                    Drafts.quoted(end.get()) + " is no day, and Trivy passes such a line over: write exp:2026-12-31");
            return;
        }
        if (!VulnerabilityId.is(id)) {
            drafts.leave(
                    place,
                    Drafts.quoted(id) + " is no id of a vulnerability; Trivy's misconfigurations, secrets and licences"
                            + " are other rules' results here: waive these by their ids, as check -v shows them");
            return;
        }
        int remark = line.indexOf(" #");
        var behind = remark < 0 ? "" : line.substring(remark + 2).strip();
        drafts.at(place)
                .named(id)
                .covering("ids", List.of(id))
                .because(comment.isEmpty() ? behind : comment)
                .until(until)
                .add();
    }

    static Optional<Instant> day(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
