package dev.plimsoll.image.registry;

import dev.plimsoll.image.Connection;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that is asked of one registry: finds out whether it speaks TLS, and proves who asks where it demands that. Safe
/// for threads.
///
/// Source: Distribution Specification 1.1, "Determining Support"; RFC 9110, section 11.
final class Session implements AutoCloseable {

    private static final String PING = "/v2/";

    private final String registry;
    private final List<Endpoint> candidates;
    private final Connections connections;
    private final Machine machine;
    private final Credentials credentials;
    private final Map<String, Credentials.Found> found = new HashMap<>();
    /// What the registry demanded, by scope; what it demanded once it is given without being asked again.
    private final Map<String, Challenge> demanded = new HashMap<>();
    private final Map<String, String> scopes = new HashMap<>();
    private @Nullable Asked asked;

    /// @param candidates tried in this order; the first that answers is used from then on
    Session(
            String registry,
            List<Endpoint> candidates,
            Connections connections,
            Machine machine,
            Credentials credentials) {
        this.registry = registry;
        this.candidates = List.copyOf(candidates);
        this.connections = connections;
        this.machine = machine;
        this.credentials = credentials;
    }

    private record Asked(Endpoint endpoint, Requests requests, Tokens tokens) {}

    /// An `Authorization` and, where it is one, the token in it.
    private record Proof(String header, Optional<Secret> token) {}

    String registry() {
        return registry;
    }

    /// How it is asked.
    ///
    /// @throws IOException when it does not answer
    Connection connection() throws IOException {
        var endpoint = asked().endpoint();
        if (endpoint.isPlain()) {
            return Connection.PLAIN_HTTP;
        }
        return connections.isVerified(endpoint) ? Connection.VERIFIED_TLS : Connection.UNVERIFIED_TLS;
    }

    /// @param repository whose credential is meant; empty for the registry as a whole
    /// @param scope of the token that the request needs, where the registry says nothing of it
    /// @return an answer of any status; 401 only where the registry names no way in that we know
    /// @throws IOException when no answer comes, or the registry does not let us in
    Answer get(String repository, String pathAndQuery, Map<String, String> headers, String scope) throws IOException {
        var to = asked();
        var call = new Call(to.endpoint.resolve(pathAndQuery), headers, Optional.empty());
        var proof = known(to, repository, scope, Optional.empty());
        var refusals = 0;
        while (true) {
            var answer = to.requests.send(proof == null ? call : call.with(Call.AUTHORIZATION, proof.header()));
            var own = Endpoint.of(answer.uri()).equals(to.endpoint);
            if (answer.status() != 401 || !own) {
                return answer;
            }
            // a token may have ended before its time, or was for another scope: one more is asked for, a password is
            // not
            if (proof != null && (proof.token.isEmpty() || refusals++ > 0)) {
                throw refused(answer, repository);
            }
            if (!learn(to, answer, repository, scope)) {
                return answer;
            }
            answer.close();
            proof = known(to, repository, scope, proof == null ? Optional.empty() : proof.token);
            if (proof == null) {
                throw Failure.unreadable(registry + ": the registry demands a login; "
                        + find(repository).words() + " (docker login, or --registry-username)");
            }
        }
    }

    private IOException refused(Answer answer, String repository) throws IOException {
        var why = ErrorBody.of(answer);
        answer.close();
        return Failure.unreadable(registry + ": the registry refuses what it asked for itself" + why.inBrackets() + "; "
                + find(repository).words());
    }

    /// Keeps what the registry demands; some say it only at the root of their API.
    private boolean learn(Asked to, Answer answer, String repository, String scope) throws IOException {
        var challenge = usable(answer, repository);
        if (challenge.isEmpty()) {
            try (var root = to.requests.send(Call.get(to.endpoint.resolve(PING)))) {
                challenge = usable(root, repository);
            }
        }
        if (challenge.isEmpty()) {
            return false;
        }
        synchronized (demanded) {
            demanded.put(scope, challenge.get());
            challenge
                    .get()
                    .parameter("scope")
                    .filter(named -> !named.isBlank())
                    .ifPresent(named -> scopes.put(scope, named));
        }
        return true;
    }

    /// Of several ways in the one for which there is something to show.
    private Optional<Challenge> usable(Answer answer, String repository) throws IOException {
        var challenges = Challenge.parse(answer.headers().allValues("WWW-Authenticate"));
        var bearer = challenges.stream()
                .filter(challenge -> challenge.scheme().equals("bearer"))
                .findFirst();
        var basic = challenges.stream()
                .filter(challenge -> challenge.scheme().equals("basic"))
                .findFirst();
        return bearer.isPresent() && basic.isPresent() && find(repository).credential() instanceof Credential.Basic
                ? basic
                : bearer.or(() -> basic);
    }

    /// What the registry is known to demand, null where that is nothing or nothing is there to be shown.
    private @Nullable Proof known(Asked to, String repository, String scope, Optional<Secret> refused)
            throws IOException {
        Challenge challenge;
        String named;
        synchronized (demanded) {
            challenge = demanded.get(scope);
            named = scopes.getOrDefault(scope, scope);
        }
        if (challenge == null) {
            return null;
        }
        var credential = find(repository).credential();
        if (credential instanceof Credential.RegistryToken(var token)) {
            return new Proof("Bearer " + token.reveal(), Optional.empty());
        }
        if (challenge.scheme().equals("basic")) {
            return credential instanceof Credential.Basic basic ? new Proof(basic.header(), Optional.empty()) : null;
        }
        var token = to.tokens.token(challenge, named, find(repository), refused);
        return new Proof("Bearer " + token.reveal(), Optional.of(token));
    }

    /// What there is to show, for messages too.
    Credentials.Found find(String repository) throws IOException {
        synchronized (found) {
            var known = found.get(repository);
            if (known == null) {
                known = credentials.find(registry, repository);
                found.put(repository, known);
            }
            return known;
        }
    }

    private synchronized Asked asked() throws IOException {
        if (asked == null) {
            asked = new Asked(candidates.getFirst(), requests(candidates.getFirst()), tokens(candidates.getFirst()));
            if (candidates.size() > 1) {
                asked = firstThatAnswers();
            }
        }
        return asked;
    }

    private Asked firstThatAnswers() throws IOException {
        Connections.NoAnswerException failed = null;
        for (var endpoint : candidates) {
            var requests = requests(endpoint);
            try (var answer = requests.sendOnce(Call.get(endpoint.resolve(PING)))) {
                // a server with TLS tells who comes without it that the request is bad
                if (!endpoint.isPlain() || answer.status() != 400) {
                    return new Asked(endpoint, requests, tokens(endpoint));
                }
            } catch (Connections.NoAnswerException e) {
                // of both failures that with TLS says more, unless it is that there is none
                failed = failed == null || (!endpoint.isPlain() && !e.speaksNoTls()) ? e : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
        throw Failure.unreadable(registry + ": it speaks TLS, but not with us");
    }

    private Requests requests(Endpoint endpoint) {
        return new Requests(connections, new RedirectGuard(endpoint, connections, machine.names()), machine);
    }

    private Tokens tokens(Endpoint endpoint) {
        return new Tokens(endpoint, requests(endpoint), machine);
    }

    @Override
    public void close() {
        connections.close();
    }
}
