package dev.plimsoll.image.registry;

import dev.plimsoll.image.ImageException;
import dev.plimsoll.image.tls.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/// Makes single requests, each over a client of Java's that has the certificates and the proxy that its target needs.
/// Follows no redirect and repeats nothing. Safe for threads.
final class Connections implements AutoCloseable {

    private static final String PLAIN = "";

    private final RegistryOptions options;
    private final Machine machine;
    private final Deadline deadline;
    private final Certificates certificates;
    private final Proxies proxies;
    private final Set<String> unverified = ConcurrentHashMap.newKeySet();
    private final Map<String, HttpClient> clients = new TreeMap<>();

    Connections(
            RegistryOptions options, Machine machine, Deadline deadline, Certificates certificates, Proxies proxies) {
        this.options = options;
        this.machine = machine;
        this.deadline = deadline;
        this.certificates = certificates;
        this.proxies = proxies;
        if (proxies.needCredentials()) {
            // Java sends a proxy no password for a connection with TLS unless it is told to; it reads this once, before
            // the first request of the process, so that who makes such requests before must set it himself
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    /// From now on the certificate of that host is not looked at.
    void trustUnverified(Endpoint endpoint) {
        unverified.add(endpoint.authority());
    }

    /// Whether what the endpoint shows as its certificate is verified.
    boolean isVerified(Endpoint endpoint) {
        var authority = endpoint.authority();
        return !unverified.contains(authority) && !options.isUnverifiedTls(authority);
    }

    /// @throws NoAnswerException when no answer comes
    Answer send(Call call) throws IOException {
        deadline.check();
        var request = HttpRequest.newBuilder(call.uri());
        call.form()
                .ifPresent(form -> request.POST(HttpRequest.BodyPublishers.ofString(form))
                        .header("Content-Type", "application/x-www-form-urlencoded"));
        request.header("User-Agent", options.userAgent());
        call.headers().forEach(request::header);
        proxies.server(call.uri())
                .flatMap(Proxies.Server::credential)
                .ifPresent(credential -> request.header("Proxy-Authorization", credential.header()));
        try {
            var answer = send(client(call.uri()), request.build());
            if (answer.status() == 407) {
                answer.close();
                throw Failure.unreadable(
                        "the proxy for " + Endpoint.of(call.uri()).authority()
                                + " demands a login, or another one (HTTPS_PROXY, HTTP_PROXY: http://user:password@host:port)");
            }
            return answer;
        } catch (ImageException e) {
            throw e;
        } catch (IOException e) {
            throw new NoAnswerException(Endpoint.of(call.uri()), e);
        }
    }

    /// No answer came; the message names the host and says why.
    static final class NoAnswerException extends IOException {

        private static final long serialVersionUID = 1L;

        NoAnswerException(Endpoint endpoint, IOException cause) {
            super(endpoint.authority() + ": " + Failure.reason(cause), cause);
        }

        /// Whether the other side was asked with TLS and answered without.
        boolean speaksNoTls() {
            return String.valueOf(getMessage()).contains(Failure.NO_TLS);
        }
    }

    /// Waits for the head of the answer. Java's own future is not waited for: where a connection breaks soon after the
    /// head, it fails, and the bytes that came are lost. Nor is the timeout of Java's request used: whether
    /// it covers the body too depends on Java's version.
    private Answer send(HttpClient client, HttpRequest request) throws IOException {
        var head = new CompletableFuture<Answer>();
        var future = client.sendAsync(request, info -> {
            var body = new BodyStream(machine.pace(), deadline);
            head.complete(new Answer(info.statusCode(), info.headers(), request.uri(), body));
            return body;
        });
        // what fails before the head is the head's failure, what fails later is the body's
        var _ = future.whenComplete((response, failure) -> {
            if (failure == null) {
                head.complete(withoutBody(response));
            } else if (!head.completeExceptionally(failure)) {
                var _ = head.thenAccept(answer -> answer.body().onError(failure));
            }
        });
        try {
            return head.get(deadline.atMost(machine.pace().response()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            future.cancel(true);
            deadline.check();
            throw new HttpTimeoutException("no answer came in time");
        } catch (InterruptedException _) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw Failure.unreadable("the reading was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw new IOException(failure);
                case null, default -> throw new IOException(e);
            }
        }
    }

    /// For what a proxy answers in place of the target, Java asks nobody for a body.
    private Answer withoutBody(HttpResponse<BodyStream> response) {
        var body = new BodyStream(machine.pace(), deadline);
        body.onComplete();
        return new Answer(
                response.statusCode(), response.headers(), response.request().uri(), body);
    }

    private HttpClient client(URI uri) throws IOException {
        var endpoint = Endpoint.of(uri);
        var key = endpoint.isPlain() ? PLAIN : endpoint.authority();
        synchronized (clients) {
            var client = clients.get(key);
            if (client == null) {
                client = newClient(endpoint);
                clients.put(key, client);
            }
            return client;
        }
    }

    private HttpClient newClient(Endpoint endpoint) throws IOException {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // enough for a few large questions
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(machine.pace().connect())
                .proxy(proxies)
                .sslContext(context(endpoint))
                .build();
    }

    private SSLContext context(Endpoint endpoint) throws IOException {
        if (endpoint.isPlain()) {
            try {
                return TlsContexts.trustingNobody();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a context without anything can be made", e);
            }
        }
        return certificates.context(endpoint.authority(), isVerified(endpoint));
    }

    /// The proxy that a target is asked through.
    Optional<Proxies.Server> proxy(URI uri) {
        return proxies.server(uri);
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(HttpClient::shutdownNow);
            clients.clear();
        }
    }
}
