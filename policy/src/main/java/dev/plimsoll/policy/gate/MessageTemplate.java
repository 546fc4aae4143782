package dev.plimsoll.policy.gate;

import dev.plimsoll.policy.expression.Element;
import dev.plimsoll.policy.expression.Fact;
import dev.plimsoll.policy.expression.ForEach;
import dev.plimsoll.policy.rule.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text with names of facts in braces, for which their values stand.
final class MessageTemplate {

    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)\\}");

    private MessageTemplate() {}

    /// Why the text cannot be used; empty where all is well.
    static Optional<String> problem(String text, ForEach each) {
        var names = NAME.matcher(text);
        while (names.find()) {
            var name = names.group(1);
            if (each.fact(name).isEmpty()) {
                return Optional.of("names the fact '" + name + "', which there is not for each " + each.word() + ": "
                        + Names.advice(
                                name, each.facts().stream().map(Fact::name).toList()));
            }
        }
        return Optional.empty();
    }

    static String filled(String text, ForEach each, Element element) {
        return NAME.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(each.fact(found.group(1))
                        .flatMap(fact -> fact.value().apply(element))
                        .map(MessageTemplate::words)
                        .orElse("?")));
    }

    private static String words(Object value) {
        return switch (value) {
            case List<?> items -> items.stream().map(Object::toString).collect(Collectors.joining(", "));
            case Map<?, ?> pairs ->
                new TreeMap<>(pairs)
                        .entrySet().stream()
                                .map(pair -> pair.getKey() + "=" + pair.getValue())
                                .collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }
}
