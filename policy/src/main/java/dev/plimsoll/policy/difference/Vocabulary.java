package dev.plimsoll.policy.difference;

import dev.plimsoll.policy.bundle.BundleSource.SourceRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The values that rules name: what they tell apart lies at these and beside them.
final class Vocabulary {

    /// Values of one kind that are tried.
    static final int MAX_VALUES = 60;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kmgt]b)", Pattern.CASE_INSENSITIVE);
    /// What a sample of an expression has in the place of a class or a dot.
    private static final Pattern ANY = Pattern.compile("\\.[*+?]?|\\\\[wWdDsS][*+?]?|\\[[^\\]]*\\][*+?]?");
    private static final Pattern GROUP = Pattern.compile("\\((\\?[:iP<>a-z]*)?([^()|]*)(\\|[^()]*)?\\)[*+?]?");

    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<BigDecimal> numbers = new TreeSet<>();

    Vocabulary(List<SourceRule> rules) {
        for (var rule : rules) {
            for (Map.Entry<String, String> given : rule.parameters().entrySet()) {
                add(given.getValue());
                Stream.of(given.getValue().split(",", -1)).map(String::strip).forEach(this::add);
            }
            rule.rule().extensions().grace().orElse(List.of()).forEach(term -> add(String.valueOf(term.days())));
        }
    }

    private void add(String text) {
        if (text.isEmpty() || texts.size() >= MAX_VALUES) {
            return;
        }
        if (NUMBER.matcher(text).matches()) {
            numbers.add(new BigDecimal(text));
        }
        var size = SIZE.matcher(text);
        if (size.matches()) {
            numbers.add(new BigDecimal(size.group(1)));
        }
        texts.add(text);
    }

    /// The texts as they stand, and for those that look like patterns one that may match.
    List<String> samples() {
        var samples = new LinkedHashSet<>(texts);
        texts.forEach(text -> samples.add(sample(text)));
        samples.remove("");
        return List.copyOf(samples);
    }

    /// With others that are always tried.
    List<String> samplesAnd(String... others) {
        return Stream.concat(samples().stream(), Stream.of(others)).distinct().toList();
    }

    /// Whole numbers with their neighbours.
    List<Integer> wholeNumbers() {
        var all = new TreeSet<Integer>();
        for (var number : numbers) {
            int whole = number.intValue();
            all.add(Math.max(0, whole - 1));
            all.add(whole);
            all.add(whole + 1);
        }
        return all.stream().limit(MAX_VALUES).toList();
    }

    /// Numbers with their neighbours, up to a greatest one.
    List<BigDecimal> numbersTo(BigDecimal most) {
        var all = new TreeSet<BigDecimal>();
        for (var number : numbers) {
            for (var near : List.of(number.subtract(number.ulp()), number, number.add(number.ulp()))) {
                if (near.signum() >= 0 && near.compareTo(most) <= 0) {
                    all.add(near);
                }
            }
        }
        return new ArrayList<>(all).stream().limit(MAX_VALUES).toList();
    }

    /// A text that the simplest expressions match; of others it is only a guess.
    private static String sample(String expression) {
        var text =
                expression.replace("^", "").replace("$", "").replace("**", "x").replace("(?i)", "");
        text = text.replace("\\.", "\u0001");
        text = GROUP.matcher(text).replaceAll("$2");
        text = ANY.matcher(text).replaceAll("x");
        return text.replace("*", "x").replace("+", "").replace("\u0001", ".").replace("\\", "");
    }
}
