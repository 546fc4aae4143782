package dev.plimsoll.inventory.npm;

import dev.plimsoll.inventory.FactSink;
import dev.plimsoll.inventory.npm.YarnLockAnalyzer.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The entries of Yarn 1's lock file: lines whose indentation (0, 2, 4 blanks) says what they belong to.
///
/// Source: Yarn 1, "yarn.lock"; names with `@` in front and texts with blanks are quoted as JSON does.
final class ClassicYarnLock {

    private final List<Entry> entries = new ArrayList<>();
    private List<String> patterns = List.of();
    private String version = "";
    private String digest = "";
    private boolean inDependencies;
    private Map<String, String> dependencies = new LinkedHashMap<>();

    private ClassicYarnLock() {}

    static List<Entry> read(String text, FactSink facts) {
        var lock = new ClassicYarnLock();
        var number = 0;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank() && line.charAt(0) != '#' && !lock.accept(line)) {
                facts.unknown("line " + number, "no line of a yarn.lock");
            }
        }
        lock.finish();
        return lock.entries;
    }

    /// @return whether the line means something
    private boolean accept(String line) {
        if (line.charAt(0) != ' ') {
            if (!line.endsWith(":")) {
                return false;
            }
            finish();
            patterns = List.of(line.substring(0, line.length() - 1).split(",", -1)).stream()
                    .map(String::strip)
                    .map(ClassicYarnLock::unquoted)
                    .toList();
            return true;
        }
        var field = line.strip();
        if (line.startsWith("    ")) {
            if (inDependencies) {
                var end = field.startsWith("\"") ? field.indexOf('"', 1) + 1 : field.indexOf(' ');
                if (end > 0 && end < field.length()) {
                    dependencies.put(
                            unquoted(field.substring(0, end)),
                            unquoted(field.substring(end).strip()));
                }
            }
            return true;
        }
        inDependencies = field.equals("dependencies:") || field.equals("optionalDependencies:");
        if (field.startsWith("version ")) {
            version = unquoted(field.substring("version ".length()).strip());
        } else if (field.startsWith("integrity ")) {
            digest = Integrity.digest(
                    unquoted(field.substring("integrity ".length()).strip()));
        }
        return true;
    }

    private void finish() {
        if (!patterns.isEmpty()) {
            var first = patterns.getFirst();
            var name = NpmName.realName(NpmName.nameOf(first), NpmName.rangeOf(first));
            if (!NpmName.rangeOf(first).startsWith("link:")) {
                entries.add(new Entry(patterns, name + "@" + version, dependencies, digest));
            }
        }
        patterns = List.of();
        version = "";
        digest = "";
        inDependencies = false;
        dependencies = new LinkedHashMap<>();
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
