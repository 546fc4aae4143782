package dev.plimsoll.cli;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.cli.command.NearNames;
import dev.plimsoll.image.ImageDocument;
import dev.plimsoll.inventory.analysis.AnalysisSettings.DeclaredPackages;
import dev.plimsoll.policy.Action;
import dev.plimsoll.policy.waiver.Waiver;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// How values of options are read, with messages that say what is allowed.
final class Values {

    private Values() {}

    /// Tells a command line, and all commands beneath it, how to read values.
    static void register(CommandLine line) {
        line.registerConverter(Severity.class, words(Severity.values()));
        line.registerConverter(Action.class, words(Action.values()));
        line.registerConverter(EvaluationArguments.Unmapped.class, words(EvaluationArguments.Unmapped.values()));
        line.registerConverter(PolicyValidateCommand.Form.class, words(PolicyValidateCommand.Form.values()));
        line.registerConverter(Waiver.Validity.class, words(Waiver.Validity.values()));
        line.registerConverter(DeclaredPackages.class, words(DeclaredPackages.values()));
        line.registerConverter(ImageDocument.Kind.class, words(ImageDocument.Kind.values()));
        line.registerConverter(Boolean.TYPE, Values::flag);
        line.registerConverter(Integer.TYPE, text -> (int) limit(text, Integer.MAX_VALUE));
        line.registerConverter(Long.TYPE, text -> limit(text, Long.MAX_VALUE));
    }

    private static <E extends Enum<E>> ITypeConverter<E> words(E[] values) {
        return text -> {
            for (var value : values) {
                if (value.name().equalsIgnoreCase(text)) {
                    return value;
                }
            }
            List<String> allowed = Stream.of(values)
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw new TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", allowed) + NearNames.question(text, allowed));
        };
    }

    private static boolean flag(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new TypeConversionException("'" + text + "' is neither true nor false");
    }

    /// All numbers that options take are limits.
    private static long limit(String text, long most) {
        try {
            var value = Long.parseLong(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the message below holds for this too
        }
        throw new TypeConversionException("'" + text + "' is no whole number from 1 to " + most);
    }
}
