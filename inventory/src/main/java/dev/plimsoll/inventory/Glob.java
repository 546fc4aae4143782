package dev.plimsoll.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A pattern over paths: `*` stands for part of a name, `?` for one character of it, `[abc]` and `[0-9]` for one of
/// several, `**` as a whole name for any number of folders
/// (at the end, for all that lies beneath), `{a,b}` for either text. Immutable. Matching takes at most
/// the product of both lengths.
public final class Glob {

    /// In alternatives of one pattern after its braces are written out.
    static final int MAX_ALTERNATIVES = 1_000;

    private static final String ANY_FOLDERS = "**";

    private final String text;
    private final List<OfPaths> alternatives;

    /// Patterns of the name alone, `**` and one name: most are, and a path need not be taken apart for them.
    private final List<String> names;

    /// Paths without wildcards.
    private final Set<String> literals;

    /// A pattern over several names, with what tells at a glance that a path does not fit.
    private static final class OfPaths {

        private final String[] parts;

        /// What every path begins with.
        private final String beginning;

        /// The name of the folder that the file lies in, empty where it may have several.
        private final String folder;

        OfPaths(String pattern, String[] parts) {
            this.parts = parts;
            this.beginning = pattern.substring(0, literalLength(pattern));
            var folder = parts.length < 2 ? "" : parts[parts.length - 2];
            this.folder = literalLength(folder) == folder.length() ? folder : "";
        }

        boolean mayFit(String path) {
            if (!path.startsWith(beginning)) {
                return false;
            }
            var last = parts[parts.length - 1];
            if (last.equals(ANY_FOLDERS)) {
                return true;
            }
            var slash = path.lastIndexOf('/');
            return liesInFolder(path, slash) && fits(last, path.substring(slash + 1));
        }

        private boolean liesInFolder(String path, int slash) {
            var start = slash - folder.length();
            return folder.isEmpty()
                    || (start >= 0 && path.startsWith(folder, start) && (start == 0 || path.charAt(start - 1) == '/'));
        }
    }

    private static int literalLength(String pattern) {
        int length = 0;
        while (length < pattern.length() && "*?[".indexOf(pattern.charAt(length)) < 0) {
            length++;
        }
        return length;
    }

    /// @param text with or without a leading slash
    /// @throws IllegalArgumentException for braces that do not close, or that have too many alternatives
    public Glob(String text) {
        this.text = text.startsWith("/") ? text.substring(1) : text;
        var ofPaths = new ArrayList<OfPaths>();
        var ofNames = new ArrayList<String>();
        var whole = new HashSet<String>();
        for (var alternative : expanded(this.text)) {
            var parts = alternative.split("/", -1);
            if (parts.length == 2 && parts[0].equals(ANY_FOLDERS) && !parts[1].equals(ANY_FOLDERS)) {
                ofNames.add(parts[1]);
            } else if (alternative.chars().noneMatch(c -> c == '*' || c == '?' || c == '[')) {
                whole.add(alternative);
            } else {
                ofPaths.add(new OfPaths(alternative, parts));
            }
        }
        this.alternatives = List.copyOf(ofPaths);
        this.names = List.copyOf(ofNames);
        this.literals = Set.copyOf(whole);
    }

    /// The pattern as it was written, without the leading slash.
    public String text() {
        return text;
    }

    /// @param path without the leading slash
    public boolean matches(String path) {
        if (literals.contains(path)) {
            return true;
        }
        if (!names.isEmpty()) {
            var name = path.substring(path.lastIndexOf('/') + 1);
            for (var pattern : names) {
                if (fits(pattern, name)) {
                    return true;
                }
            }
        }
        for (var alternative : alternatives) {
            if (alternative.mayFit(path) && matches(alternative.parts, path.split("/", -1))) {
                return true;
            }
        }
        return false;
    }

    /// The texts that the braces stand for.
    static List<String> expanded(String text) {
        var open = text.indexOf('{');
        if (open < 0) {
            return List.of(text);
        }
        var close = text.indexOf('}', open);
        if (close < 0) {
            throw new IllegalArgumentException("the brace of '" + text + "' does not close");
        }
        var all = new ArrayList<String>();
        for (var choice : text.substring(open + 1, close).split(",", -1)) {
            all.addAll(expanded(text.substring(0, open) + choice + text.substring(close + 1)));
            if (all.size() > MAX_ALTERNATIVES) {
                throw new IllegalArgumentException("'" + text + "' has over " + MAX_ALTERNATIVES + " alternatives");
            }
        }
        return all;
    }

    /// The last `**` takes as few folders as it can, and one more whenever what follows does not fit.
    private static boolean matches(String[] pattern, String[] names) {
        int at = 0;
        int name = 0;
        int retry = -1;
        int taken = 0;
        while (name < names.length) {
            if (at < pattern.length && pattern[at].equals(ANY_FOLDERS)) {
                retry = ++at;
                taken = name;
            } else if (at < pattern.length && fits(pattern[at], names[name])) {
                at++;
                name++;
            } else if (retry >= 0) {
                at = retry;
                name = ++taken;
            } else {
                return false;
            }
        }
        // Folders at the end are what lies beneath, not the folder itself.
        return at == pattern.length;
    }

    /// One name against one part of the pattern; the same way of going back as for folders.
    static boolean fits(String pattern, String name) {
        int at = 0;
        int in = 0;
        int retry = -1;
        int taken = 0;
        while (in < name.length()) {
            int width;
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                retry = ++at;
                taken = in;
            } else if (at < pattern.length() && (width = width(pattern, at, name.charAt(in))) > 0) {
                at += width;
                in++;
            } else if (retry >= 0) {
                at = retry;
                in = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /// How much of the pattern the character uses up; 0 where it does not fit.
    private static int width(String pattern, int at, char c) {
        var expected = pattern.charAt(at);
        if (expected == '?') {
            return 1;
        }
        var close = expected == '[' ? pattern.indexOf(']', at + 2) : -1;
        if (close < 0) {
            return expected == c ? 1 : 0;
        }
        for (int i = at + 1; i < close; i++) {
            if (i + 2 < close && pattern.charAt(i + 1) == '-') {
                if (c >= pattern.charAt(i) && c <= pattern.charAt(i + 2)) {
                    return close + 1 - at;
                }
                i += 2;
            } else if (pattern.charAt(i) == c) {
                return close + 1 - at;
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
