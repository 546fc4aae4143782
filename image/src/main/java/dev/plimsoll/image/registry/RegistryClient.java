package dev.plimsoll.image.registry;

import dev.plimsoll.image.Digest;
import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads from registries that speak the Distribution API, version 2. Safe for threads.
///
/// Requests go to the registry that is named (or to a mirror that the user's registries.conf names), to the token
/// server
/// that it names, and to where it redirects for blobs; never to addresses of this machine or of private networks on its
/// word alone. Credentials are sent to the registry and its token server only. Plain HTTP is spoken where the user
/// allows it, and with registries on loopback addresses and `localhost`, which are tried without TLS first, as
/// Docker speaks it with them.
///
/// Source: OCI Distribution Specification 1.1; Docker Registry HTTP API V2 for what it leaves out.
public final class RegistryClient implements AutoCloseable {

    /// Of tags or repositories, unless the user says otherwise.
    public static final int DEFAULT_MOST_NAMES = 100_000;

    private static final String CATALOGUE_SCOPE = "registry:catalog:*";
    /// What is asked for at a time.
    private static final int PAGE = 1000;

    private final RegistryOptions options;
    private final Machine machine;
    private final Deadline deadline;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private @Nullable Mirrors mirrors;

    RegistryClient(RegistryOptions options, Machine machine) {
        this.options = options;
        this.machine = machine;
        this.deadline = Deadline.in(options.timeout());
    }

    /// A client whose time runs from now on.
    public static RegistryClient of(RegistryOptions options) {
        return new RegistryClient(options, Machine.real());
    }

    /// Finds an image: asks its mirrors first, where there are any, and the registry last.
    ///
    /// @param mostBytes a longer manifest is refused
    /// @throws ImageException when there is none, or none can be had
    public RemoteImage image(Reference reference, int mostBytes) throws IOException {
        List<String> failures = new ArrayList<>();
        for (var source : mirrors().sources(reference)) {
            var session = session(source);
            try {
                var root = Manifests.find(session, source.reference(), reference.toString(), mostBytes);
                if (root.isPresent()) {
                    return new RemoteImage(reference, source, session, machine, root.get());
                }
                failures.add("the registry " + source.reference().registry() + " has no such image");
            } catch (ImageException e) {
                if (!source.mirror()) {
                    throw failures.isEmpty() ? e : withMirrors(e, failures);
                }
                failures.add("mirror " + source.reference().registry() + ": " + e.getMessage());
            }
        }
        throw Failure.notThere(reference + ": " + String.join("; ", failures));
    }

    private static ImageException withMirrors(ImageException last, List<String> failures) {
        return new ImageException(last.kind(), last.getMessage() + "; before: " + String.join("; ", failures), last);
    }

    /// All tags of a repository, in the registry's order.
    ///
    /// @param repository whose tag and digest do not matter
    /// @param most more are refused
    public List<String> tags(Reference repository, int most) throws IOException {
        var source = primary(repository);
        var path = source.reference().repository();
        return new Pages(session(source), path, pullScope(path), repository.name())
                .strings("/v2/" + path + "/tags/list?n=" + PAGE, "tags", most)
                .orElseThrow(() -> Failure.notThere(repository.name() + ": the registry "
                        + source.reference().registry() + " has no such repository"));
    }

    /// The names of all repositories, in the registry's order. Many registries do not tell them.
    ///
    /// @param registry `host[:port]`
    /// @param most more are refused
    public List<String> catalogue(String registry, int most) throws IOException {
        var named = Reference.parseRegistry(registry);
        return new Pages(session(named, false, false), "", CATALOGUE_SCOPE, named)
                .strings("/v2/_catalog?n=" + PAGE, "repositories", most)
                .orElseThrow(() -> Failure.notThere(named + ": the registry has no catalogue"));
    }

    /// What refers to an image. Registries that do not know the question keep it in an index whose tag is made of the
    /// digest.
    ///
    /// @param artifactType only those; empty for all
    /// @param mostBytes a longer manifest is refused
    /// @param most more are refused
    public List<Referrer> referrers(Reference reference, Optional<String> artifactType, int mostBytes, int most)
            throws IOException {
        var source = primary(reference);
        var session = session(source);
        var digest = reference.digest().isPresent()
                ? reference.digest().get()
                : Manifests.find(session, source.reference(), reference.toString(), mostBytes)
                        .orElseThrow(() -> Failure.notThere(reference + ": the registry "
                                + source.reference().registry() + " has no such image"))
                        .digest();
        return new Referrers(session, source.reference(), reference.toString(), mostBytes, most)
                .of(digest, artifactType);
    }

    private Source primary(Reference reference) throws IOException {
        return mirrors().sources(reference).getLast();
    }

    private synchronized Mirrors mirrors() throws IOException {
        if (mirrors == null) {
            mirrors = Mirrors.load(options, machine);
        }
        return mirrors;
    }

    private Session session(Source source) throws IOException {
        return session(source.reference().registry(), source.insecure(), source.mirror());
    }

    private synchronized Session session(String registry, boolean insecure, boolean mirror) throws IOException {
        var key = registry + " " + insecure + " " + mirror;
        var known = sessions.get(key);
        if (known == null) {
            known = newSession(registry, insecure, mirror);
            sessions.put(key, known);
        }
        return known;
    }

    private Session newSession(String registry, boolean insecure, boolean mirror) throws IOException {
        var certificates = new Certificates(options, machine, registry);
        var connections = new Connections(options, machine, deadline, certificates, Proxies.of(options));
        var tls = Endpoint.of("https", registry);
        var plain = Endpoint.of("http", registry);
        if (insecure || options.isUnverifiedTls(registry)) {
            connections.trustUnverified(tls);
        }
        List<Endpoint> candidates;
        if (options.isInsecureHttp(registry)) {
            candidates = List.of(plain);
        } else if (options.isUnverifiedTls(registry)) {
            candidates = List.of(tls);
        } else if (isLoopback(registry)) {
            var expectsTls = options.certificateAuthorities().isPresent() || certificates.areGiven();
            candidates = expectsTls ? List.of(tls, plain) : List.of(plain, tls);
        } else {
            candidates = insecure ? List.of(tls, plain) : List.of(tls);
        }
        // what the user gave is for the registry that he named
        var given = mirror ? Optional.<Credential>empty() : options.credential();
        return new Session(registry, candidates, connections, machine, new Credentials(options, given));
    }

    private static boolean isLoopback(String registry) {
        var host = Endpoint.withoutBrackets(Endpoint.host(registry));
        return host.equals("localhost") || (Network.isAddress(host) && Network.isLoopback(host));
    }

    static String pullScope(String repository) {
        return "repository:" + repository + ":pull";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// What an answer means that is not the one that was hoped for.
    static ImageException failed(Session session, Answer answer, String repository, String where) throws IOException {
        var host = Endpoint.of(answer.uri()).authority();
        var why = ErrorBody.of(answer).inBrackets();
        return switch (answer.status()) {
            case 401, 403 ->
                Failure.unreadable(where + ": " + host + " does not allow it" + why + "; "
                        + session.find(repository).words());
            case 429 ->
                Failure.unreadable(where + ": " + host + " asks to come back later"
                        + answer.header("Retry-After")
                                .map(time -> ", Retry-After: " + time)
                                .orElse("")
                        + why);
            default -> Failure.unreadable(where + ": " + host + " answers with status " + answer.status() + why);
        };
    }

    @Override
    public synchronized void close() {
        sessions.values().forEach(Session::close);
        sessions.clear();
    }

    static String digestTag(Digest digest) {
        return digest.algorithm() + "-" + digest.hex();
    }
}
