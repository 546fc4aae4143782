package dev.plimsoll.server.notify.email;

import dev.plimsoll.server.notify.outbound.GuardedSockets;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Pace;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TicketStore;
import java.time.Duration;
import java.util.List;

/// E-mail by way of a mail server of the user's.
public final class EmailChannel implements ChannelKind {

    /// For each answer of the mail server.
    private static final Duration ANSWER = Duration.ofSeconds(20);
    /// For all recipients of a message.
    private static final Duration MOST = Duration.ofSeconds(50);

    private final GuardedSockets sockets;
    private final String ownName;
    private final Duration answer;
    private final Duration most;

    /// @param ownName how the service calls itself to mail servers: its own host's name
    public EmailChannel(GuardedSockets sockets, String ownName) {
        this(sockets, ownName, ANSWER, MOST);
    }

    EmailChannel(GuardedSockets sockets, String ownName, Duration answer, Duration most) {
        this.sockets = sockets;
        this.ownName = ownName;
        this.answer = answer;
        this.most = most;
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public List<Setting> settings() {
        return EmailSettings.ALL;
    }

    @Override
    public Pace pace() {
        return new Pace(1, Duration.ZERO);
    }

    @Override
    public void check(Settings settings) {
        EmailSettings.of(settings).check();
    }

    @Override
    public Sender open(Settings settings, TicketStore tickets) {
        return new EmailSender(EmailSettings.of(settings), sockets, ownName, answer, most, tickets);
    }
}
