package dev.plimsoll.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.notify.email.EmailChannel;
import dev.plimsoll.server.notify.jira.JiraChannel;
import dev.plimsoll.server.notify.sending.ChannelKind;
import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.slack.SlackChannel;
import dev.plimsoll.server.testing.TestOutbound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/channels.md tells every setting, in the words of its declaration.
class ChannelReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("plimsoll.root", ".."), "docs", "channels.md");

    static List<ChannelKind> kinds() {
        return List.of(
                new SlackChannel(TestOutbound.outbound()),
                new JiraChannel(TestOutbound.outbound()),
                new EmailChannel(TestOutbound.sockets(), "plimsoll.test"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void thePageHasTheTable(ChannelKind kind) throws Exception {
        assertThat(Files.readString(PAGE))
                .as(kind.name())
                .contains("|---|---|---|\n"
                        + kind.settings().stream()
                                .map(ChannelReferenceTest::row)
                                .collect(Collectors.joining())
                        + "\n");
    }

    private static String row(Setting setting) {
        var secret = setting.secret() ? "secret" : "";
        var required = setting.required() ? "required" : "";
        var both = secret.isEmpty() || required.isEmpty() ? secret + required : secret + ", " + required;
        return "| `%s` |%s | %s |\n".formatted(setting.name(), both.isEmpty() ? "" : " " + both, setting.description());
    }
}
