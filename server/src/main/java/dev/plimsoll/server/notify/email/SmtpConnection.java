package dev.plimsoll.server.notify.email;

import dev.plimsoll.server.notify.outbound.GuardedSockets;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// A connection to a mail server, to an address that was checked, which ends after a while whatever
/// the server does. The library speaks; it is given a socket that is connected already, because it
/// would look the host up itself.
final class SmtpConnection implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Session session;
    private final SMTPTransport transport;
    private final Thread watch;
    private Socket socket = new Socket();
    private boolean ended;

    private SmtpConnection(Session session, SMTPTransport transport, Duration most) {
        this.session = session;
        this.transport = transport;
        watch = Thread.ofVirtual().name("smtp-watch").start(() -> {
            try {
                Thread.sleep(most);
                end();
            } catch (InterruptedException _) {
                // it came to its end before
            }
        });
    }

    /// @param ownName how the service calls itself to mail servers
    /// @param answer for each answer of the server
    /// @param most for all that is done over the connection
    /// @throws SmtpFailure where no message can be sent
    static SmtpConnection open(
            EmailSettings settings, GuardedSockets sockets, String ownName, Duration answer, Duration most)
            throws IOException, SmtpFailure {
        var session = Session.getInstance(properties(settings, sockets, ownName, answer));
        var transport = new SMTPTransport(
                session,
                new URLName(
                        "smtp",
                        settings.host(),
                        settings.port(),
                        null,
                        settings.user().orElse(null),
                        settings.password().orElse(null)));
        var connection = new SmtpConnection(session, transport, most);
        try {
            var plain = sockets.connect(settings.host(), settings.port(), CONNECT, connection::opened);
            plain.setSoTimeout((int) answer.toMillis());
            transport.connect(
                    settings.security() == Security.TLS
                            ? sockets.secure(plain, settings.host(), settings.port())
                            : plain);
            return connection;
        } catch (MessagingException e) {
            var result = SmtpResult.of(e, transport.getLastReturnCode());
            connection.close();
            throw new SmtpFailure(result);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Properties properties(
            EmailSettings settings, GuardedSockets sockets, String ownName, Duration answer) {
        var properties = new Properties();
        boolean starttls = settings.security() == Security.STARTTLS;
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.localhost", ownName);
        properties.setProperty("mail.smtp.from", settings.from());
        properties.setProperty("mail.smtp.timeout", Long.toString(answer.toMillis()));
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
        properties.setProperty("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(starttls));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.ssl.socketFactory", sockets.tls().getSocketFactory());
        return properties;
    }

    SmtpResult send(Envelope envelope, String recipient) {
        try {
            var message = envelope.to(recipient, session);
            return send(message, message.getAllRecipients());
        } catch (MessagingException e) {
            return new SmtpResult.Refused("the message cannot be written: " + e.getMessage(), false);
        }
    }

    private SmtpResult send(MimeMessage message, Address[] recipients) {
        try {
            transport.sendMessage(message, recipients);
            return new SmtpResult.Accepted(transport.getLastServerResponse());
        } catch (MessagingException e) {
            return SmtpResult.of(e, transport.getLastReturnCode());
        }
    }

    private synchronized void opened(Socket opened) {
        socket = opened;
        if (ended) {
            end();
        }
    }

    private synchronized void end() {
        ended = true;
        try {
            socket.close();
        } catch (IOException _) {
            // it ends all the same
        }
    }

    @Override
    public void close() {
        watch.interrupt();
        try {
            transport.close();
        } catch (MessagingException _) {
            // what was accepted stays accepted
        }
        end();
    }
}
