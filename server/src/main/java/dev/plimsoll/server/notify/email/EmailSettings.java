package dev.plimsoll.server.notify.email;

import dev.plimsoll.server.notify.sending.Setting;
import dev.plimsoll.server.notify.sending.SettingException;
import dev.plimsoll.server.notify.sending.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/// What an e-mail channel was given.
///
/// @param user empty: without logging in
/// @param unsubscribe page where people end their subscription
/// @param threads whether messages of a group answer one another
record EmailSettings(
        String host,
        int port,
        Security security,
        Optional<String> user,
        Optional<String> password,
        String from,
        List<String> recipients,
        Optional<String> unsubscribe,
        boolean threads) {

    static final List<Setting> ALL = List.of(
            Setting.required("host", Setting.Type.TEXT, "Mail server that accepts messages: smtp.example.org"),
            Setting.optional("port", Setting.Type.NUMBER, "Its port; 587, 465 or 25 by itself, as security says"),
            Setting.choice(
                    "security",
                    List.of("starttls", "tls", "none"),
                    "starttls (by itself) and tls demand a trusted certificate; none is for a relay in one's own house"),
            Setting.optional("user", Setting.Type.TEXT, "Whom to log in as; left out where the server wants nobody"),
            Setting.secret("password", false, "Password of user"),
            Setting.required("from", Setting.Type.TEXT, "Address of the sender: plimsoll@example.org"),
            Setting.required(
                    "recipients", Setting.Type.TEXTS, "Addresses that messages go to, each by a message of its own"),
            Setting.optional("unsubscribe_url", Setting.Type.URL, "Page where people end their subscription"),
            Setting.optional(
                    "threads", Setting.Type.BOOLEAN, "Whether messages of one group answer its first; true by itself"));

    private static final int MOST_RECIPIENTS = 50;
    /// Source: RFC 5321, sections 4.1.2 (Mailbox) and 4.5.3.1; names of other scripts are not
    /// supported.
    private static final String ADDRESS = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
            + "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";

    EmailSettings {
        recipients = List.copyOf(recipients);
    }

    static EmailSettings of(Settings settings) {
        var security = Security.of(settings.optionalText("security"));
        return new EmailSettings(
                settings.text("host"),
                settings.number("port", security.port()),
                security,
                settings.optionalText("user"),
                settings.optionalText("password"),
                settings.text("from"),
                settings.texts("recipients"),
                settings.optionalText("unsubscribe_url"),
                settings.flag("threads", true));
    }

    /// @throws SettingException for the first thing that cannot work
    void check() {
        if (!isHost(host)) {
            throw new SettingException(
                    "host", "the mail server is given by a name or an address alone: smtp.example.org");
        }
        if (port < 1 || port > 65_535) {
            throw new SettingException("port", "a port lies between 1 and 65535");
        }
        if (user.isPresent() != password.isPresent()) {
            throw new SettingException("user", "user and password are given both, or neither");
        }
        if (user.isPresent() && security == Security.NONE) {
            throw new SettingException("security", "a password is sent over TLS only: choose starttls or tls");
        }
        if (!isAddress(from)) {
            throw new SettingException("from", "from is an address alone: plimsoll@example.org");
        }
        if (recipients.isEmpty() || recipients.size() > MOST_RECIPIENTS) {
            throw new SettingException("recipients", "a channel has 1 to " + MOST_RECIPIENTS + " recipients");
        }
        for (var recipient : recipients) {
            if (!isAddress(recipient)) {
                throw new SettingException("recipients", "each recipient is an address alone: ann@example.org");
            }
        }
        if (unsubscribe.filter(url -> !url.matches("https?://[!-;=?-~]+")).isPresent()) {
            throw new SettingException("unsubscribe_url", "the page is an address without spaces and brackets");
        }
    }

    private static boolean isHost(String host) {
        try {
            return host.matches("[A-Za-z0-9._:\\[\\]-]{1,255}")
                    && new URI("smtp://" + host).getHost() != null
                    && new URI("smtp://" + host).getPort() < 0;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    static boolean isAddress(String address) {
        return address.length() <= 254 && address.indexOf('@') <= 64 && address.matches(ADDRESS);
    }

    /// Without the password.
    @Override
    public String toString() {
        return security + " " + host + ":" + port + " " + recipients;
    }
}
