package dev.plimsoll.server.notify.email;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.outbound.GuardedSockets;
import dev.plimsoll.server.notify.outbound.OutboundRefusedException;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Outcome.Final;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.sending.TicketStore;
import dev.plimsoll.server.notify.sending.TicketStore.Ticket;
import dev.plimsoll.server.notify.vendor.JsonTree;
import dev.plimsoll.server.notify.vendor.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Sends a message to each recipient by itself, over one connection, for servers answer for each
/// recipient. Who has it is kept, so that a later attempt goes to the others only; every copy has
/// the same Message-ID at each attempt.
final class EmailSender implements Sender {

    private final EmailSettings settings;
    private final GuardedSockets sockets;
    private final String ownName;
    private final Duration answer;
    private final Duration most;
    private final TicketStore threads;

    EmailSender(
            EmailSettings settings,
            GuardedSockets sockets,
            String ownName,
            Duration answer,
            Duration most,
            TicketStore threads) {
        this.settings = settings;
        this.sockets = sockets;
        this.ownName = ownName;
        this.answer = answer;
        this.most = most;
        this.threads = threads;
    }

    @Override
    public Outcome send(Message message, Attempt attempt) {
        var id = id(message.id());
        var first = settings.threads()
                ? threads.find(message.groupKey()).filter(ticket -> !ticket.id().equals(Optional.of(id)))
                : Optional.<Ticket>empty();
        var answers = first.flatMap(Ticket::id);
        var subject = answers.isPresent()
                ? "Re: " + first.flatMap(Ticket::key).orElse(EmailText.subject(message))
                : EmailText.subject(message);
        var envelope = new Envelope(
                settings.from(), subject, EmailText.of(message), attempt.at(), id, answers, settings.unsubscribe());
        var settled = settled(attempt.state());
        var left = settings.recipients().stream()
                .filter(recipient -> !settled.contains(recipient.toLowerCase(Locale.ROOT)))
                .toList();
        if (left.isEmpty()) {
            return new Delivered("every recipient has it already");
        }
        var outcome = send(envelope, left, settled);
        boolean arrived = outcome instanceof Delivered
                || (outcome instanceof Retry retry && retry.state().isPresent());
        if (settings.threads() && message.grouping() != Grouping.NONE && answers.isEmpty() && arrived) {
            threads.opened(message.groupKey(), id, subject);
        }
        return outcome;
    }

    @Override
    public Outcome test(TestCall call) {
        var text = "%s of the account %s asked whether messages of Plimsoll arrive here. They do."
                .formatted(call.actor(), call.account());
        if (call.recipient()
                .filter(recipient -> !EmailSettings.isAddress(recipient))
                .isPresent()) {
            return new Final("the test's recipient is no address: ann@example.org", false);
        }
        return send(
                new Envelope(
                        settings.from(),
                        "[Plimsoll] A test",
                        EmailText.of(text),
                        call.at(),
                        id(call.id()),
                        Optional.empty(),
                        settings.unsubscribe()),
                call.recipient().map(List::of).orElse(settings.recipients()),
                new LinkedHashSet<>());
    }

    /// By the message's own id, at the sender's domain.
    private String id(UUID message) {
        return "<" + message + settings.from().substring(settings.from().indexOf('@')) + ">";
    }

    private Outcome send(Envelope envelope, List<String> recipients, Set<String> settled) {
        List<SmtpResult> results = new ArrayList<>();
        try (var connection = SmtpConnection.open(settings, sockets, ownName, answer, most)) {
            for (var recipient : recipients) {
                var result = connection.send(envelope, recipient);
                results.add(result);
                switch (result) {
                    case SmtpResult.Accepted _, SmtpResult.Refused _ -> settled.add(recipient.toLowerCase(Locale.ROOT));
                    case SmtpResult.Later _, SmtpResult.Broken _ -> {
                        // nothing is settled
                    }
                }
                if (result instanceof SmtpResult.Broken
                        || (result instanceof SmtpResult.Later later && !later.connected())) {
                    break;
                }
            }
        } catch (SmtpFailure failure) {
            results.add(failure.result());
        } catch (OutboundRefusedException e) {
            results.add(new SmtpResult.Broken(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            results.add(new SmtpResult.Later(String.valueOf(e.getMessage()), false));
        }
        return outcome(results, settled);
    }

    private Outcome outcome(List<SmtpResult> results, Set<String> settled) {
        List<String> accepted = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        boolean recipientsOnly = true;
        for (var result : results) {
            switch (result) {
                case SmtpResult.Broken broken -> {
                    return new Final(shown(broken.said()), true);
                }
                case SmtpResult.Later later -> {
                    var state = settled.isEmpty()
                            ? Optional.<String>empty()
                            : Optional.of(JsonTree.text(JsonTree.texts(List.copyOf(settled))));
                    return new Retry(shown(later.said()), Optional.empty(), state);
                }
                case SmtpResult.Accepted(var said) -> accepted.add(said.strip());
                case SmtpResult.Refused(var said, var recipient) -> {
                    refused.add(said);
                    recipientsOnly &= recipient;
                }
            }
        }
        if (accepted.isEmpty()) {
            return new Final(shown("refused: " + String.join("; ", refused)), recipientsOnly);
        }
        var said = String.join("; ", accepted);
        return new Delivered(shown(refused.isEmpty() ? said : said + "; refused: " + String.join("; ", refused)));
    }

    private String shown(String said) {
        return Shown.text(said, settings.password().map(List::of).orElse(List.of()));
    }

    private static Set<String> settled(Optional<String> state) {
        Set<String> settled = new LinkedHashSet<>();
        try {
            if (state.isPresent()
                    && JsonReader.read(state.get(), JsonLimits.AUTHORED) instanceof JsonArray(List<JsonValue> all)) {
                for (var each : all) {
                    if (each instanceof JsonString(var address)) {
                        settled.add(address);
                    }
                }
            }
        } catch (JsonException _) {
            // nothing is known then, and everybody is sent it again
        }
        return settled;
    }
}
