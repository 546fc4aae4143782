package dev.plimsoll.advisory.debian;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.versions.VersionInterval;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The lists of Debian's advisories, DSA and DLA: `[date] id package - summary`, beneath it `{CVEs}` and a line for
/// each release with the fixed version of the source package.
///
/// Source: Debian security tracker, `doc/security-team.d.o/security_tracker`, "The DSA list".
public final class DebianLists implements Feed {

    private static final Pattern HEAD = Pattern.compile("\\[([^\\]]+)\\] (D[SL]A-[0-9]+(?:-[0-9]+)?)\\s*(.*)");
    private static final Pattern FIX = Pattern.compile("\\s+\\[([a-z]+)\\]\\s+-\\s+(\\S+)\\s+(\\S+).*");
    private static final Pattern REFERENCES = Pattern.compile("\\s+\\{([^}]*)\\}.*");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    @Override
    public String name() {
        return "debian-dsa";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        files.forEach(
                path -> path.endsWith("/list") || path.equals("list"), (path, content) -> list(path, content, sink));
    }

    private void list(String path, byte[] content, FeedSink sink) {
        Entry record = null;
        var number = 0;
        for (var line : new String(content, StandardCharsets.UTF_8).split("\r?\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            var head = HEAD.matcher(line);
            if (head.matches()) {
                if (record != null) {
                    record.finish(name(), sink);
                }
                record = new Entry(head.group(2), day(head.group(1)), head.group(3));
            } else if (record == null || !record.accept(line, path, number, sink)) {
                sink.problem(path, "line " + number, "neither an advisory nor a line of one");
            }
        }
        if (record != null) {
            record.finish(name(), sink);
        }
    }

    private static Optional<Instant> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text.strip(), DAY)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// One advisory while it is read.
    private static final class Entry {

        private final String id;
        private final Optional<Instant> published;
        private final String summary;
        private final List<String> aliases = new ArrayList<>();
        private final List<AffectedPackage> affected = new ArrayList<>();

        Entry(String id, Optional<Instant> published, String summary) {
            this.id = id;
            this.published = published;
            this.summary = summary;
        }

        /// @return whether the line is one of an advisory
        boolean accept(String line, String path, int number, FeedSink sink) {
            var references = REFERENCES.matcher(line);
            if (references.matches()) {
                for (var reference : references.group(1).strip().split("\\s+", -1)) {
                    if (reference.startsWith("CVE-")) {
                        aliases.add(reference);
                    }
                }
                return true;
            }
            var fix = FIX.matcher(line);
            if (fix.matches()) {
                var release = DebianReleases.of(fix.group(1));
                if (release.isEmpty()) {
                    sink.problem(path, "line " + number, "release '" + fix.group(1) + "' is not known here");
                } else {
                    affected(release.get(), fix.group(2), fix.group(3))
                            .ifPresentOrElse(
                                    affected::add,
                                    () -> sink.problem(
                                            path, "line " + number, "'" + fix.group(3) + "' is not known here"));
                }
                return true;
            }
            return line.charAt(0) == '\t' || line.charAt(0) == ' '; // notes
        }

        private static Optional<AffectedPackage> affected(
                dev.plimsoll.purl.Ecosystem release, String name, String version) {
            return switch (version) {
                case "<not-affected>" ->
                    Optional.of(new AffectedPackage(
                            release, name, true, List.of(), FixState.NOT_AFFECTED, List.of(), "", List.of(), ""));
                case "<unfixed>", "<end-of-life>" ->
                    Optional.of(new AffectedPackage(
                            release,
                            name,
                            true,
                            List.of(VersionInterval.ALL),
                            version.equals("<unfixed>") ? FixState.NOT_FIXED : FixState.WONT_FIX,
                            List.of(),
                            "",
                            List.of(),
                            version.substring(1, version.length() - 1)));
                default ->
                    version.startsWith("<")
                            ? Optional.empty()
                            : Optional.of(new AffectedPackage(
                                    release,
                                    name,
                                    true,
                                    List.of(VersionInterval.before(version)),
                                    FixState.FIXED,
                                    List.of(version),
                                    "",
                                    List.of(),
                                    ""));
            };
        }

        void finish(String feed, FeedSink sink) {
            sink.advisory(
                    new Advisory(
                            id,
                            aliases,
                            feed,
                            Optional.empty(),
                            List.of(),
                            published,
                            Optional.empty(),
                            Optional.empty(),
                            summary,
                            List.of("https://security-tracker.debian.org/tracker/" + id)),
                    affected);
        }
    }
}
