package dev.plimsoll.inventory.distribution;

import dev.plimsoll.inventory.Analyzer;
import dev.plimsoll.inventory.AnalyzerDeclaration;
import dev.plimsoll.inventory.Fact;
import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.LayerFile;
import dev.plimsoll.inventory.WantedPaths;
import dev.plimsoll.purl.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an image calls itself: os-release, and where there is none the older files of the families.
///
/// Source: os-release(5). Stateless: one instance serves all threads.
public final class OsReleaseAnalyzer implements Analyzer {

    /// The files that can say it, the most trusted first; assembly takes the first that is visible.
    public static final List<String> PATHS = List.of(
            "etc/os-release", "usr/lib/os-release", "etc/alpine-release", "etc/redhat-release", "etc/debian_version");

    /// Where Fedora keeps one file an edition; `usr/lib/os-release` is a link to one of them.
    private static final String EDITIONS = "usr/lib/os.release.d/os-release";

    /// In bytes; real ones are under a thousand.
    static final int MAX_FILE = 64 << 10;

    private static final Pattern RED_HAT = Pattern.compile("^(.+?)(?: Linux)?(?: Server)? release ([0-9][0-9.]*)");

    private static final AnalyzerDeclaration DECLARATION = AnalyzerDeclaration.of(
                    "os-release",
                    2,
                    "distribution",
                    WantedPaths.of(
                            "etc/os-release",
                            "usr/lib/os-release",
                            "etc/alpine-release",
                            "etc/redhat-release",
                            "etc/debian_version",
                            "usr/lib/os.release.d/os-release*"))
            .gives("the release, as advisories name it")
            .limit("a file", MAX_FILE, "bytes")
            .source("os-release(5)")
            .proof("real images");

    @Override
    public AnalyzerDeclaration declaration() {
        return DECLARATION;
    }

    /// Whether a file is one of those that can say it.
    public static boolean reads(String path) {
        return PATHS.contains(path) || path.startsWith(EDITIONS);
    }

    @Override
    public void analyze(LayerFile file, FactSink facts) throws IOException {
        var bytes = file.bytes(MAX_FILE, "its text is", facts);
        if (bytes.isEmpty()) {
            return;
        }
        var text = new String(bytes.get(), StandardCharsets.UTF_8);
        var found = switch (file.path()) {
            case "etc/alpine-release" -> version("alpine", text);
            case "etc/debian_version" -> debian(text.strip());
            case "etc/redhat-release" -> redHat(text.strip());
            default -> osRelease(text);
        };
        if (found.isPresent()) {
            facts.add(new Fact.DistributionFound(found.get()));
        } else {
            facts.unknown("", "names no distribution");
        }
    }

    private static Optional<Distribution> osRelease(String text) {
        Map<String, String> values = new HashMap<>();
        for (var line : text.lines().toList()) {
            var equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        var id = values.getOrDefault("ID", "").strip();
        var name = values.getOrDefault("PRETTY_NAME", values.getOrDefault("NAME", ""));
        if (id.isEmpty() && name.isEmpty()) {
            return Optional.empty();
        }
        var like = values.getOrDefault("ID_LIKE", "").strip();
        return Optional.of(new Distribution(
                id.isEmpty() || id.indexOf(':') >= 0 ? "linux" : id,
                values.getOrDefault("VERSION_ID", "").strip(),
                values.getOrDefault("VERSION_CODENAME", "").strip(),
                like.isEmpty() ? List.of() : Arrays.asList(like.split("\\s+", -1)),
                name));
    }

    /// Shell quoting: single quotes keep all, in double quotes a backslash keeps the sign behind it.
    private static String unquoted(String value) {
        if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
            return value.substring(1, value.length() - 1);
        }
        var inside = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        if (inside.indexOf('\\') < 0) {
            return inside;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < inside.length(); i++) {
            if (inside.charAt(i) == '\\' && i + 1 < inside.length()) {
                i++;
            }
            plain.append(inside.charAt(i));
        }
        return plain.toString();
    }

    private static Optional<Distribution> version(String id, String text) {
        var version = text.strip();
        return version.isEmpty() || version.length() > 64
                ? Optional.empty()
                : Optional.of(new Distribution(id, version, "", List.of(), ""));
    }

    /// `12.4`, or for testing `trixie/sid`.
    private static Optional<Distribution> debian(String text) {
        var slash = text.indexOf('/');
        return slash > 0
                ? Optional.of(new Distribution("debian", "", text.substring(0, slash), List.of(), ""))
                : version("debian", text);
    }

    private static Optional<Distribution> redHat(String text) {
        var matcher = RED_HAT.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var name = matcher.group(1);
        var id = name.startsWith("Red Hat")
                ? "rhel"
                : name.startsWith("CentOS")
                        ? "centos"
                        : name.startsWith("AlmaLinux")
                                ? "almalinux"
                                : name.startsWith("Rocky") ? "rocky" : name.startsWith("Fedora") ? "fedora" : "";
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new Distribution(id, matcher.group(2), "", List.of("rhel"), text));
    }
}
