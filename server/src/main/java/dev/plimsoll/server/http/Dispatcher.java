package dev.plimsoll.server.http;

import dev.plimsoll.server.access.Permission;
import dev.plimsoll.server.access.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of every request, whatever web server brought it: route, caller, permission, handler, errors as problems.
/// Safe for several threads.
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Router router;
    private final Authenticator authenticator;
    private final Observer observer;

    public Dispatcher(Router router, Authenticator authenticator, Observer observer) {
        this.router = router;
        this.authenticator = authenticator;
        this.observer = observer;
    }

    /// Hears of every request that was answered.
    @FunctionalInterface
    public interface Observer {

        /// @param route as its table names it, `GET /api/v1/images/{digest}`; `other` where there is none
        void answered(String route, int status, long nanoseconds, Principal principal, String remote);
    }

    /// A request as the web server has it.
    ///
    /// @param path encoded, without the query
    /// @param query first values, decoded
    /// @param headers first values, by names in lower case
    public record Incoming(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            String remote,
            InputStream body) {
        public Incoming {
            query = Map.copyOf(query);
            headers = Map.copyOf(headers);
        }
    }

    /// Never throws: whatever goes wrong is a reply.
    public Reply dispatch(Incoming incoming) {
        var start = System.nanoTime();
        var name = "other";
        var principal = Principal.NOBODY;
        Reply reply;
        try {
            switch (router.find(incoming.method(), incoming.path())) {
                case Router.Match.Found(var route, var parameters) -> {
                    name = route.name();
                    principal = authenticator.authenticate(incoming.headers(), incoming.remote());
                    permit(route.permission(), principal);
                    reply = conditional(
                            incoming,
                            route.handler()
                                    .handle(new Request(
                                            principal,
                                            parameters,
                                            incoming.query(),
                                            incoming.headers(),
                                            incoming.remote(),
                                            body(route, incoming))));
                }
                case Router.Match.OtherMethods(var allowed) ->
                    reply = Problems.reply(new ProblemException(
                                    405, "method-not-allowed", "this place takes " + String.join(", ", allowed)))
                            .with("allow", String.join(", ", allowed));
                case Router.Match.None() ->
                    reply = Problems.reply(ProblemException.notFound("there is nothing at " + incoming.path()));
            }
        } catch (ProblemException e) {
            reply = Problems.reply(e);
        } catch (IOException | RuntimeException e) {
            reply = Problems.reply(failure(name, e));
        }
        observer.answered(name, reply.status(), System.nanoTime() - start, principal, incoming.remote());
        return reply;
    }

    private static ProblemException failure(String name, Exception e) {
        var away = DatabaseAway.in(e);
        if (away.isPresent()) {
            LOG.warn("{} was answered 503: the database does not answer: {}", name, away.get());
            return ProblemException.unavailable("the database of the service does not answer; try again in a moment");
        }
        var id = UUID.randomUUID();
        LOG.error("{} failed ({})", name, id, e);
        return new ProblemException(
                500, "internal-error", "this should not have happened; the log of the service tells more at " + id);
    }

    public List<Route> routes() {
        return router.routes();
    }

    private static void permit(Permission permission, Principal principal) {
        if (permission == Permission.NONE || principal.may(permission)) {
            return;
        }
        throw principal.isKnown()
                ? ProblemException.forbidden(principal.name() + " may not do this: it takes the permission "
                        + permission.name().toLowerCase(Locale.ROOT))
                : ProblemException.unauthorized(
                        "say who you are: `Authorization: Bearer KEY`, or basic authentication with user and password");
    }

    private static InputStream body(Route route, Incoming incoming) {
        var length = Optional.ofNullable(incoming.headers().get("content-length"));
        if (length.isPresent()
                && length.get().matches("[0-9]{1,18}")
                && Long.parseLong(length.get()) > route.bodyLimit()) {
            throw ProblemException.tooLarge(route.bodyLimit());
        }
        return new LimitedBody(incoming.body(), route.bodyLimit());
    }

    /// Source: RFC 9110, 13.1.2 "If-None-Match".
    private static Reply conditional(Incoming incoming, Reply reply) {
        if (reply instanceof Reply.Document document && document.etag().isPresent() && document.status() == 200) {
            var etag = document.etag().get();
            var tagged = document.with("etag", etag);
            var known = incoming.headers().getOrDefault("if-none-match", "");
            for (var each : known.split(",", -1)) {
                if (each.strip().equals(etag)
                        || each.strip().equals("W/" + etag)
                        || each.strip().equals("*")) {
                    return new Reply.Empty(304, tagged.headers());
                }
            }
            return tagged;
        }
        return reply;
    }
}
