package dev.plimsoll.server.notify.jira;

import dev.plimsoll.server.notify.jira.Issues.Issue;
import dev.plimsoll.server.notify.message.Message;
import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.sending.Attempt;
import dev.plimsoll.server.notify.sending.Outcome;
import dev.plimsoll.server.notify.sending.Outcome.Delivered;
import dev.plimsoll.server.notify.sending.Outcome.Retry;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.TestCall;
import dev.plimsoll.server.notify.sending.TicketStore;
import dev.plimsoll.server.notify.sending.TicketStore.Ticket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Keeps one ticket for a group: the first message makes it, later ones comment on it, it is closed
/// when nothing of the group is left, and opened again when something comes back.
///
/// Jira has no key by which a second creation would be refused. So a row is written before one is
/// asked for; where no answer came, the ticket is searched for by a label, twice and with a while
/// between, for searches lag behind; only then another one is made. What was told to a ticket is
/// kept with it, so that a message that comes again is not told again.
final class JiraSender implements Sender {

    /// How long after an unclear creation the second search comes at the earliest.
    private static final Duration LAG = Duration.ofSeconds(30);
    /// What is kept of an attempt that searched in vain.
    private static final String SEARCHED = "searched";
    /// What is kept of an attempt that commented and came no further.
    private static final String COMMENTED = "commented";

    private final Outbound outbound;
    private final JiraSettings settings;
    private final TicketStore tickets;

    JiraSender(Outbound outbound, JiraSettings settings, TicketStore tickets) {
        this.outbound = outbound;
        this.settings = settings;
        this.tickets = tickets;
    }

    @Override
    public Outcome send(Message message, Attempt attempt) {
        var issues = new Issues(new JiraClient(outbound, settings, attempt.at()), settings);
        var state = tickets.find(message.groupKey());
        try {
            return switch (state.map(Ticket::state).orElse(TicketStore.State.DONE)) {
                case OPEN, DONE -> known(issues, state.flatMap(Ticket::id), message, attempt);
                case PENDING -> pending(issues, message, attempt);
            };
        } catch (JiraRefusal refusal) {
            return refusal.outcome();
        }
    }

    @Override
    public Outcome test(TestCall call) {
        return new JiraTest(new JiraClient(outbound, settings, call.at()), settings).run();
    }

    /// @param id of a ticket that is there by what is known, or was
    private Outcome known(Issues issues, Optional<String> id, Message message, Attempt attempt) throws JiraRefusal {
        var issue = id.isPresent() ? issues.find(id.get()) : Optional.<Issue>empty();
        if (issue.isPresent()) {
            return tell(issues, issue.get(), message, attempt);
        }
        if (!Matters.demands(message)) {
            return new Delivered("nothing is left to do, and there is no ticket");
        }
        tickets.done(message.groupKey()); // somebody deleted it
        if (!tickets.reserve(message.groupKey())) {
            return new Retry("another message of the group is under way");
        }
        // one may be there that this service has forgotten: a database that was restored, a channel that was made anew
        var found = issues.search(label(message));
        return found.isPresent() ? found(issues, found.get(), message, attempt) : create(issues, message);
    }

    private Outcome pending(Issues issues, Message message, Attempt attempt) throws JiraRefusal {
        var found = issues.search(label(message));
        if (found.isPresent()) {
            return found(issues, found.get(), message, attempt);
        }
        if (!Matters.demands(message)) {
            return new Delivered("nothing is left to do, and no ticket is found");
        }
        if (attempt.state().equals(Optional.of(SEARCHED))) {
            return create(issues, message);
        }
        return new Retry(
                "no answer tells whether a ticket was made: it is searched for once more before another one is made",
                Optional.of(LAG),
                Optional.of(SEARCHED));
    }

    private Outcome found(Issues issues, Issue issue, Message message, Attempt attempt) throws JiraRefusal {
        tickets.opened(message.groupKey(), issue.id(), issue.key());
        return tell(issues, issue, message, attempt);
    }

    private Outcome create(Issues issues, Message message) throws JiraRefusal {
        try {
            var issue = issues.create(message, label(message), Matters.NONE.after(message));
            tickets.opened(message.groupKey(), issue.id(), issue.key());
            return new Delivered(issue.key() + " was made", Optional.of(issue.id()));
        } catch (JiraRefusal refusal) {
            if (refusal.isCertain()) {
                tickets.done(message.groupKey()); // none was made, so none need be searched for
            }
            throw refusal;
        }
    }

    private Outcome tell(Issues issues, Issue issue, Message message, Attempt attempt) throws JiraRefusal {
        var before = issues.matters(issue);
        var matters = before;
        if (!before.knows(message.id())) {
            matters = before.after(message);
            if (!wasCommented(issues, issue, message, attempt)) {
                issues.comment(issue, message);
            }
            try {
                issues.keep(issue, matters);
            } catch (JiraRefusal refusal) {
                if (refusal.outcome() instanceof Retry retry) {
                    return new Retry(retry.reason(), retry.after(), Optional.of(COMMENTED));
                }
                throw refusal;
            }
        }
        return new Delivered(
                issue.key() + " was told" + move(issues, issue, message, matters), Optional.of(issue.id()));
    }

    /// An attempt before may have commented and lost the answer.
    private static boolean wasCommented(Issues issues, Issue issue, Message message, Attempt attempt)
            throws JiraRefusal {
        return attempt.state().equals(Optional.of(COMMENTED))
                || (attempt.number() > 1 && issues.hasComment(issue, message));
    }

    /// @return what is said of it
    private String move(Issues issues, Issue issue, Message message, Matters matters) throws JiraRefusal {
        if (matters.settled() && Matters.settles(message)) {
            var said = moved(issues, issue, !issue.isDone(), List.of("done"), " and closed", "cannot be closed");
            tickets.done(message.groupKey());
            return said;
        }
        tickets.opened(message.groupKey(), issue.id(), issue.key());
        boolean again = issue.isDone() && Matters.demands(message);
        return moved(
                issues, issue, again, List.of("new", "indeterminate"), " and opened again", "cannot be opened again");
    }

    /// A workflow that has no such step, or wants something for it that is not known here, is no
    /// failure: people were told.
    private String moved(
            Issues issues, Issue issue, boolean needed, List<String> categories, String success, String failure)
            throws JiraRefusal {
        if (!needed || !settings.transitions()) {
            return "";
        }
        try {
            return issues.move(issue, categories) ? success : ", " + failure + ": its workflow has no such step";
        } catch (JiraRefusal refusal) {
            if (refusal.outcome() instanceof Outcome.Final refused) {
                return ", " + failure + ": " + refused.reason();
            }
            throw refusal;
        }
    }

    /// The same for a group at any time, in any Plimsoll that this account moves to.
    private static String label(Message message) {
        return "plimsoll-" + Matters.hash(message.account(), message.groupKey());
    }
}
