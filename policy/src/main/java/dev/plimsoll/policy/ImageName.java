package dev.plimsoll.policy;

import java.util.Set;

/// The name that mappings are asked for.
///
/// Source: Anchore Engine 1.1, how it splits a tag: no `library/` is put in, and what is before the first slash is a
/// registry
/// only where it looks like a host.
///
/// @param tag `latest` where the text names neither tag nor digest; empty where it names only a digest
public record ImageName(String registry, String repository, String tag) {

    /// For images without a name: only mappings of `*` fit it.
    public static final ImageName ANY = new ImageName("*", "*", "*");

    private static final Set<String> HOSTS = Set.of("docker.io", "localhost", "localhost.localdomain", "localbuild");

    /// Splits `registry/repository:tag`; never fails.
    public static ImageName parse(String text) {
        if (text.equals("*")) {
            return ANY;
        }
        int at = text.indexOf('@');
        var name = at < 0 ? text : text.substring(0, at);
        int slash = name.indexOf('/');
        var host = slash < 0 ? "" : name.substring(0, slash);
        var registry = "docker.io";
        if (host.equals("dockerhub")) {
            name = name.substring(slash + 1);
        } else if (!host.isEmpty() && (host.indexOf(':') >= 0 || host.indexOf('.') >= 0 || HOSTS.contains(host))) {
            registry = host;
            name = name.substring(slash + 1);
        }
        int colon = name.lastIndexOf(':');
        boolean tagged = colon > name.lastIndexOf('/');
        return new ImageName(
                registry,
                tagged ? name.substring(0, colon) : name,
                tagged ? name.substring(colon + 1) : at < 0 ? "latest" : "");
    }

    @Override
    public String toString() {
        return equals(ANY) ? "*" : registry + "/" + repository + (tag.isEmpty() ? "" : ":" + tag);
    }
}
