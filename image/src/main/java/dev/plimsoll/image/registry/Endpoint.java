package dev.plimsoll.image.registry;

import java.net.URI;
import java.util.Locale;

/// Where requests go: a scheme, a host, a port. Two are equal when a credential of one may be sent to the other.
///
/// @param host lower-case, an address of version 6 in brackets
record Endpoint(String scheme, String host, int port) {

    private static final String DOCKER_HUB_API = "registry-1.docker.io";

    /// Of an absolute address with a host.
    static Endpoint of(URI uri) {
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("http") ? 80 : 443;
        return new Endpoint(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    /// Of a registry as references name it. Docker Hub's API lies on another host than its name says.
    static Endpoint of(String scheme, String registry) {
        var authority = registry.equals(Reference.DOCKER_HUB) ? DOCKER_HUB_API : registry;
        return of(URI.create(scheme + "://" + authority));
    }

    /// The host of `host[:port]`.
    static String host(String registry) {
        var colon = registry.lastIndexOf(':');
        return colon > registry.lastIndexOf(']') && colon > 0 ? registry.substring(0, colon) : registry;
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    boolean isPlain() {
        return scheme.equals("http");
    }

    /// @param pathAndQuery begins with a slash
    URI resolve(String pathAndQuery) {
        return URI.create(this + pathAndQuery);
    }

    /// `host`, or `host:port` where the port is not the scheme's own.
    String authority() {
        return port == (isPlain() ? 80 : 443) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
