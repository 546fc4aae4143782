package dev.plimsoll.inventory.xml;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Decodes XML before the parser sees it: the parser of the JDK writes to standard error where bytes are none of the
/// encoding. Here they become U+FFFD.
///
/// Source: XML 1.0, appendix F, "Autodetection of Character Encodings".
final class XmlText {

    /// In bytes: a declaration is shorter.
    private static final int BEGINNING = 400;

    private static final Pattern DECLARATION =
            Pattern.compile("^<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlText() {}

    /// @throws UnsupportedEncodingException when it is in an encoding that is not read; the message says what to do
    static Reader reader(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in);
        buffered.mark(BEGINNING);
        var beginning = buffered.readNBytes(BEGINNING);
        buffered.reset();
        var reader = new InputStreamReader(buffered, encoding(beginning));
        return withoutMark(reader);
    }

    private static Charset encoding(byte[] bytes) throws UnsupportedEncodingException {
        if (bytes.length > 1 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length > 1 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        if (bytes.length > 1 && bytes[0] == 0) {
            return StandardCharsets.UTF_16BE;
        }
        if (bytes.length > 1 && bytes[1] == 0) {
            return StandardCharsets.UTF_16LE;
        }
        var matcher = DECLARATION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        var name = matcher.find() ? matcher.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
        return switch (name) {
            case "UTF-8", "UTF8" -> StandardCharsets.UTF_8;
            case "US-ASCII", "ASCII" -> StandardCharsets.US_ASCII;
            case "ISO-8859-1", "LATIN1" -> StandardCharsets.ISO_8859_1;
            default ->
                throw new UnsupportedEncodingException("it is XML in the encoding " + name + "; write it as UTF-8");
        };
    }

    /// Without the byte order mark, which the parser takes for text before the document.
    private static Reader withoutMark(Reader reader) throws IOException {
        var pushback = new java.io.PushbackReader(reader);
        int first = pushback.read();
        if (first >= 0 && first != '\ufeff') {
            pushback.unread(first);
        }
        return pushback;
    }
}
