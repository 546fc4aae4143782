package dev.plimsoll.inventory.php;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/// Reads what PHP's `serialize` wrote, as the tree that JSON gives: arrays and objects become objects whose members are
/// named by their keys. References to earlier values become null. Nothing is made of classes.
///
/// Source: PHP Manual, "serialize"; PHP Internals Book, "Serialization format": `a:2:{i:0;s:1:"a";…}`, lengths in
/// bytes.
final class PhpSerialized {

    /// Of arrays in one another.
    static final int MAX_DEPTH = 100;

    /// In values of one text.
    static final int MAX_VALUES = 1_000_000;

    /// In characters, of a number.
    private static final int MAX_DIGITS = 40;

    private final byte[] text;
    private int at;
    private int values;

    private PhpSerialized(byte[] text) {
        this.text = text;
    }

    /// Breaks off reading; says what is wrong and where.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /// The first value; what follows it is not read.
    static JsonValue read(byte[] text) throws Malformed {
        return new PhpSerialized(text).value(0);
    }

    private JsonValue value(int depth) throws Malformed {
        if (depth > MAX_DEPTH) {
            throw new Malformed("nests deeper than " + MAX_DEPTH);
        }
        if (++values > MAX_VALUES) {
            throw new Malformed("over " + MAX_VALUES + " values");
        }
        var type = next();
        if (type == 'N') {
            expect(';');
            return new JsonNull();
        }
        expect(':');
        return switch (type) {
            case 'b' -> new JsonBoolean(until(';').equals("1"));
            case 'i', 'd' -> number(until(';'));
            case 's' -> {
                var string = string();
                expect(';');
                yield new JsonString(string);
            }
            case 'a' -> members(depth);
            case 'O' -> {
                string();
                expect(':');
                yield members(depth);
            }
            case 'r', 'R' -> {
                until(';');
                yield new JsonNull();
            }
            default -> throw malformed("a type that is not known");
        };
    }

    private JsonObject members(int depth) throws Malformed {
        var count = length(':');
        expect('{');
        var members = new LinkedHashMap<String, JsonValue>();
        for (int i = 0; i < count; i++) {
            var key = switch (value(depth + 1)) {
                case JsonString(var name) -> name;
                case JsonNumber(var index) -> index.toString();
                default -> throw malformed("a key that is neither text nor number");
            };
            members.put(key, value(depth + 1));
        }
        expect('}');
        return new JsonObject(members);
    }

    private String string() throws Malformed {
        var length = length(':');
        expect('"');
        if (length > text.length - at) {
            throw malformed("a text that goes beyond the end");
        }
        var string = new String(text, at, length, StandardCharsets.UTF_8);
        at += length;
        expect('"');
        return string;
    }

    private static JsonValue number(String digits) {
        try {
            return new JsonNumber(new BigDecimal(digits));
        } catch (NumberFormatException e) {
            return new JsonString(digits); // INF, NAN
        }
    }

    private int length(char end) throws Malformed {
        try {
            var length = Integer.parseInt(until(end));
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // the same as a negative one
        }
        throw malformed("a length that is none");
    }

    private String until(char end) throws Malformed {
        var start = at;
        while (next() != end) {
            if (at - start > MAX_DIGITS) {
                throw malformed("a number without its end");
            }
        }
        return new String(text, start, at - 1 - start, StandardCharsets.ISO_8859_1);
    }

    private int next() throws Malformed {
        if (at == text.length) {
            throw malformed("it ends too early");
        }
        return text[at++] & 0xff;
    }

    private void expect(char c) throws Malformed {
        if (next() != c) {
            throw malformed("no '" + c + "' where one must stand");
        }
    }

    private Malformed malformed(String what) {
        return new Malformed("not serialized by PHP: " + what + ", at byte " + at);
    }
}
