package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/// Makes requests until they are answered: follows redirects, and asks again where a failure may pass. Safe for
/// threads.
final class Requests {

    /// Of one request.
    static final int MAX_REDIRECTS = 10;

    private final Connections connections;
    private final RedirectGuard guard;
    private final Machine machine;

    Requests(Connections connections, RedirectGuard guard, Machine machine) {
        this.connections = connections;
        this.guard = guard;
        this.machine = machine;
    }

    RedirectGuard guard() {
        return guard;
    }

    /// @return an answer of any status but a redirect, one that may pass only after the last attempt
    /// @throws ImageException when a redirect may not be followed
    /// @throws IOException when no answer comes
    Answer send(Call call) throws IOException {
        var waited = Duration.ZERO;
        for (var attempt = 1; ; attempt++) {
            var wait = Backoff.after(attempt);
            try {
                var answer = following(call);
                if (!Backoff.isPassing(answer.status()) || attempt == Backoff.MAX_ATTEMPTS) {
                    return answer;
                }
                var now = machine.clock().instant();
                wait = answer.header("Retry-After")
                        .flatMap(value -> Backoff.asked(value, now))
                        .orElse(wait);
                waited = waited.plus(wait);
                if (waited.compareTo(Backoff.MAX_WAIT) > 0) {
                    return answer; // its body may say why
                }
                answer.close();
            } catch (ImageException e) {
                throw e;
            } catch (IOException e) {
                waited = waited.plus(wait);
                if (!mayPass(e) || attempt == Backoff.MAX_ATTEMPTS || waited.compareTo(Backoff.MAX_WAIT) > 0) {
                    throw e;
                }
            }
            pause(machine, wait);
        }
    }

    /// One attempt.
    Answer sendOnce(Call call) throws IOException {
        return following(call);
    }

    /// What has a reason that stays: a wrong name, a wrong certificate, a port where nobody listens. Who waits for an
    /// answer once has waited enough.
    private static boolean mayPass(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof SSLException
                    || cause instanceof HttpTimeoutException
                    || cause instanceof RuntimeException) {
                return false;
            }
        }
        return true;
    }

    static void pause(Machine machine, Duration time) throws IOException {
        try {
            machine.pauses().pause(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Failure.unreadable("the reading was interrupted");
        }
    }

    private Answer following(Call first) throws IOException {
        var call = first;
        Set<URI> seen = new HashSet<>();
        seen.add(call.uri());
        for (var hops = 0; ; hops++) {
            var answer = connections.send(call);
            if (!isRedirect(answer.status())) {
                return answer;
            }
            answer.close();
            var here = Endpoint.of(call.uri());
            if (first.form().isPresent()) {
                throw Failure.unreadable(here + " redirects a request that holds a token; that is not followed");
            }
            if (hops == MAX_REDIRECTS) {
                throw Failure.unreadable(Endpoint.of(first.uri()) + " redirects more than " + MAX_REDIRECTS + " times");
            }
            var next = target(call.uri(), answer.header("Location").orElse(""));
            if (!seen.add(next)) {
                throw Failure.unreadable(here + " redirects in a circle");
            }
            var there = Endpoint.of(next);
            if (!here.isPlain() && there.isPlain()) {
                throw Failure.unreadable(here + " redirects to " + there + ", without TLS; that is not followed");
            }
            if (there.equals(here)) {
                call = call.to(next);
            } else {
                guard.check(next, "a redirect of " + here);
                call = call.elsewhere(next);
            }
        }
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private static URI target(URI from, String location) throws IOException {
        try {
            var next = from.resolve(URI.create(location.strip()));
            var scheme = next.getScheme().toLowerCase(Locale.ROOT);
            if (!location.isBlank()
                    && next.getHost() != null
                    && next.getRawUserInfo() == null
                    && (scheme.equals("http") || scheme.equals("https"))) {
                return next;
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw Failure.unreadable(Endpoint.of(from) + " redirects to something that is no address");
    }
}
