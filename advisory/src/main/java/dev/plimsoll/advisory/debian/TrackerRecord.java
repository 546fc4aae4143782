package dev.plimsoll.advisory.debian;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.Severity;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.purl.PackageType;
import dev.plimsoll.versions.VersionInterval;
import dev.plimsoll.versions.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// One CVE of the tracker.
///
/// Source: Debian security tracker, "The CVE list": lines without a release speak of unstable, and so of every release
/// whose version is lower; a line for a release
/// overrides them. `experimental` is no release.
final class TrackerRecord {

    /// As a fixed version: the package never had it.
    private static final String NEVER = "0";

    /// An advisory may still have come; that the release is not affected, or has no fix, it does not change.
    private static final Set<String> PUT_OFF = Set.of("no-dsa", "ignored", "postponed", "end-of-life");

    /// With the revision that corrects it.
    private static final Pattern ADVISORY = Pattern.compile("(D[SL]A-[0-9]+)(?:-[0-9]+)?");

    private final String path;
    private final String id;
    private final String description;
    private final Set<String> releases;
    private final Map<String, String> advisoryFixes;
    /// An advisory that the record names and the data does not hold; empty where there is none.
    private final String missingAdvisory;

    private final Map<String, JsonObject> general = new TreeMap<>();
    private final Map<String, JsonObject> special = new TreeMap<>();

    /// @param held the advisories that the data holds, without their revisions
    TrackerRecord(
            String path, JsonObject record, Set<String> releases, Map<String, String> advisoryFixes, Set<String> held) {
        this.path = path;
        this.id = record.object("Header").string("ID").orElse("");
        this.description = record.object("Header").string("Description").orElse("");
        this.releases = releases;
        this.advisoryFixes = advisoryFixes;
        this.missingAdvisory = record.objects("Annotations").stream()
                .filter(line -> line.string("Type").orElse("").equals("xref"))
                .flatMap(line -> line.strings("Bugs").stream())
                .filter(name -> ADVISORY.matcher(name).matches() && !held.contains(withoutRevision(name)))
                .findFirst()
                .orElse("");
        for (var line : record.objects("Annotations")) {
            var name = line.string("Package").orElse("");
            if (line.string("Type").orElse("").equals("package") && !name.isEmpty()) {
                line.string("Release")
                        .ifPresentOrElse(
                                release -> special.put(release + " " + name, line), () -> general.put(name, line));
            }
        }
    }

    void hand(String feed, FeedSink sink) {
        var bySeverity = new TreeMap<Severity, List<AffectedPackage>>();
        for (var entry : general.entrySet()) {
            var name = entry.getKey();
            for (var release : releases) {
                var own = special.getOrDefault(release + " " + name, JsonObject.EMPTY);
                var severity = severity(own) == Severity.UNKNOWN ? severity(entry.getValue()) : severity(own);
                DebianReleases.of(release)
                        .ifPresent(ecosystem -> bySeverity
                                .computeIfAbsent(severity, _ -> new ArrayList<>())
                                .add(affected(ecosystem, release, name, entry.getValue())));
            }
        }
        // A release may have a package that unstable never had.
        special.forEach((key, line) -> {
            var blank = key.indexOf(' ');
            var release = key.substring(0, blank);
            var name = key.substring(blank + 1);
            var known = DebianReleases.of(release);
            if (known.isEmpty()) {
                if (!release.equals("experimental")) {
                    sink.problem(path, release, "release '" + release + "' is not known here");
                }
            } else if (!general.containsKey(name) || !releases.contains(release)) {
                bySeverity
                        .computeIfAbsent(severity(line), _ -> new ArrayList<>())
                        .add(affected(known.get(), release, name, JsonObject.EMPTY));
            }
        });
        if (bySeverity.isEmpty()) {
            bySeverity.put(Severity.UNKNOWN, List.of());
        }
        bySeverity.forEach((severity, affected) -> sink.advisory(
                advisory(
                        feed,
                        id,
                        List.of(),
                        Optional.of(severity).filter(known -> known != Severity.UNKNOWN),
                        description),
                affected));
    }

    static Advisory advisory(
            String feed, String id, List<String> aliases, Optional<Severity> severity, String description) {
        return new Advisory(
                id,
                aliases,
                feed,
                severity,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                summary(description),
                List.of("https://security-tracker.debian.org/tracker/" + id));
    }

