package dev.plimsoll.advisory.rustsec;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.CvssScore;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.cvss.Cvss;
import dev.plimsoll.advisory.feed.Feed;
import dev.plimsoll.advisory.feed.FeedFiles;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.advisory.feed.FrontMatter;
import dev.plimsoll.advisory.feed.RequirementIntervals;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// RustSec's advisories: Markdown with a block of TOML at the head, `crates/NAME/ID.md`.
///
/// Notices and crates without a maintainer are no vulnerabilities, and nothing finds toolchains yet
/// (`rust/NAME/ID.md`; a crate may share the name of one of its parts): such records are kept by their ids, and hit no
/// package.
///
/// Source: RustSec advisory-db, "Advisory Format".
public final class RustsecFeed implements Feed {

    /// In characters; real blocks have under five thousand.
    static final int MAX_BLOCK = 256 << 10;

    private static final String TOOLCHAIN = "rust/";

    private static final Set<String> NO_VULNERABILITY = Set.of("unmaintained", "notice");

    @Override
    public String name() {
        return "rustsec";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void read(FeedFiles files, FeedSink sink) throws IOException {
        var order = VersionScheme.of(PackageType.CARGO).orElseThrow();
        files.forEach(path -> RustsecFeed.isAdvisory(path), (path, content) -> {
            var block = FrontMatter.between(new String(content, StandardCharsets.UTF_8), "```toml", "```");
            if (block.isEmpty() || block.get().length() > MAX_BLOCK) {
                sink.problem(path, "", "does not begin with a block of TOML of at most " + MAX_BLOCK + " characters");
                return;
            }
            var parsed = Toml.parse(block.get());
            if (parsed.hasErrors()) {
                sink.problem(path, "", "not TOML: " + parsed.errors().getFirst().getMessage());
                return;
            }
            record(path, parsed, order, sink);
        });
    }

    private static boolean isAdvisory(String path) {
        return (path.startsWith("crates/") || path.startsWith(TOOLCHAIN)) && path.endsWith(".md");
    }

    private void record(String path, TomlParseResult record, VersionScheme order, FeedSink sink) {
        var advisory = record.getTableOrEmpty("advisory");
        var id = text(advisory, "id");
        var name = text(advisory, "package");
        if (id.isEmpty() || name.isEmpty()) {
            sink.problem(path, "advisory", "the record has no id or no package");
            return;
        }
        var safe = new ArrayList<VersionInterval>();
        var patched = new ArrayList<VersionInterval>();
        for (var member : List.of("patched", "unaffected")) {
            for (var text : texts(record.getTableOrEmpty("versions"), member)) {
                var interval = CargoRequirement.parse(text, order);
                if (interval.isEmpty()) {
                    sink.problem(path, "versions." + member, "'" + text + "' is no requirement that can be read");
                    return;
                }
                safe.add(interval.get());
                if (member.equals("patched")) {
                    patched.add(interval.get());
                }
            }
        }
        var informational = text(advisory, "informational");
        var affected = new AffectedPackage(
                Ecosystem.of(PackageType.CARGO),
                name,
                false,
                RequirementIntervals.complement(safe, order),
                patched.isEmpty() ? FixState.NOT_FIXED : FixState.FIXED,
                RequirementIntervals.firstVersions(patched),
                "",
                List.of(),
                informational.isEmpty() ? RequirementIntervals.fixedAfter(patched) : informational);
        var hitsPackage = !NO_VULNERABILITY.contains(informational) && !path.startsWith(TOOLCHAIN);
        sink.advisory(advisory(record, advisory, id), hitsPackage ? List.of(affected) : List.of());
    }

    private Advisory advisory(TomlParseResult record, TomlTable advisory, String id) {
        List<CvssScore> scores =
                Cvss.parse(name(), text(advisory, "cvss")).map(List::of).orElse(List.of());
        var aliases = new ArrayList<>(texts(advisory, "aliases"));
        var url = text(advisory, "url");
        return new Advisory(
                id,
                aliases,
                name(),
                Optional.empty(),
                scores,
                day(advisory, "date"),
                Optional.empty(),
                day(advisory, "withdrawn"),
                text(record, "title").isEmpty() ? text(advisory, "title") : text(record, "title"),
                url.isEmpty() ? List.of("https://rustsec.org/advisories/" + id) : List.of(url));
    }

    private static String text(TomlTable table, String key) {
        return table.get(List.of(key)) instanceof String text ? text.strip() : "";
    }

    private static List<String> texts(TomlTable table, String key) {
        var array = table.get(List.of(key)) instanceof org.tomlj.TomlArray found ? found : null;
        var texts = new ArrayList<String>();
        for (int i = 0; array != null && i < array.size(); i++) {
            if (array.get(i) instanceof String text) {
                texts.add(text.strip());
            }
        }
        return texts;
    }

    private static Optional<Instant> day(TomlTable table, String key) {
        var text = text(table, key);
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
