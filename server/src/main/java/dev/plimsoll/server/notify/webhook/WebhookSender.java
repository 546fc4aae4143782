package dev.plimsoll.server.notify.webhook;

import dev.plimsoll.json.JsonWriter;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.outbound.OutboundRefusedException;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.RetryAfter;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.vendor.VendorRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends signed requests to one address.
///
/// Source: Standard Webhooks 1.0.0, "Webhook headers" and "Deliverability and reliability".
final class WebhookSender implements Sender {

    /// How long the receiver may take to answer.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// How long to wait at least where a receiver is overloaded and does not say how long.
    private static final Duration BREATH = Duration.ofSeconds(5);

    private final Outbound outbound;
    private final Settings settings;

    WebhookSender(Outbound outbound, Settings settings) {
        this.outbound = outbound;
        this.settings = settings;
    }

    @Override
    public Outcome send(Message message, Attempt attempt) {
        var body = WebhookKind.isAnchore(settings) ? AnchoreNotification.of(message) : attempt.document();
        return post(message.id().toString(), attempt.at(), body);
    }

    @Override
    public Outcome test(TestCall call) {
        return post(
                call.id().toString(),
                call.at(),
                JsonWriter.text(json -> json.object(() -> {
                    json.member("type", "test.ping");
                    json.member("timestamp", call.at().toString());
                    json.object("data", () -> {
                        json.member("id", call.id().toString());
                        json.member("account", call.account());
                        json.member("requested_by", call.actor());
                    });
                })));
    }

    private Outcome post(String id, Instant now, String text) {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var timestamp = now.getEpochSecond();
        try {
            var request = VendorRequest.to(settings.text(WebhookKind.URL))
                    .timeout(PATIENCE)
                    .header("content-type", "application/json")
                    .header("user-agent", "plimsoll")
                    .header("webhook-id", id)
                    .header("webhook-timestamp", Long.toString(timestamp))
                    .header(
                            "webhook-signature",
                            WebhookKind.secrets(settings, now).stream()
                                    .map(secret -> secret.sign(id, timestamp, body))
                                    .collect(Collectors.joining(" ")))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            settings.optionalText(WebhookKind.AUTHORIZATION).ifPresent(value -> request.header("authorization", value));
            return outcome(outbound.send(request.build()), now);
        } catch (OutboundRefusedException e) {
            return new Outcome.Final(String.valueOf(e.getMessage()), true);
        } catch (IOException e) {
            return new Outcome.Retry(
                    "no answer: " + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private static Outcome outcome(Outbound.Answer answer, Instant now) {
        var said = answer.status() + " " + answer.beginning();
        if (answer.isSuccess()) {
            return new Outcome.Delivered(said);
        }
        var asked = RetryAfter.of(answer.header("retry-after"), now);
        return switch (answer.status()) {
            case 410 -> new Outcome.Final(said + ": the receiver wants no more messages (410 Gone)", true);
            case 301, 302, 303, 307, 308 ->
                new Outcome.Retry(said + ": redirects are not followed, give the channel the address itself");
            case 429, 502, 503, 504 -> new Outcome.Retry(said, Optional.of(asked.orElse(BREATH)));
            default -> new Outcome.Retry(said, asked);
        };
    }
}
