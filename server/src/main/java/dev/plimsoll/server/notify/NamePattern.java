package dev.plimsoll.server.notify;

/// Which names of images are meant: `registry.example/team/*`. `*` stands for any characters but a
/// slash, `**` for any at all, `?` for one that is no slash. A pattern with a colon after its last
/// slash is of repository and tag, others of the repository alone.
///
/// @param text as it was written
record NamePattern(String text) {

    /// In characters: of the longest pattern.
    static final int LIMIT = 512;

    /// The time grows with the product of both lengths at most, whatever was written.
    ///
    /// @param name `registry/repository:tag`
    boolean matches(String name) {
        var subject = hasTag(text) ? name : repository(name);
        int length = subject.length();
        // whether the pattern so far takes the first n characters
        var taken = new boolean[length + 1];
        taken[0] = true;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean star = each == '*';
            boolean across = star && i + 1 < text.length() && text.charAt(i + 1) == '*';
            if (across) {
                i++;
            }
            var next = new boolean[length + 1];
            next[0] = star && taken[0];
            for (int n = 1; n <= length; n++) {
                char character = subject.charAt(n - 1);
                if (star) {
                    next[n] = taken[n] || (next[n - 1] && (across || character != '/'));
                } else {
                    next[n] = taken[n - 1] && (each == '?' ? character != '/' : each == character);
                }
            }
            taken = next;
        }
        return taken[length];
    }

    private static String repository(String name) {
        return hasTag(name) ? name.substring(0, name.lastIndexOf(':')) : name;
    }

    private static boolean hasTag(String text) {
        return text.lastIndexOf(':') > text.lastIndexOf('/');
    }
}