    /// Without the brackets around it.
    private static String summary(String description) {
        var text = description.strip();
        return text.length() > 2 && (text.startsWith("(") || text.startsWith("["))
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static Severity severity(JsonObject line) {
        return line.string("Severity").flatMap(Severity::of).orElse(Severity.UNKNOWN);
    }

    /// `DSA-5570` of `DSA-5570-1`: a revision stands for those before it.
    static String withoutRevision(String advisory) {
        var matcher = ADVISORY.matcher(advisory);
        return matcher.matches() ? matcher.group(1) : advisory;
    }

    private AffectedPackage affected(Ecosystem ecosystem, String release, String name, JsonObject unstable) {
        var said = said(ecosystem, release, name, unstable);
        var own = special.get(release + " " + name);
        boolean open = own == null || PUT_OFF.contains(own.string("Kind").orElse(""));
        return open && said.fixState() == FixState.NOT_FIXED && !missingAdvisory.isEmpty() && !release.equals("sid")
                ? item(
                        ecosystem,
                        name,
                        said.affected(),
                        FixState.UNKNOWN,
                        List.of(),
                        "the record names " + missingAdvisory + ", which the data does not hold")
                : said;
    }

    private AffectedPackage said(Ecosystem ecosystem, String release, String name, JsonObject unstable) {
        var own = special.get(release + " " + name);
        var byAdvisory = advisoryFixes.get(DebianTracker.key(id, release, name));
        var line = own == null ? unstable : own;
        var status = line.string("Kind").orElse("");
        if (status.equals("fixed") && !isVersion(line.string("Version").orElse(""))) {
            return item(ecosystem, name, List.of(VersionInterval.ALL), FixState.UNKNOWN, List.of(), status);
        }
        if (own != null && status.equals("fixed")) {
            return fixed(ecosystem, name, version(own));
        }
        if (byAdvisory != null && (own == null || PUT_OFF.contains(status))) {
            return fixed(ecosystem, name, byAdvisory);
        }
        return switch (status) {
            case "not-affected", "itp" -> item(ecosystem, name, List.of(), FixState.NOT_AFFECTED, List.of(), "");
            case "fixed" ->
                release.equals("sid") ? fixed(ecosystem, name, version(line)) : fixedElsewhere(ecosystem, name, line);
            case "no-dsa", "ignored", "end-of-life" ->
                item(ecosystem, name, beforeUnstablesFix(unstable), FixState.WONT_FIX, List.of(), status);
            case "undetermined" ->
                item(ecosystem, name, List.of(VersionInterval.ALL), FixState.UNKNOWN, List.of(), status);
            default -> item(ecosystem, name, beforeUnstablesFix(unstable), FixState.NOT_FIXED, List.of(), status);
        };
    }

    /// Fixed in unstable, and nothing is said of this release: its version decides, and a lower one has no fix there
    /// yet.
    private static AffectedPackage fixedElsewhere(Ecosystem ecosystem, String name, JsonObject line) {
        var version = version(line);
        if (version.equals(NEVER)) {
            return fixed(ecosystem, name, version);
        }
        return item(
                ecosystem,
                name,
                List.of(VersionInterval.before(version)),
                FixState.NOT_FIXED,
                List.of(),
                "fixed in unstable by " + version);
    }

    private static List<VersionInterval> beforeUnstablesFix(JsonObject unstable) {
        return unstable.string("Kind").orElse("").equals("fixed")
                        && !version(unstable).equals(NEVER)
                ? List.of(VersionInterval.before(version(unstable)))
                : List.of(VersionInterval.ALL);
    }

    private static String version(JsonObject line) {
        return line.string("Version").filter(TrackerRecord::isVersion).orElse(NEVER);
    }

    static boolean isVersion(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isWhitespace);
    }

    /// An advisory that corrects another (`DSA-1-2`) has the later version.
    static String later(String left, String right) {
        return VersionScheme.of(PackageType.DEB)
                                .orElseThrow()
                                .compare(left, right)
                                .orElse(left.compareTo(right))
                        >= 0
                ? left
                : right;
    }

    static AffectedPackage fixed(Ecosystem ecosystem, String name, String version) {
        return version.equals(NEVER)
                ? item(ecosystem, name, List.of(), FixState.NOT_AFFECTED, List.of(), "")
                : item(ecosystem, name, List.of(VersionInterval.before(version)), FixState.FIXED, List.of(version), "");
    }

    private static AffectedPackage item(
            Ecosystem ecosystem,
            String name,
            List<VersionInterval> affected,
            FixState state,
            List<String> fixedIn,
            String status) {
        return new AffectedPackage(ecosystem, name, true, affected, state, fixedIn, "", List.of(), status);
    }
}
