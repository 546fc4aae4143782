package dev.plimsoll.server.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// A mail server on loopback that misbehaves on demand: STARTTLS and logging in as real servers ask
/// for them, any answer in place of the usual one, silence, and the end of the connection.
///
/// Source: RFC 5321 (SMTP), RFC 3207 (STARTTLS), RFC 4954 (AUTH).
public final class SmtpStandIn implements AutoCloseable {

    public static final String USER = "ann";
    public static final String PASSWORD = "stand-in password";
    /// In place of an answer: none.
    public static final String SILENCE = "";
    /// In place of an answer: the connection ends.
    public static final String HANG_UP = "hang up";

    private final @Nullable SSLContext starttls;
    private final boolean demandsTls;
    private final boolean demandsUser;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<Mail> accepted = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final ScriptedServer server;

    /// A message.
    ///
    /// @param data as it went over the wire, without the dots that were added, lines ended by `\n`
    public record Mail(String from, List<String> to, String data, boolean secured) {}

    private SmtpStandIn(
            @Nullable SSLContext implicit, @Nullable SSLContext starttls, boolean demandsTls, boolean demandsUser)
            throws IOException {
        this.starttls = starttls;
        this.demandsTls = demandsTls;
        this.demandsUser = demandsUser;
        server = ScriptedServer.start(implicit, connection -> talk(connection, implicit != null));
    }

    public static SmtpStandIn plain() throws IOException {
        return new SmtpStandIn(null, null, false, false);
    }

    /// Lets nobody send before STARTTLS and logging in.
    public static SmtpStandIn starttls(SSLContext tls) throws IOException {
        return new SmtpStandIn(null, tls, true, true);
    }

    /// TLS from the first byte, and logging in.
    public static SmtpStandIn tls(SSLContext tls) throws IOException {
        return new SmtpStandIn(tls, null, true, true);
    }

    public int port() {
        return server.port();
    }

    public List<Mail> accepted() {
        return accepted;
    }

    /// All that clients said, `tls ` before what came secured, without the data.
    public List<String> said() {
        return said;
    }

    /// How commands that begin so are answered from now on: `RCPT TO:<ann@example.org>`, `.` for
    /// the end of the data, `greeting` for the first line.
    public SmtpStandIn answer(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    public void answerAsUsual() {
        answers.clear();
    }

    private void talk(Socket connection, boolean secured) throws IOException, InterruptedException {
        if (!reply(connection, "greeting", "220 stand-in ESMTP")) {
            return;
        }
        var socket = connection;
        boolean tls = secured;
        boolean user = !demandsUser;
        var from = "";
        List<String> to = new CopyOnWriteArrayList<>();
        for (var line = line(socket.getInputStream()); line != null; line = line(socket.getInputStream())) {
            said.add((tls ? "tls " : "") + line);
            var command = line.toUpperCase(Locale.ROOT);
            var usual = "250 2.0.0 Ok";
            if (command.startsWith("EHLO")) {
                usual = "250-stand-in\r\n" + (starttls != null && !tls ? "250-STARTTLS\r\n" : "")
                        + (tls && demandsUser ? "250-AUTH PLAIN LOGIN\r\n" : "") + "250 8BITMIME";
            } else if (command.equals("STARTTLS") && starttls != null) {
                if (!reply(socket, line, "220 2.0.0 Ready")) {
                    return;
                }
                socket = secured(socket, starttls);
                tls = true;
                continue;
            } else if (demandsTls && !tls && !command.equals("QUIT")) {
                usual = "530 5.7.0 Must issue a STARTTLS command first";
            } else if (command.startsWith("AUTH PLAIN ")) {
                user = plain(line.substring("AUTH PLAIN ".length()));
                usual = user ? "235 2.7.0 Authentication successful" : "535 5.7.8 Authentication credentials invalid";
            } else if (!user && !command.equals("QUIT")) {
                usual = "530 5.7.0 Authentication required";
            } else if (command.startsWith("MAIL FROM:")) {
                from = address(line);
            } else if (command.startsWith("RCPT TO:")) {
                to.add(address(line));
            } else if (command.equals("DATA")) {
                if (!reply(socket, line, "354 Go on")) {
                    return;
                }
                if (answers.getOrDefault(line, "354").startsWith("354")) {
                    var mail = new Mail(from, List.copyOf(to), data(socket.getInputStream()), tls);
                    to.clear();
                    if (!answers.getOrDefault(".", "250").matches("[45].*")) {
                        accepted.add(mail);
                    }
                    if (!reply(socket, ".", "250 2.0.0 Ok: queued as 4711")) {
                        return;
                    }
                }
                continue;
            } else if (command.equals("QUIT")) {
                usual = "221 2.0.0 Bye";
            } else if (command.equals("RSET")) {
                to.clear();
            }
            if (!reply(socket, line, usual)) {
                return;
            }
        }
    }

    private static Socket secured(Socket plain, SSLContext context) throws IOException {
        SSLSocketFactory factory = context.getSocketFactory();
        // in this form the factory makes a server's side
        return factory.createSocket(plain, InputStream.nullInputStream(), true);
    }

    private static boolean plain(String encoded) {
        var text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        // on whose behalf, as whom, with what; the first may be left out
        return text.equals("\0" + USER + "\0" + PASSWORD) || text.equals(USER + "\0" + USER + "\0" + PASSWORD);
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    /// @return whether the connection goes on
    private boolean reply(Socket socket, String command, String usual) throws IOException, InterruptedException {
        var answer = usual;
        for (var other : answers.entrySet()) {
            if (command.startsWith(other.getKey())) {
                answer = other.getValue();
            }
        }
        if (answer.equals(SILENCE)) {
            Thread.sleep(60_000);
            return false;
        }
        if (answer.equals(HANG_UP)) {
            return false;
        }
        OutputStream out = socket.getOutputStream();
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return !answer.startsWith("421");
    }

    private static String data(InputStream in) throws IOException {
        var data = new StringBuilder();
        for (var line = line(in); line != null && !line.equals("."); line = line(in)) {
            data.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        return data.toString();
    }

    /// A line, which must end as SMTP wants it and be no longer than it allows.
    private static @Nullable String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == '\n') {
                if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                    throw new IOException("a bare line feed");
                }
                return line.substring(0, line.length() - 1);
            }
            line.append((char) read);
            if (line.length() > 999) {
                throw new IOException("a line over 998 bytes");
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
