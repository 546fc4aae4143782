package dev.plimsoll.inventory.golang;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a program was built, as far as that tells the version of its main module.
///
/// Source: Go, package `runtime/debug` (`BuildSetting`), `go help buildmode` (`-ldflags`), the linker's option `-X`,
/// package `golang.org/x/mod/module` (`PseudoVersion`).
///
/// @param settings by name
record BuildSettings(Map<String, String> settings) {

    private static final String SETTING = "build\t";

    /// `-X name=value`, the pair perhaps in quotation marks.
    private static final Pattern VARIABLE = Pattern.compile("-X[ =]\\s*['\"]?([^\\s='\"]{1,300})=([^\\s'\"]{1,200})");

    private static final Pattern VERSION = Pattern.compile("v?([0-9]+(?:\\.[0-9]+){1,3}(?:[-+.~][0-9A-Za-z.+~-]*)?)");

    private static final Pattern THREE_PARTS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(?:[-+].*)?");

    /// `2023-01-02T15:04:05Z`
    private static final Pattern TIME =
            Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z");

    private static final Pattern PLATFORM_WORD = Pattern.compile("[a-z0-9]{1,20}");

    private static final int SHORT_REVISION = 12;

    /// @param modules the text of the build information
    static BuildSettings of(String modules) {
        var settings = new HashMap<String, String>();
        modules.lines().filter(line -> line.startsWith(SETTING)).forEach(line -> {
            var equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(line.substring(SETTING.length(), equals), unquoted(line.substring(equals + 1)));
            }
        });
        return new BuildSettings(settings);
    }

    /// Where the program runs, `linux/amd64`; empty where the linker did not write it, as before Go 1.18.
    Optional<String> platform() {
        var system = settings.getOrDefault("GOOS", "");
        var processor = settings.getOrDefault("GOARCH", "");
        return PLATFORM_WORD.matcher(system).matches()
                        && PLATFORM_WORD.matcher(processor).matches()
                ? Optional.of(system + "/" + processor)
                : Optional.empty();
    }

    /// Whether parts of the program, the standard library among them, lie in files of their own.
    boolean isLinkedToLibraries() {
        return settings.getOrDefault("-linkshared", "").equals("true");
    }

    /// Values with blanks or quotation marks stand in quotation marks.
    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : value;
    }

    /// The main module's version: what the linker was told to write into a variable of that name, else what the stamp
    /// of version control says as Go itself would write it; empty where neither is there.
    ///
    /// @param module the main module's path
    String version(String module) {
        var linked = linkedVersion(module);
        return linked.isEmpty() ? stampedVersion() : linked;
    }

    private String linkedVersion(String module) {
        var variables = new LinkedHashMap<String, String>();
        var matcher = VARIABLE.matcher(settings.getOrDefault("-ldflags", ""));
        while (matcher.find()) {
            var version = VERSION.matcher(matcher.group(2));
            if (version.matches() && isVersionVariable(matcher.group(1))) {
                variables.put(
                        matcher.group(1),
                        THREE_PARTS.matcher(version.group(1)).matches() ? "v" + version.group(1) : matcher.group(2));
            }
        }
        return variables.entrySet().stream()
                .min(java.util.Comparator.comparingInt(entry -> distance(entry.getKey(), module)))
                .map(Map.Entry::getValue)
                .orElse("");
    }

    /// `version`, `Version`, `gitVersion`, `AppVersion`; not the toolchain's.
    private static boolean isVersionVariable(String name) {
        var last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return last.endsWith("version") && !last.startsWith("go") && !last.contains("api") && !last.contains("min");
    }

    /// A variable of the program itself says more than one of a package that it uses.
    private static int distance(String name, String module) {
        if (name.startsWith("main.")) {
            return 0;
        }
        return name.startsWith(module + "/") || name.startsWith(module + ".") ? 1 : 2;
    }

    private String stampedVersion() {
        var revision = settings.getOrDefault("vcs.revision", "");
        var time = TIME.matcher(settings.getOrDefault("vcs.time", ""));
        return revision.length() < SHORT_REVISION || !time.matches()
                ? ""
                : "v0.0.0-" + time.replaceAll("$1$2$3$4$5$6") + "-" + revision.substring(0, SHORT_REVISION)
                        + (settings.getOrDefault("vcs.modified", "").equals("true") ? "+dirty" : "");
    }
}
