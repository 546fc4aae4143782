package dev.plimsoll.server.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A Slack of our own, on loopback: an incoming webhook at `/services/T0TEST/B0TEST/hook` and the
/// methods `auth.test` and `chat.postMessage` beneath `/api/`, with Slack's limits, Slack's two
/// ways to refuse, and its order by channel.
///
/// Source: docs.slack.dev, "Sending messages using incoming webhooks", "chat.postMessage",
/// "auth.test".
public final class SlackStandIn extends StandInServer {

    /// The path of its webhook.
    public static final String HOOK = "/services/T0TEST/B0TEST/hook";
    /// Its token.
    public static final String TOKEN = "xoxb-stand-in";
    /// Its channel, which the app is in.
    public static final String CHANNEL = "C0TEST";
    /// A channel that the app is not in.
    public static final String FOREIGN_CHANNEL = "C0FOREIGN";

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> threads = new HashSet<>();
    private final Consumer<Posted> told;
    private int count;

    /// A message that was accepted.
    ///
    /// @param channel `webhook` where it came by that
    /// @param ts its id, empty where it came by the webhook
    public record Posted(String channel, String ts, JsonObject message) {}

    /// How one request is answered instead; status 0 closes the connection after the request was
    /// read, and -1 after the message was posted.
    ///
    /// @param retryAfter empty: without that header
    public record Failure(int status, String body, String retryAfter) {}

    public SlackStandIn() throws IOException {
        this(0, _ -> {});
    }

    private SlackStandIn(int port, Consumer<Posted> told) throws IOException {
        super(port);
        this.told = told;
    }

    /// Prints the addresses of its webhook and its methods, then each message that it accepts as a
    /// line of JSON.
    static void main(String[] arguments) throws IOException, InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
        try (var slack = new SlackStandIn(port, SlackStandIn::print)) {
            System.out.println(slack.address() + HOOK);
            System.out.println(slack.address() + "/api");
            Thread.currentThread().join();
        }
    }

    private static void print(Posted posted) {
        System.out.println(write(with(posted.message(), "posted_in", new JsonString(posted.channel()))));
    }

    public String webhook() {
        return address() + HOOK;
    }

    public String api() {
        return address() + "/api";
    }

    public List<Posted> posted() {
        return posted;
    }

    /// The next requests fail so, one each.
    public void failNext(Failure... next) {
        failures.addAll(List.of(next));
    }

    /// Its threads are gone.
    public synchronized void forgetThreads() {
        threads.clear();
    }

    @Override
    void answer(HttpExchange exchange, String body) throws IOException {
        var failure = failures.poll();
        if (failure != null && failure.status() >= 0) {
            fail(exchange, failure);
            return;
        }
        var path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("POST")) {
            text(exchange, 405, "text/html", "method_not_allowed");
        } else if (path.startsWith("/services/")) {
            hook(exchange, body);
        } else if (path.startsWith("/api/")) {
            method(exchange, path.substring("/api/".length()), body, failure != null);
        } else {
            text(exchange, 404, "text/html", "<!DOCTYPE html><html>not here</html>");
        }
    }

    private static void fail(HttpExchange exchange, Failure failure) throws IOException {
        if (failure.status() == 0) {
            return;
        }
        if (!failure.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", failure.retryAfter());
        }
        text(exchange, failure.status(), "text/html", failure.body());
    }

    private synchronized void hook(HttpExchange exchange, String body) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(HOOK)) {
            text(exchange, 404, "text/html", "no_service");
            return;
        }
        JsonObject message;
        try {
            message = read(body);
        } catch (JsonException _) {
            text(exchange, 400, "text/html", "invalid_payload");
            return;
        }
        var refusal = SlackRules.check(message);
        if (refusal.isPresent()) {
            text(exchange, 400, "text/html", refusal.get().error());
            return;
        }
        post(new Posted("webhook", "", message));
        text(exchange, 200, "text/html", "ok");
    }

    private synchronized void method(HttpExchange exchange, String method, String body, boolean lost)
            throws IOException {
        var type = exchange.getRequestHeaders().getFirst("content-type");
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("authorization"))) {
            error(exchange, "invalid_auth");
            return;
        }
        if (method.equals("auth.test")) {
            json(exchange, 200, object("""
                    {"ok": true, "user": "plimsoll", "team": "Stand-in", "team_id": "T0TEST", "user_id": "U0TEST"}
                    """));
            return;
        }
        if (!method.equals("chat.postMessage")) {
            error(exchange, "unknown_method");
            return;
        }
        JsonObject message;
        try {
            message = read(body);
        } catch (JsonException _) {
            error(exchange, "invalid_json");
            return;
        }
        if (!"application/json; charset=utf-8".equals(type)) {
            error(exchange, "missing_charset");
            return;
        }
        message(exchange, message, lost);
    }

    private void message(HttpExchange exchange, JsonObject message, boolean lost) throws IOException {
        var channel = message.string("channel").orElse("");
        if (!channel.equals(CHANNEL)) {
            error(exchange, channel.equals(FOREIGN_CHANNEL) ? "not_in_channel" : "channel_not_found");
            return;
        }
        var refusal = SlackRules.check(message);
        if (refusal.isPresent()) {
            json(
                    exchange,
                    200,
                    with(
                            object("{\"ok\": false, \"error\": \"%s\"}"
                                    .formatted(refusal.get().error())),
                            "response_metadata",
                            new JsonObject(Map.of(
                                    "messages",
                                    new JsonArray(refusal.get().messages().stream()
                                            .<JsonValue>map(JsonString::new)
                                            .toList())))));
            return;
        }
        var thread = message.string("thread_ts");
        if (thread.isPresent() && !threads.contains(thread.get())) {
            error(exchange, "thread_not_found");
            return;
        }
        var ts = "1700000000.%06d".formatted(++count * 100);
        threads.add(ts);
        post(new Posted(channel, ts, message));
        if (!lost) {
            json(
                    exchange,
                    200,
                    object("{\"ok\": true, \"channel\": \"%s\", \"ts\": \"%s\", \"message\": {}}"
                            .formatted(channel, ts)));
        }
    }

    private void post(Posted message) {
        posted.add(message);
        told.accept(message);
    }

    private static void error(HttpExchange exchange, String error) throws IOException {
        json(exchange, 200, object("{\"ok\": false, \"error\": \"" + error + "\"}"));
    }
}
