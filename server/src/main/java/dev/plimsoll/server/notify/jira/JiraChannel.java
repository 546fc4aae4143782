package dev.plimsoll.server.notify.jira;

import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Pace;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TicketStore;
import java.time.Duration;
import java.util.List;

/// Tickets in Jira Cloud or Jira Data Center.
public final class JiraChannel implements ChannelKind {

    private final Outbound outbound;

    public JiraChannel(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String name() {
        return "jira";
    }

    @Override
    public List<Setting> settings() {
        return JiraSettings.ALL;
    }

    /// One after the other: two messages of a group at once would make two tickets.
    @Override
    public Pace pace() {
        return new Pace(1, Duration.ofMillis(200));
    }

    @Override
    public void check(Settings settings) {
        JiraSettings.of(settings).check();
    }

    @Override
    public Sender open(Settings settings, TicketStore tickets) {
        return new JiraSender(outbound, JiraSettings.of(settings), tickets);
    }
}
