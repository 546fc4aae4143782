package dev.plimsoll.server.notify.slack;

import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.outbound.OutboundRefusedException;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.vendor.Shown;
import dev.plimsoll.server.notify.vendor.VendorRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;

/// Sends to an incoming webhook. Nothing tells one message from a second of the same: after an
/// unclear answer it is sent again.
final class SlackWebhookSender implements Sender {

    private final Outbound outbound;
    private final String address;

    SlackWebhookSender(Outbound outbound, String address) {
        this.outbound = outbound;
        this.address = address;
    }

    @Override
    public Outcome send(Message message, Attempt attempt) {
        return post(
                JsonTree.object()
                        .with("text", SlackBlocks.fallback(message))
                        .with("blocks", SlackBlocks.of(message))
                        .with("unfurl_links", false)
                        .with("unfurl_media", false),
                attempt.at());
    }

    @Override
    public Outcome test(TestCall call) {
        return post(JsonTree.object().with("text", SlackTestText.text(call)), call.at());
    }

    private Outcome post(JsonTree body, Instant now) {
        var secrets = secrets();
        try {
            var request = VendorRequest.to(address)
                    .header("content-type", "application/json; charset=utf-8")
                    .POST(BodyPublishers.ofString(body.text()))
                    .build();
            return SlackAnswer.ofWebhook(outbound.send(request), now, secrets);
        } catch (OutboundRefusedException e) {
            return new Outcome.Final(Shown.text(String.valueOf(e.getMessage()), secrets), true);
        } catch (IOException e) {
            return new Outcome.Retry(Shown.text(String.valueOf(e.getMessage()), secrets));
        }
    }

    /// The path of the address is the credential.
    private List<String> secrets() {
        int path = address.indexOf('/', address.indexOf("//") + 2);
        return path < 0 ? List.of(address) : List.of(address, address.substring(path));
    }
}
