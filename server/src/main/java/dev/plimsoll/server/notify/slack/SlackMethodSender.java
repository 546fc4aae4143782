package dev.plimsoll.server.notify.slack;

import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.outbound.Outbound.Answer;
import dev.plimsoll.server.notify.outbound.OutboundRefusedException;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.sending.TicketStore;
import dev.plimsoll.server.notify.sending.TicketStore.Ticket;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.vendor.Shown;
import dev.plimsoll.server.notify.vendor.VendorRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Posts as an app. The first message of a group begins a thread, whose `ts` is kept; later ones
/// answer there.
///
/// Source: docs.slack.dev, "chat.postMessage", "auth.test". A `ts` is an id: a text, never a
/// number.
final class SlackMethodSender implements Sender {

    /// A thread that is gone is begun anew.
    private static final Set<String> THREAD_GONE =
            Set.of("thread_not_found", "message_not_found", "cannot_reply_to_message");

    private final Outbound outbound;
    private final String api;
    private final String token;
    private final String channel;
    private final TicketStore threads;
    private final boolean broadcast;

    SlackMethodSender(
            Outbound outbound, String api, String token, String channel, TicketStore threads, boolean broadcast) {
        this.outbound = outbound;
        this.api = api.endsWith("/") ? api.substring(0, api.length() - 1) : api;
        this.token = token;
        this.channel = channel;
        this.threads = threads;
        this.broadcast = broadcast;
    }

    @Override
    public Outcome send(Message message, Attempt attempt) {
        try {
            var thread = threads.find(message.groupKey())
                    .filter(ticket -> ticket.key().equals(Optional.of(channel)))
                    .flatMap(Ticket::id);
            var answer = call("chat.postMessage", body(message, thread));
            if (thread.isPresent()
                    && error(answer).filter(THREAD_GONE::contains).isPresent()) {
                thread = Optional.empty();
                answer = call("chat.postMessage", body(message, thread));
            }
            var ts = success(answer).flatMap(object -> object.string("ts"));
            if (ts.isEmpty()) {
                return SlackAnswer.ofMethod(answer, attempt.at(), List.of(token));
            }
            // what is not grouped has no later message
            if (thread.isEmpty() && message.grouping() != Grouping.NONE) {
                threads.opened(message.groupKey(), ts.get(), channel);
            }
            return new Delivered("ok, ts " + Shown.text(ts.get(), List.of()), ts);
        } catch (IOException e) {
            return failed(e);
        }
    }

    @Override
    public Outcome test(TestCall call) {
        try {
            var known = call("auth.test", JsonTree.object());
            var who = success(known);
            if (who.isEmpty()) {
                return SlackAnswer.ofMethod(known, call.at(), List.of(token));
            }
            var answer = call(
                    "chat.postMessage",
                    JsonTree.object().with("channel", channel).with("text", SlackTestText.text(call)));
            if (success(answer).isEmpty()) {
                return SlackAnswer.ofMethod(answer, call.at(), List.of(token));
            }
            return new Delivered(Shown.text(
                    "ok, as %s in %s"
                            .formatted(
                                    who.get().string("user").orElse("somebody"),
                                    who.get().string("team").orElse("a workspace")),
                    List.of(token)));
        } catch (IOException e) {
            return failed(e);
        }
    }

    private JsonTree body(Message message, Optional<String> thread) {
        var body = JsonTree.object()
                .with("channel", channel)
                .with("text", SlackBlocks.fallback(message))
                .with("blocks", SlackBlocks.of(message))
                .with("unfurl_links", false)
                .with("unfurl_media", false)
                .with(
                        "metadata",
                        JsonTree.object()
                                .with("event_type", "plimsoll_message")
                                .with(
                                        "event_payload",
                                        JsonTree.object()
                                                .with("id", message.id().toString())));
        thread.ifPresent(ts -> body.with("thread_ts", ts).with("reply_broadcast", broadcast));
        return body;
    }

    private Answer call(String method, JsonTree body) throws IOException {
        return outbound.send(VendorRequest.to(api + "/" + method)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body.text()))
                .build());
    }

    private static Optional<JsonObject> success(Answer answer) {
        return JsonTree.read(answer.beginning())
                .filter(object ->
                        answer.status() == 200 && object.get("ok").equals(Optional.of(new JsonBoolean(true))));
    }

    private static Optional<String> error(Answer answer) {
        return JsonTree.read(answer.beginning()).flatMap(object -> object.string("error"));
    }

    private Outcome failed(IOException e) {
        var reason = Shown.text(String.valueOf(e.getMessage()), List.of(token));
        return e instanceof OutboundRefusedException ? new Outcome.Final(reason, true) : new Outcome.Retry(reason);
    }
}
