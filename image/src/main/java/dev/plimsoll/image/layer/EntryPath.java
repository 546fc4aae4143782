package dev.plimsoll.image.layer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/// The name of a tar entry, brought to its normal form: no leading slash, no `.`, no doubled slash, no `..`. A name
/// that
/// holds `..` means what container engines take it for, which is a path from the image's root that never leads out of
/// it; but it becomes the name of another file, so that is told.
sealed interface EntryPath {

    /// @param path the normal form, empty for the root
    /// @param oddity what is strange about it; empty for almost all
    record Normal(String path, String oddity) implements EntryPath {}

    /// @param shown the name as far as it can be shown
    record Refused(String shown, String reason) implements EntryPath {}

    static EntryPath of(byte[] name, int maxBytes) {
        return switch (text(name, maxBytes)) {
            case Normal(var text, var oddity) -> normal(text, oddity);
            case Refused refused -> refused;
        };
    }

    /// The name as text and nothing more, as the target of a symbolic link needs it. Bytes that are no UTF-8 become
    /// `\xNN`, so that two different names stay different.
    static EntryPath text(byte[] name, int maxBytes) {
        if (name.length > maxBytes) {
            var front = new String(name, 0, Math.min(name.length, 201), StandardCharsets.ISO_8859_1);
            return new Refused(
                    shown(front),
                    "a name of " + name.length + " bytes is over the limit of " + maxBytes + " (--max-path-bytes)");
        }
        var ascii = true;
        var control = false;
        for (var b : name) {
            if (b == 0) {
                return new Refused(shown(new String(name, StandardCharsets.ISO_8859_1)), "a zero byte in a name");
            }
            ascii &= b >= 0;
            control |= (b >= 0 && b < ' ') || b == 0x7f;
        }
        var oddity = control ? "control characters in a name" : "";
        if (ascii) {
            return new Normal(new String(name, StandardCharsets.US_ASCII), oddity);
        }
        try {
            return new Normal(strict(name, 0, name.length), oddity);
        } catch (CharacterCodingException _) {
            return new Normal(escaped(name), "a name is not UTF-8");
        }
    }

    private static EntryPath normal(String text, String oddity) {
        if (isNormal(text)) {
            return new Normal(text, oddity);
        }
        var path = new StringBuilder(text.length());
        var up = false;
        for (var from = 0; from <= text.length(); ) {
            var slash = text.indexOf('/', from);
            var to = slash < 0 ? text.length() : slash;
            var part = text.substring(from, to);
            if (part.equals("..")) {
                path.setLength(Math.max(path.lastIndexOf("/"), 0));
                up = true;
            } else if (!part.isEmpty() && !part.equals(".")) {
                path.append(path.isEmpty() ? "" : "/").append(part);
            }
            from = to + 1;
        }
        return new Normal(
                path.toString(), up ? "\"..\" in a name, read from the root of the image: " + shown(text) : oddity);
    }

    /// Almost all names need nothing but the loss of a trailing slash, many not even that.
    private static boolean isNormal(String text) {
        var atStart = true;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (atStart && (c == '/' || c == '.')) {
                return false;
            }
            atStart = c == '/';
        }
        return !atStart;
    }

    private static String strict(byte[] bytes, int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, from, to - from))
                .toString();
    }

    private static String escaped(byte[] name) {
        var text = new StringBuilder(name.length * 2);
        for (var b : name) {
            if (b >= 0) {
                text.append((char) b);
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return text.toString();
    }

    /// The text for a message: short, and without characters that a terminal would act on.
    static String shown(String text) {
        var shown = new StringBuilder();
        for (var i = 0; i < text.length() && i < 200; i++) {
            var c = text.charAt(i);
            if (Character.isISOControl(c)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > 200 ? "…" : "").toString();
    }
}
