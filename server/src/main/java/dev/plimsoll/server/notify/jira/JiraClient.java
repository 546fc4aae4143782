package dev.plimsoll.server.notify.jira;

import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.outbound.Outbound.Answer;
import dev.plimsoll.server.notify.outbound.OutboundRefusedException;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.sending.RetryAfter;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.vendor.Shown;
import dev.plimsoll.server.notify.vendor.VendorRequest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Calls Jira's interface, and says what its refusals mean.
///
/// Source: developer.atlassian.com, "The Jira Cloud platform REST API", status codes and "Rate
/// limiting".
final class JiraClient {

    /// The fields that are written here; a mistake in one of them is ours, in another one the
    /// project's.
    private static final Set<String> OWN_FIELDS = Set.of("summary", "description", "labels", "comment", "properties");

    private final Outbound outbound;
    private final JiraSettings settings;
    private final Instant now;

    /// @param now that dates in answers are compared with
    JiraClient(Outbound outbound, JiraSettings settings, Instant now) {
        this.outbound = outbound;
        this.settings = settings;
        this.now = now;
    }

    JsonObject get(String path) throws JiraRefusal {
        return read(call("GET", path, Optional.empty()));
    }

    JsonObject post(String path, JsonTree body) throws JiraRefusal {
        return read(call("POST", path, Optional.of(body.tree())));
    }

    /// Where what comes back is of no interest, whatever it is.
    void tell(String path, JsonTree body) throws JiraRefusal {
        call("POST", path, Optional.of(body.tree()));
    }

    void put(String path, JsonObject body) throws JiraRefusal {
        call("PUT", path, Optional.of(body));
    }

    /// Whether a word of ours stands in the beginning of an answer, which may be too long to be
    /// read whole.
    boolean mentions(String path, String word) throws JiraRefusal {
        return call("GET", path, Optional.empty()).beginning().contains(word);
    }

    private JsonObject read(Answer answer) throws JiraRefusal {
        return JsonTree.read(answer.beginning())
                .orElseThrow(() -> new JiraRefusal(
                        new Retry("Jira's answer is too long or no JSON: " + shown(answer.beginning())),
                        answer.status()));
    }

    private Answer call(String method, String path, Optional<JsonObject> body) throws JiraRefusal {
        Answer answer;
        try {
            var request = VendorRequest.to(settings.api() + path)
                    .header("authorization", settings.authorization())
                    .header("accept", "application/json");
            if (body.isPresent()) {
                request.header("content-type", "application/json")
                        .method(method, BodyPublishers.ofString(JsonTree.text(body.get())));
            }
            answer = outbound.send(request.build());
        } catch (OutboundRefusedException e) {
            throw new JiraRefusal(new Final(shown(e), true), 0);
        } catch (IOException e) {
            throw new JiraRefusal(new Retry(shown(e)), 0);
        }
        if (!answer.isSuccess()) {
            throw new JiraRefusal(refusal(answer), answer.status());
        }
        if (Shown.isPage(answer)) {
            throw new JiraRefusal(page(), answer.status());
        }
        return answer;
    }

    private String shown(IOException failure) {
        return shown(String.valueOf(failure.getMessage()));
    }

    private String shown(String said) {
        return Shown.text(said, settings.secrets());
    }

    private static Outcome page() {
        return new Final(
                "a page for people came instead of Jira's answer: a sign-on proxy stands before it. Let the service "
                        + "pass it, or give another address",
                true);
    }

    private Outcome refusal(Answer answer) {
        int status = answer.status();
        var said = "Jira answered " + status + ": " + shown(errors(answer));
        if (status == 429) {
            return new Retry(said, wait(answer));
        }
        if (status >= 500 || status == 408 || status == 409) {
            return new Retry(said, RetryAfter.of(answer.header("retry-after"), now));
        }
        if (answer.header("x-authentication-denied-reason").orElse("").contains("CAPTCHA_CHALLENGE")) {
            return new Final(
                    "Jira answered " + status
                            + ": after too many wrong passwords it wants a person to log in once in a "
                            + "browser with this user, and to solve its CAPTCHA",
                    true);
        }
        if (Shown.isPage(answer) || (status >= 300 && status < 400)) {
            return page();
        }
        return switch (status) {
            case 400 -> new Final(said, !isOurs(answer));
            case 413 -> new Final(said, false);
            case 401 -> new Final(said + " (the user or the token is wrong: enter new ones)", true);
            case 403 -> new Final(said + " (the user may not do this)", true);
            case 404 -> new Final(said + " (it is not there, or the user may not see it)", true);
            default -> new Final(said, true);
        };
    }

    private static boolean isOurs(Answer answer) {
        var errors = JsonTree.read(answer.beginning())
                .map(object -> object.object("errors").members().keySet())
                .orElse(Set.of());
        return OWN_FIELDS.containsAll(errors);
    }

    /// Both parts of Jira's errors: those of the whole, and those of single fields.
    private static String errors(Answer answer) {
        var object = JsonTree.read(answer.beginning());
        if (object.isEmpty()) {
            return answer.beginning();
        }
        List<String> errors = new ArrayList<>(object.get().strings("errorMessages"));
        object.get().object("errors").members().forEach((field, error) -> {
            if (error instanceof JsonString(var text)) {
                errors.add(
                        OWN_FIELDS.contains(field)
                                ? field + ": " + text
                                : field + ": " + text + " (give it in the channel's setting fields)");
            }
        });
        object.get().string("message").ifPresent(errors::add);
        return errors.isEmpty() ? answer.beginning() : String.join("; ", errors);
    }

    /// The cloud may say it by a date of its own instead.
    private Optional<Duration> wait(Answer answer) {
        return RetryAfter.of(answer.header("retry-after"), now)
                .or(() -> answer.header("x-ratelimit-reset").flatMap(text -> {
                    try {
                        var left =
                                Duration.between(now, OffsetDateTime.parse(text).toInstant());
                        return left.isNegative() || left.compareTo(RetryAfter.LONGEST) > 0
                                ? Optional.empty()
                                : Optional.of(left);
                    } catch (DateTimeException _) {
                        return Optional.empty();
                    }
                }));
    }
}
