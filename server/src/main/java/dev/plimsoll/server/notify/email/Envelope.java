package dev.plimsoll.server.notify.email;

import dev.plimsoll.server.notify.email.EmailText.Body;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/// A message ready for one recipient after the other.
///
/// Source: RFC 5322, sections 3.6.1 and 3.6.4; RFC 2046, section 5.1.4; RFC 3834, section 5; RFC
/// 2369, section 3.2.
///
/// @param id of the message, `<…@…>`: the same at each attempt, so that who has it already can tell
/// @param answers id of the first message of its thread
record Envelope(
        String from,
        String subject,
        Body body,
        Instant at,
        String id,
        Optional<String> answers,
        Optional<String> unsubscribe) {

    MimeMessage to(String recipient, Session session) throws MessagingException {
        var message = new WithOwnId(session, id);
        message.setFrom(new InternetAddress(from, true));
        message.setRecipient(RecipientType.TO, new InternetAddress(recipient, true));
        message.setSubject(subject, "UTF-8");
        message.setSentDate(Date.from(at));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (answers.isPresent()) {
            message.setHeader("In-Reply-To", answers.get());
            message.setHeader("References", answers.get());
        }
        if (unsubscribe.isPresent()) {
            message.setHeader("List-Unsubscribe", "<" + unsubscribe.get() + ">");
        }
        var parts = new MimeMultipart("alternative");
        parts.addBodyPart(part(body.plain(), "plain"));
        parts.addBodyPart(part(body.html(), "html"));
        message.setContent(parts);
        message.saveChanges();
        return message;
    }

    /// Quoted, so that no line is too long for anybody.
    private static MimeBodyPart part(String text, String type) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, "UTF-8", type);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    /// The library would make a new id.
    private static final class WithOwnId extends MimeMessage {

        private final String id;

        WithOwnId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
