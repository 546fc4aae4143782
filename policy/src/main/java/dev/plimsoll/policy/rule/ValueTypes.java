package dev.plimsoll.policy.rule;

import dev.plimsoll.inventory.Glob;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.pattern.UserPattern;
import dev.plimsoll.policy.rule.ValueType.Parsed;
import dev.plimsoll.policy.rule.ValueType.Rejected;
import dev.plimsoll.policy.rule.ValueType.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The types that parameters have.
///
/// They take what Anchore's validators take, but for what these let through to fail later: numbers without digits,
/// numbers
/// beyond an int, items of a list that are empty.
public final class ValueTypes {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NUMBER = Pattern.compile("-?([0-9]{1,15}(\\.[0-9]{0,15})?|\\.[0-9]{1,15})");
    private static final Pattern OCTAL = Pattern.compile("(0o)?[0-7]{1,11}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([kmgt]b)?");

    public static final ValueType<String> TEXT =
            new ValueType<>("string", "a string", List.of(), (text, _) -> new Value<>(text), text -> text);

    public static final ValueType<Boolean> BOOLEAN = of("boolean", "\"true\" or \"false\"", text -> switch (text.strip()
                    .toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            })
            .ofForm("\\s*([tT][rR][uU][eE]|[fF][aA][lL][sS][eE])\\s*");

    public static final ValueType<Integer> INTEGER = of(
                    "integer", "a whole number from 0 to " + Integer.MAX_VALUE, ValueTypes::integer)
            .ofForm("\\s*[0-9]{1,10}\\s*");

    public static final ValueType<BigDecimal> DECIMAL = of(
                    "number",
                    "a number with at most 15 digits, such as 7.5",
                    text -> NUMBER.matcher(text.strip()).matches()
                            ? Optional.of(new BigDecimal(text.strip()))
                            : Optional.empty())
            .ofForm("\\s*-?([0-9]{1,15}(\\.[0-9]{0,15})?|\\.[0-9]{1,15})\\s*");

    public static final ValueType<List<String>> LIST = of(
                    "list", "texts separated by commas, none of them empty", text -> list(text, Optional::of))
            .ofForm("\\s*[^,\\s][^,]*(,\\s*[^,\\s][^,]*)*");

    public static final ValueType<List<Integer>> NUMBERS = of(
                    "list of numbers", "whole numbers separated by commas", text -> list(text, ValueTypes::integer))
            .ofForm("\\s*[0-9]{1,10}\\s*(,\\s*[0-9]{1,10}\\s*)*");

    /// The lower twelve bits of a file's mode; a file type's bits in front are passed over.
    public static final ValueType<Integer> MODE = of(
                    "file mode",
                    "octal digits, such as 00644",
                    text -> OCTAL.matcher(text.strip()).matches()
                            ? Optional.of((int) (Long.parseLong(text.strip().replace("0o", ""), 8) & 07777))
                            : Optional.empty())
            .ofForm("\\s*(0o)?[0-7]{1,11}\\s*");

    public static final ValueType<String> SHA256 = of(
                    "SHA-256",
                    "64 hexadecimal digits",
                    text -> HEXADECIMAL.matcher(text).matches() ? Optional.of(text) : Optional.empty())
            .ofForm("[0-9a-fA-F]{64}");

    public static final ValueType<UserPattern> PATTERN = new ValueType<>(
            "regular expression",
            "a regular expression in Python's syntax",
            List.of(),
            (text, allowBacktracking) -> switch (UserPattern.compile(text, allowBacktracking)) {
                case UserPattern.Usable(var pattern) -> new Value<>(pattern);
                case UserPattern.Refused(var reason) -> new Rejected<>("cannot be used: " + reason);
            },
            UserPattern::toString);

    /// A size in bytes, see {@link #size}.
    public static final ValueType<Long> BYTES =
            of("size", "a number of bytes, perhaps with kb, mb, gb or tb behind it, such as 200mb", ValueTypes::size);

    /// Patterns over paths, see {@link Glob}; braces are left to them that need no commas.
    public static final ValueType<List<Glob>> GLOBS = of(
            "list of path patterns",
            "paths separated by commas, with * for part of a name and ** for folders, such as /usr/share/doc/**",
            text -> list(text, item -> item.indexOf('{') >= 0 ? Optional.empty() : Optional.of(new Glob(item))));

