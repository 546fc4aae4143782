package dev.plimsoll.inventory.scan;

import java.util.List;
import java.util.regex.Pattern;

/// Which paths a user left out.
final class Exclusion {

    private final List<Pattern> patterns;

    Exclusion(List<String> globs) {
        patterns = globs.stream().map(Exclusion::pattern).toList();
    }

    boolean covers(String path) {
        for (var pattern : patterns) {
            if (pattern.matcher(path).matches()) {
                return true;
            }
        }
        return false;
    }

    private static Pattern pattern(String glob) {
        var text = glob.startsWith("/") ? glob.substring(1) : glob;
        var regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '*' && text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.append("(?:/.*)?").toString(), Pattern.DOTALL);
    }
}
