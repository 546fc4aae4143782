package dev.plimsoll.inventory.golang;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A function as the linker names it, taken apart: `gopkg.in/yaml%2ev3.(*Decoder).Decode.func1`.
///
/// Source: Go, package `cmd/internal/objabi` (`PathToPrefix`), `debug/gosym` (`Sym.PackageName`), and for the names of
/// closures `cmd/compile/internal/ir` (`closureName`).
///
/// @param path of the package
/// @param symbols what Go's vulnerability database may call it: `Decoder.Decode`. Of a closure it is the function that
///     it stands in; where a name can be read in two ways, both
record FunctionName(String path, List<String> symbols) {

    /// `func1`, `gowrap2`, `1`: parts of a function that have no name.
    private static final Pattern UNNAMED = Pattern.compile("(func|gowrap|deferwrap|dwrap)?[0-9]+");

    FunctionName {
        symbols = List.copyOf(symbols);
    }

    /// The place of the stop that ends the package's path; negative where the name is of no package.
    static int endOfPath(byte[] bytes, int start, int end) {
        var stop = -1;
        for (int i = start; i < end && bytes[i] != '['; i++) {
            if (bytes[i] == '/' || bytes[i] == ':') {
                stop = -1;
            } else if (bytes[i] == '.' && stop < 0) {
                stop = i;
            }
        }
        return stop > start ? stop : -1;
    }

    /// The path of a package as its importers write it: stops in its last part stand as `%2e` in names.
    static String path(String written) {
        if (written.indexOf('%') < 0) {
            return written;
        }
        var bytes = written.getBytes(StandardCharsets.ISO_8859_1);
        var plain = new byte[bytes.length];
        var length = 0;
        for (int i = 0; i < bytes.length; i++) {
            var value = bytes[i] == '%' && i + 2 < bytes.length
                    ? (Character.digit(bytes[i + 1], 16) << 4) | Character.digit(bytes[i + 2], 16)
                    : -1;
            if (value >= 0) {
                i += 2;
            }
            plain[length++] = value >= 0 ? (byte) value : bytes[i];
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    /// Takes a whole name apart; empty where it is of no package.
    static Optional<FunctionName> of(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var stop = endOfPath(bytes, 0, bytes.length);
        return stop < 0
                ? Optional.empty()
                : Optional.of(new FunctionName(
                        path(new String(bytes, 0, stop, StandardCharsets.ISO_8859_1)),
                        symbols(new String(bytes, stop + 1, bytes.length - stop - 1, StandardCharsets.UTF_8))));
    }

    /// @param written what stands behind the package: `(*Map[...]).Load`, `Parse.func1`, `init.0`
    static List<String> symbols(String written) {
        var plain = withoutTypeArguments(written);
        if (plain.startsWith("(")) {
            var close = plain.indexOf(").");
            if (close < 0) {
                return List.of();
            }
            var type = plain.substring(plain.startsWith("(*") ? 2 : 1, close);
            return List.of(type + "." + firstPart(plain.substring(close + 2)));
        }
        var first = firstPart(plain);
        if (first.isEmpty()) {
            return List.of();
        }
        if (first.length() == plain.length() || plain.charAt(first.length()) != '.') {
            return List.of(first);
        }
        var rest = plain.substring(first.length() + 1);
        var second = firstPart(rest);
        var found = new ArrayList<String>();
        if (second.isEmpty() || UNNAMED.matcher(second).matches()) {
            found.add(first);
        } else {
            found.add(first + "." + second);
            if (rest.indexOf('.', second.length()) >= 0) {
                found.add(first); // a closure of a function that was inlined into this one
            }
        }
        return found;
    }

    /// Up to a stop or to what the compiler appends: `-fm` for a method's value, `-range1` for a loop's body, `·dwrap`.
    private static String firstPart(String text) {
        var end = 0;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '-' && text.charAt(end) != '·') {
            end++;
        }
        return text.substring(0, end);
    }

    private static String withoutTypeArguments(String text) {
        if (text.indexOf('[') < 0) {
            return text;
        }
        var plain = new StringBuilder();
        var depth = 0;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            } else if (depth <= 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
