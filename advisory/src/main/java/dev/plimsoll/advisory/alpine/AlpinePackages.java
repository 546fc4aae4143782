package dev.plimsoll.advisory.alpine;

import dev.plimsoll.advisory.Advisory;
import dev.plimsoll.advisory.AffectedPackage;
import dev.plimsoll.advisory.FixState;
import dev.plimsoll.advisory.feed.FeedSink;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.purl.DistributionRelease;
import dev.plimsoll.purl.Ecosystem;
import dev.plimsoll.versions.VersionInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The `secfixes` of one package: fixed version to the ids that it fixes. Names are those of source packages.
///
/// Source: Alpine wiki, "APKBUILD Reference", `secfixes`; secdb's own files.
final class AlpinePackages {

    /// A CVE however it is spelled: real files have `CVE_2019-2426` and `CVE 2018-16859`.
    private static final Pattern CVE =
            Pattern.compile("\\bCVE[-_ ]([0-9]{4})[-_]([0-9]{3,})", Pattern.CASE_INSENSITIVE);

    /// Any other id: words and numbers joined by hyphens, a number among them (`XSA-204`, `TALOS-2017-0488`,
    /// `wnpa-sec-2017-18`, `GHSA-…`).
    private static final Pattern OTHER = Pattern.compile(
            "\\bGHSA(?:-[0-9a-z]{4}){3}\\b|(?<![\\w.-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*-[0-9]+(?![\\w-])");

    /// What is said in brackets are remarks: `CVE-2018-14879 (tcpdump -V)`.
    private static final Pattern REMARK = Pattern.compile("\\([^()]*\\)");

    /// In characters; real texts have under a hundred.
    static final int MAX_TEXT = 1000;

    /// A dot where the hyphen of the package's revision belongs: `10.2.24.r0`.
    private static final Pattern REVISION_AFTER_DOT = Pattern.compile("\\.r([0-9]+)$");

    /// Under this "version" stand ids that the package never had.
    private static final String NEVER = "0";

    private AlpinePackages() {}

    /// @param release `v3.18` or `edge`
    static void read(String feed, String path, String release, String name, JsonObject fixes, FeedSink sink) {
        var plain = release.startsWith("v") ? release.substring(1) : release;
        if (plain.isBlank() || name.isBlank()) {
            sink.problem(path, name, "no release or no name of a package");
            return;
        }
        var ecosystem = Ecosystem.of(new DistributionRelease("alpine", plain));
        for (var member : fixes.members().keySet()) {
            if (member.isBlank() || member.chars().anyMatch(Character::isWhitespace)) {
                sink.problem(path, name, "'" + member + "' is no version");
                continue;
            }
            var affected =
                    affected(ecosystem, name, REVISION_AFTER_DOT.matcher(member).replaceAll("-r$1"));
            ids(path, name + " " + member, fixes.array(member), sink)
                    .forEach((id, aliases) -> sink.advisory(advisory(feed, id, aliases), List.of(affected)));
        }
    }

    /// The ids of one list, each once. One that stands in a text beside CVEs (`CVE-2016-10013 XSA-204`) is another
    /// name of those.
    private static Map<String, Set<String>> ids(String path, String place, List<JsonValue> list, FeedSink sink) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (var element : list) {
            var text = element instanceof JsonString(var words) ? words : "";
            var cves = cves(text);
            var others = others(text);
            if (cves.isEmpty() && others.isEmpty()) {
                sink.problem(path, place, "'" + text + "' names no vulnerability");
            }
            cves.forEach(cve -> found.computeIfAbsent(cve, _ -> new TreeSet<>()));
            others.forEach(
                    other -> found.computeIfAbsent(other, _ -> new TreeSet<>()).addAll(cves));
        }
        return found;
    }

    static Set<String> cves(String text) {
        var cves = new TreeSet<String>();
        var matcher = CVE.matcher(text.length() > MAX_TEXT ? "" : text);
        while (matcher.find()) {
            cves.add("CVE-" + matcher.group(1) + "-" + matcher.group(2));
        }
        return cves;
    }

    static Set<String> others(String text) {
        var plain = text.length() > MAX_TEXT ? "" : REMARK.matcher(text).replaceAll(" ");
        var others = new TreeSet<String>();
        var matcher = OTHER.matcher(CVE.matcher(plain).replaceAll(" "));
        while (matcher.find()) {
            others.add(matcher.group());
        }
        return others;
    }

    private static Advisory advisory(String feed, String id, Set<String> aliases) {
        var references = new ArrayList<String>();
        if (id.startsWith("CVE-")) {
            references.add("https://security.alpinelinux.org/vuln/" + id);
        }
        return new Advisory(
                id,
                List.copyOf(aliases),
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
