package dev.plimsoll.image.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Proxies as the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY name them, in capitals or not; ALL_PROXY is not asked.
///
/// A proxy is `http://[user:password@]host[:port]`, the scheme may be missing. NO_PROXY is a list of hosts
/// (`example.com`
/// covers its subdomains, `.example.com` these alone), addresses, networks (`10.0.0.0/8`), each with a port if wanted,
/// or `*` for all. `localhost` and loopback addresses are never asked for through a proxy. There is no standard: this
/// is what Go's package golang.org/x/net/http/httpproxy documents, by which Docker and Podman go.
final class Proxies extends ProxySelector {

    /// In the variable NO_PROXY; what stands behind it is not read.
    static final int MAX_EXCEPTIONS = 1000;

    private final Optional<Server> forHttp;
    private final Optional<Server> forHttps;
    private final List<String> exceptions;

    private Proxies(Optional<Server> forHttp, Optional<Server> forHttps, List<String> exceptions) {
        this.forHttp = forHttp;
        this.forHttps = forHttps;
        this.exceptions = exceptions;
    }

    static Proxies of(RegistryOptions options) throws IOException {
        return new Proxies(
                server(options, "HTTP_PROXY"),
                server(options, "HTTPS_PROXY"),
                either(options, "NO_PROXY").stream()
                        .flatMap(text -> List.of(text.split(",", MAX_EXCEPTIONS)).stream())
                        .map(part -> part.strip().toLowerCase(Locale.ROOT))
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static Optional<String> either(RegistryOptions options, String name) {
        return options.variable(name).or(() -> options.variable(name.toLowerCase(Locale.ROOT)));
    }

    private static Optional<Server> server(RegistryOptions options, String name) throws IOException {
        var text = either(options, name);
        return text.isPresent() ? Optional.of(Server.parse(name, text.get())) : Optional.empty();
    }

    /// The proxy for an address, empty where it is asked directly.
    Optional<Server> server(URI uri) {
        var target = Endpoint.of(uri);
        var server = target.isPlain() ? forHttp : forHttps;
        return isException(target) ? Optional.empty() : server;
    }

    /// Whether any proxy wants a password.
    boolean needCredentials() {
        return forHttp.flatMap(Server::credential).isPresent()
                || forHttps.flatMap(Server::credential).isPresent();
    }

    private boolean isException(Endpoint target) {
        var host = Endpoint.withoutBrackets(target.host());
        if (host.equals("localhost") || (Network.isAddress(host) && Network.isLoopback(host))) {
            return true;
        }
        return exceptions.stream().anyMatch(exception -> excepts(exception, host, target.port()));
    }

    private static boolean excepts(String exception, String host, int port) {
        if (exception.equals("*")) {
            return true;
        }
        if (exception.indexOf('/') >= 0) {
            return Network.parse(exception)
                    .filter(network -> network.contains(host))
                    .isPresent();
        }
        var colon = exception.lastIndexOf(':');
        var hasPort =
                (colon > exception.lastIndexOf(']') && exception.indexOf(':') == colon) || exception.contains("]:");
        if (hasPort && !exception.substring(colon + 1).equals(String.valueOf(port))) {
            return false;
        }
        var named = Endpoint.withoutBrackets(hasPort ? exception.substring(0, colon) : exception);
        if (named.startsWith("*.")) {
            named = named.substring(1);
        }
        return named.startsWith(".") ? host.endsWith(named) : host.equals(named) || host.endsWith("." + named);
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(server(uri)
                .map(server -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(server.host(), server.port())))
                .orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // the request itself fails, and says so
    }

    /// @param credential for the proxy itself
    record Server(String host, int port, Optional<Credential.Basic> credential) {

        private static Server parse(String variable, String text) throws IOException {
            try {
                var uri = URI.create(text.contains("://") ? text : "http://" + text);
                var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
                if (uri.getHost() == null || !scheme.equals("http")) {
                    throw Failure.unusable(
                            variable + ": only proxies of the form http://[user:password@]host[:port] are supported");
                }
                var port = uri.getPort() >= 0 ? uri.getPort() : 80;
                return new Server(
                        Endpoint.withoutBrackets(uri.getHost()),
                        port,
                        Optional.ofNullable(uri.getRawUserInfo()).map(Server::credential));
            } catch (IllegalArgumentException _) {
                // the text may hold a password, so it is not shown
                throw Failure.unusable(variable + ": is no address of a proxy");
            }
        }

        private static Credential.Basic credential(String userInfo) {
            var colon = userInfo.indexOf(':');
            var user = colon < 0 ? userInfo : userInfo.substring(0, colon);
            var password = colon < 0 ? "" : userInfo.substring(colon + 1);
            return new Credential.Basic(decoded(user), Secret.of(decoded(password)));
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }
    }
}