    /// The path of one file.
    public static final ValueType<String> PATH = of(
            "path",
            "the path of a file from the root of the image, without wildcards, such as /etc/passwd",
            text -> text.length() > 1 && text.startsWith("/") && text.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)
                    ? Optional.of(text)
                    : Optional.empty());

    private ValueTypes() {}

    /// Several words of an enum, separated by commas.
    public static <E extends Enum<E> & Word> ValueType<List<E>> several(Class<E> type) {
        var words = Arrays.stream(type.getEnumConstants()).map(Word::word).collect(Collectors.joining(", "));
        return new ValueType<>(
                "list of " + words,
                "one or several of " + words + ", separated by commas",
                List.of(),
                (text, _) -> list(text, item -> word(type, item))
                        .<Parsed<List<E>>>map(Value::new)
                        .orElseGet(
                                () -> new Rejected<>("must be one or several of " + words + ", separated by commas")),
                chosen -> chosen.stream().map(Word::word).collect(Collectors.joining(",")));
    }

    /// Words of an enum, read in any case.
    public static <E extends Enum<E> & Word> ValueType<E> oneOf(Class<E> type) {
        var words = new ArrayList<String>();
        Map<String, String> older = new LinkedHashMap<>();
        for (var constant : type.getEnumConstants()) {
            words.add(constant.word());
            constant.olderWords().forEach(word -> older.put(word, constant.word()));
        }
        return new ValueType<>(
                "one of",
                "one of " + String.join(", ", words),
                words,
                older,
                "",
                (text, _) -> word(type, text)
                        .<Parsed<E>>map(Value::new)
                        .orElseGet(() -> new Rejected<>("must be one of " + String.join(", ", words))),
                Word::word);
    }

    /// A size in bytes: digits, and perhaps kb, mb, gb or tb, each 1024 of the former.
    public static Optional<Long> size(String text) {
        var matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var unit = matcher.group(2);
        int exponent = unit == null ? 0 : "kmgt".indexOf(unit.charAt(0)) + 1;
        try {
            return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * exponent)));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    public static Optional<Integer> integer(String text) {
        var digits = text.strip();
        if (!DIGITS.matcher(digits).matches()) {
            return Optional.empty();
        }
        long value = Long.parseLong(digits);
        return value > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) value);
    }

    private static <E extends Enum<E> & Word> Optional<E> word(Class<E> type, String text) {
        for (var constant : type.getEnumConstants()) {
            if (constant.word().equalsIgnoreCase(text)
                    || constant.olderWords().stream().anyMatch(text::equalsIgnoreCase)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /// The items of a comma list, trimmed; empty where an item is.
    public static <T> Optional<List<T>> list(String text, Function<String, Optional<T>> item) {
        var items = new ArrayList<T>();
        for (var part : text.split(",", -1)) {
            var trimmed = part.strip();
            var read = trimmed.isEmpty() ? Optional.<T>empty() : item.apply(trimmed);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            items.add(read.get());
        }
        return Optional.of(List.copyOf(items));
    }

    /// A list of what is read one by one.
    ///
    /// @param accepted for messages: `digests separated by commas`
    public static <T> ValueType<List<T>> listOf(String accepted, Function<String, Optional<T>> item) {
        return of("list", accepted, text -> list(text, item));
    }

    /// A list of names in which `*` stands for any text; one that begins with `regexp:` is a regular expression.
    ///
    /// @param things what bears the names, in the plural
    public static ValueType<List<NamePattern>> namesOf(String things) {
        return listOf(
                "names of " + things + " separated by commas, in which * stands for any text",
                text -> NamePattern.compile(text, false) instanceof NamePattern.Usable(var pattern)
                        ? Optional.of(pattern)
                        : Optional.empty());
    }

    private static <T> ValueType<T> of(String name, String accepted, Function<String, Optional<T>> parser) {
        return new ValueType<>(
                name,
                accepted,
                List.of(),
                (text, _) -> parser.apply(text)
                        .<Parsed<T>>map(Value::new)
                        .orElseGet(() -> new Rejected<>("must be " + accepted)),
                value -> value.toString());
    }
}
