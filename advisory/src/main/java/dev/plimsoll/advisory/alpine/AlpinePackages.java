package dev.plimsoll.advisory.alpine;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The `secfixes` of one package: fixed version to the ids that it fixes. Names are those of source packages.
///
/// Source: Alpine wiki, "APKBUILD Reference", `secfixes`; secdb's own files.
final class AlpinePackages {

    /// Ids as they stand in real files: several in one text, with remarks between them.
    private static final Pattern ID = Pattern.compile(
            "CVE-[0-9]{4}-[0-9]{3,}|GHSA(?:-[0-9a-z]{4}){3}|XSA-[0-9]+|ZBX-[0-9]+|[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+");

    /// Under this "version" stand ids that the package never had.
    private static final String NEVER = "0";

    private AlpinePackages() {}

    /// @param release `v3.18` or `edge`
    static void read(String feed, String path, String release, String name, JsonObject fixes, FeedSink sink) {
        var plain = release.startsWith("v") ? release.substring(1) : release;
        if (plain.isEmpty() || name.isEmpty()) {
            sink.problem(path, name, "no release or no name of a package");
            return;
        }
        var ecosystem = Ecosystem.of(new DistributionRelease("alpine", plain));
        for (var version : fixes.members().keySet()) {
            for (var element : fixes.array(version)) {
                var text = element instanceof JsonString(var words) ? words : "";
                var ids = ids(text);
                if (ids.isEmpty()) {
                    sink.problem(path, name + " " + version, "'" + text + "' names no vulnerability");
                }
                for (var id : ids) {
                    if (version.chars().anyMatch(Character::isWhitespace)) {
                        sink.problem(path, name, "'" + version + "' is no version");
                    } else {
                        sink.advisory(advisory(feed, id), List.of(affected(ecosystem, name, version)));
                    }
                }
            }
        }
    }

    static Set<String> ids(String text) {
        var ids = new LinkedHashSet<String>();
        var matcher = ID.matcher(text);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    private static Advisory advisory(String feed, String id) {
        var references = new ArrayList<String>();
        if (id.startsWith("CVE-")) {
            references.add("https://security.alpinelinux.org/vuln/" + id);
        }
        return new Advisory(
                id,
                List.of(),
                feed,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                references);
    }

    private static AffectedPackage affected(Ecosystem ecosystem, String name, String fixed) {
        return fixed.equals(NEVER)
                ? new AffectedPackage(
                        ecosystem, name, true, List.of(), FixState.NOT_AFFECTED, List.of(), "", List.of(), "")
                : new AffectedPackage(
                        ecosystem,
                        name,
                        true,
                        List.of(VersionInterval.before(fixed)),
                        FixState.FIXED,
                        List.of(fixed),
                        "",
                        List.of(),
                        "");
    }
}
