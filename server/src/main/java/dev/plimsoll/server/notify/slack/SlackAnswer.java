package dev.plimsoll.server.notify.slack;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.server.notify.outbound.Outbound.Answer;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.sending.RetryAfter;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.vendor.Shown;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What Slack's answers mean. Webhooks answer with a status and a bare word, methods with 200 and
/// an object.
///
/// Source: docs.slack.dev, "Handling errors" of incoming webhooks; "chat.postMessage", errors;
/// "Rate limits".
final class SlackAnswer {

    /// Errors that pass. After `fatal_error` the message may have been posted.
    private static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "message_limit_exceeded",
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "rollup_error");

    /// Errors of one message; others would arrive.
    private static final Set<String> OF_THE_MESSAGE = Set.of(
            "no_text",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_payload",
            "invalid_json",
            "json_not_object",
            "invalid_arguments",
            "invalid_arg_name",
            "msg_too_long",
            "msg_blocks_too_long",
            "too_many_attachments",
            "invalid_metadata_format",
            "invalid_metadata_schema",
            "metadata_too_large",
            "duplicate_message_not_found");

    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("invalid_auth", "the token is wrong: enter a new one"),
            Map.entry("not_authed", "the token is missing: enter one"),
            Map.entry("token_revoked", "the token was revoked: enter a new one"),
            Map.entry("token_expired", "the token has expired: enter a new one"),
            Map.entry("account_inactive", "the token's owner or workspace is gone: enter a new one"),
            Map.entry("missing_scope", "the app lacks the scope chat:write"),
            Map.entry("not_in_channel", "invite the app into the channel"),
            Map.entry("channel_not_found", "there is no such channel, or the app cannot see it: invite it"),
            Map.entry("is_archived", "the channel is archived"),
            Map.entry("channel_is_archived", "the channel is archived"),
            Map.entry("restricted_action", "the workspace forbids it"),
            Map.entry("action_prohibited", "the workspace forbids it"),
            Map.entry("invalid_token", "the webhook is no longer valid: make a new one"),
            Map.entry("no_service", "the webhook was removed or switched off: make a new one"),
            Map.entry("no_active_hooks", "the webhook was switched off: make a new one"),
            Map.entry("no_team", "the workspace of the webhook is gone"));

    private SlackAnswer() {}

    /// Of an incoming webhook.
    static Outcome ofWebhook(Answer answer, Instant now, List<String> secrets) {
        var word = answer.beginning().strip();
        var said = "Slack answered " + answer.status() + " " + explained(Shown.text(word, secrets));
        if (answer.status() == 200 && word.equals("ok")) {
            return new Delivered("ok");
        }
        return byStatus(answer, now, said).orElseGet(() -> switch (answer.status()) {
            case 400, 413 -> new Final(said, false);
            default -> answer.isSuccess() ? new Retry(said + ", which is not its ok") : new Final(said, true);
        });
    }

    /// Of a method, where it is no success.
    static Outcome ofMethod(Answer answer, Instant now, List<String> secrets) {
        var object = JsonTree.read(answer.beginning());
        var error = object.flatMap(each -> each.string("error"));
        if (error.isEmpty()) {
            var said = "Slack answered " + answer.status() + " and no error that can be read: "
                    + Shown.text(answer.beginning(), secrets);
            return byStatus(answer, now, said)
                    .orElseGet(() -> answer.isSuccess() ? new Retry(said) : new Final(said, true));
        }
        var said = Shown.text("Slack answered " + explained(error.get()) + details(object.get()), secrets);
        return byStatus(answer, now, said).orElseGet(() -> {
            if (PASSING.contains(error.get())) {
                return new Retry(said, RetryAfter.of(answer.header("retry-after"), now));
            }
            return new Final(said, !OF_THE_MESSAGE.contains(error.get()));
        });
    }

    private static Optional<Outcome> byStatus(Answer answer, Instant now, String said) {
        if (answer.status() == 429) {
            return Optional.of(new Retry(said, RetryAfter.of(answer.header("retry-after"), now)));
        }
        if (answer.status() >= 500 || answer.status() == 408) {
            return Optional.of(new Retry(said, RetryAfter.of(answer.header("retry-after"), now)));
        }
        if (answer.status() >= 300 && answer.status() < 400) {
            return Optional.of(new Final(said + ": the address is moved, and is not followed", true));
        }
        return Optional.empty();
    }

    private static String explained(String error) {
        var remedy = REMEDIES.get(error);
        return remedy == null ? error : error + " (" + remedy + ")";
    }

    /// Where in the message the mistake is, or which scope is missing.
    private static String details(JsonObject object) {
        var messages = object.object("response_metadata").strings("messages");
        var needed = object.string("needed").map(scope -> "; needed: " + scope).orElse("");
        return (messages.isEmpty() ? "" : ": " + String.join("; ", messages)) + needed;
    }
}
