package dev.plimsoll.server.notify.slack;

import dev.plimsoll.server.notify.outbound.Outbound;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Pace;
import dev.plimsoll.server.notify.sending.Sender;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import dev.plimsoll.server.notify.sending.TicketStore;
import java.time.Duration;
import java.util.List;

/// Messages in Slack: by an incoming webhook, whose address is its credential, or by an app's token
/// with `chat.postMessage`, which also keeps the messages of one group in one thread.
public final class SlackChannel implements ChannelKind {

    static final String API = "https://slack.com/api";

    private final Outbound outbound;

    public SlackChannel(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.secretUrl("webhook_url", false, "Address of an incoming webhook"),
                Setting.secret("token", false, "Token of an app with the scope chat:write, xoxb-…"),
                Setting.optional("channel", Setting.Type.TEXT, "Channel that the app posts in: its id, C0…"),
                Setting.optional("api_url", Setting.Type.URL, "Where Slack's methods are, where it is not " + API),
                Setting.optional(
                        "threads",
                        Setting.Type.BOOLEAN,
                        "Whether later messages of a group answer its first one; true by itself, with a token only"),
                Setting.optional(
                        "broadcast",
                        Setting.Type.BOOLEAN,
                        "Whether answers in a thread are shown in the channel as well"));
    }

    /// Slack allows one message a second and channel.
    @Override
    public Pace pace() {
        return new Pace(1, Duration.ofSeconds(1));
    }

    @Override
    public void check(Settings settings) {
        boolean hook = settings.optionalText("webhook_url").isPresent();
        var token = settings.optionalText("token");
        if (hook == token.isPresent()) {
            throw new SettingException("", "a Slack channel needs either webhook_url or token, and not both");
        }
        if (hook && settings.optionalText("channel").isPresent()) {
            throw new SettingException(
                    "channel",
                    "a webhook posts in the channel that it was made for: leave channel out, or use a token");
        }
        if (token.isPresent() && settings.optionalText("channel").isEmpty()) {
            throw new SettingException("channel", "with a token the channel must be named, by its id: C0…");
        }
        if (token.isPresent() && !token.get().matches("[!-~]+")) {
            throw new SettingException("token", "the token holds characters that no token has");
        }
    }

    @Override
    public Sender open(Settings settings, TicketStore tickets) {
        return settings.optionalText("webhook_url")
                .<Sender>map(address -> new SlackWebhookSender(outbound, address))
                .orElseGet(() -> new SlackMethodSender(
                        outbound,
                        settings.optionalText("api_url").orElse(API),
                        settings.text("token"),
                        settings.text("channel"),
                        settings.flag("threads", true) ? tickets : NoThreads.INSTANCE,
                        settings.flag("broadcast", false)));
    }
}
