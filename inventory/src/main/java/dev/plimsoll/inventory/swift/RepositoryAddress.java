package dev.plimsoll.inventory.swift;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The address of a repository, as host, owner and name: `https://github.com/apple/swift-nio.git`,
/// `git@github.com:apple/swift-nio.git`, `ssh://git@host:22/a/b`.
///
/// @param namespace host and owners, joined by `/`: `github.com/apple`
record RepositoryAddress(String namespace, String name) {

    private static final Pattern URL = Pattern.compile("[a-z+]+://(?:[^@/]*@)?([^/:]+)(?::[0-9]+)?/+(.+)");
    private static final Pattern SHORT = Pattern.compile("(?:[^@/]+@)?([^/:]+):/*(.+)");

    /// Empty where the text is no address of a host.
    static Optional<RepositoryAddress> of(String text) {
        var url = URL.matcher(text);
        var matcher = url.matches() ? url : SHORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var path = matcher.group(2);
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        path = path.endsWith(".git") ? path.substring(0, path.length() - ".git".length()) : path;
        var slash = path.lastIndexOf('/');
        var name = path.substring(slash + 1);
        return name.isEmpty() || slash <= 0
                ? Optional.empty()
                : Optional.of(new RepositoryAddress(
                        matcher.group(1).toLowerCase(Locale.ROOT) + "/" + path.substring(0, slash), name));
    }
}
