package dev.plimsoll.server.notify.email;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// What a mail server said to a message for one recipient.
///
/// Source: RFC 5321, section 4.2.1 (4yz: later, 5yz: never); RFC 4954, section 6 (530, 535); RFC
/// 3207, section 4.
sealed interface SmtpResult {

    String said();

    /// Accepted; that it was read nobody knows.
    record Accepted(String said) implements SmtpResult {}

    /// Later, or unclear.
    ///
    /// @param connected whether others may be tried over the same connection
    record Later(String said, boolean connected) implements SmtpResult {}

    /// Never, this message or this recipient.
    ///
    /// @param recipient whether it is about the recipient
    record Refused(String said, boolean recipient) implements SmtpResult {}

    /// The channel's settings do not work.
    record Broken(String said) implements SmtpResult {}

    /// @param lastCode of the server's answers, -1 where there was none
    static SmtpResult of(MessagingException failure, int lastCode) {
        SMTPSendFailedException general = null;
        for (Exception each = failure; each != null; each = next(each)) {
            switch (each) {
                case SMTPSendFailedException refused -> general = refused;
                case SMTPAddressFailedException refused -> {
                    return byCode(refused.getReturnCode(), text(refused), true);
                }
                case SMTPSenderFailedException refused -> {
                    return refused.getReturnCode() >= 500
                            ? new Broken("the mail server refuses the sender: " + text(refused))
                            : byCode(refused.getReturnCode(), text(refused), false);
                }
                case AuthenticationFailedException refused -> {
                    return lastCode >= 400 && lastCode < 500
                            ? new Later(text(refused), false)
                            : new Broken("the mail server refuses user or password: " + text(refused));
                }
                default -> {
                    // the next one may say more
                }
            }
        }
        if (general != null) {
            return byCode(general.getReturnCode(), text(general), false);
        }
        return general(failure, lastCode);
    }

    private static SmtpResult general(MessagingException failure, int lastCode) {
        var said = text(failure);
        if (said.contains("STARTTLS is required")) {
            return new Broken("the mail server offers no STARTTLS, and without it nothing is sent: " + said);
        }
        if (failure.getNextException() != null || lastCode < 500) {
            return new Later(said, false);
        }
        return new Broken(said);
    }

    private static SmtpResult byCode(int code, String said, boolean recipient) {
        return switch (code) {
            case 421 -> new Later(said, false);
            case 530, 534, 535, 538 -> new Broken("the mail server wants another way to log in: " + said);
            default -> {
                if (code >= 500 && code < 600) {
                    yield new Refused(said, recipient);
                }
                yield new Later(said, code >= 400);
            }
        };
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException several ? several.getNextException() : null;
    }

    private static String text(MessagingException failure) {
        var text = new StringBuilder(String.valueOf(failure.getMessage()).strip());
        var cause = failure.getNextException();
        if (cause != null
                && cause.getMessage() != null
                && text.indexOf(cause.getMessage().strip()) < 0) {
            text.append(": ").append(cause.getMessage().strip());
        }
        return text.toString();
    }
}
