package dev.plimsoll.inventory.secret;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// Whether a text in PEM holds a key and not an ellipsis, dots or the word `key`: examples have the lines alone.
final class PemText {

    /// In bytes; a key of elliptic curves has 48, in PKCS#8.
    private static final int LEAST = 40;

    private static final Pattern LINES = Pattern.compile("-----(?:BEGIN|END) [A-Z ]+-----");

    /// `Proc-Type: 4,ENCRYPTED` (RFC 1421), `Version: GnuPG v2` (RFC 9580).
    private static final Pattern HEADER = Pattern.compile("(?m)^[A-Za-z-]+: [^\n]*$");

    /// The checksum line of ASCII armor.
    private static final Pattern ARMOR_CHECKSUM = Pattern.compile("\n=[0-9A-Za-z+/]{4}\\s*$");

    /// What else stands around a line where the text is quoted in a program: quotes, commas, backslashes, margins.
    private static final Pattern AROUND = Pattern.compile("[\\s\"',\\\\|#*>;]");

    /// A `+` is a digit of base64 too: it is none only between quotes.
    private static final Pattern JOINT = Pattern.compile("[\"']\\s*\\+");

    private static final byte SEQUENCE = 0x30;
    private static final String OPENSSH = "openssh-key-v1\0";

    private PemText() {}

    static boolean holdsKey(String text) {
        var lines = text.replace("\\n", "\n").replace("\\r", "").replace("\r", "");
        var body = LINES.matcher(lines).replaceAll("\n");
        var encrypted = body.contains("ENCRYPTED");
        body = ARMOR_CHECKSUM
                .matcher(HEADER.matcher(body).replaceAll("").stripTrailing())
                .replaceAll("");
        var bytes = Check.decoded(
                        AROUND.matcher(JOINT.matcher(body).replaceAll("")).replaceAll(""))
                .orElse(new byte[0]);
        if (bytes.length < LEAST) {
            return false;
        }
        return encrypted
                || bytes[0] == SEQUENCE
                || new String(bytes, 0, OPENSSH.length(), StandardCharsets.ISO_8859_1).equals(OPENSSH)
                || isSecretKeyPacket(bytes[0]);
    }

    /// Tag 5, in the old and in the new form of packets.
    private static boolean isSecretKeyPacket(byte first) {
        int octet = first & 0xff;
        return (octet & 0xc0) == 0xc0 ? (octet & 0x3f) == 5 : (octet & 0x80) != 0 && (octet >> 2 & 0xf) == 5;
    }
}
