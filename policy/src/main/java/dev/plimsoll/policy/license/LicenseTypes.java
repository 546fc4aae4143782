package dev.plimsoll.policy.license;

import dev.plimsoll.inventory.license.LicenseExpression;
import dev.plimsoll.inventory.license.LicenseExpression.And;
import dev.plimsoll.inventory.license.LicenseExpression.Or;
import dev.plimsoll.inventory.license.LicenseExpression.With;
import dev.plimsoll.inventory.license.Licensing;
import dev.plimsoll.policy.rule.ValueType;
import dev.plimsoll.policy.rule.ValueType.Rejected;
import dev.plimsoll.policy.rule.ValueType.Value;
import dev.plimsoll.policy.rule.ValueTypes;
import dev.plimsoll.purl.PackageType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The types of parameters that name licences; they are read once, with the bundle.
public final class LicenseTypes {

    /// Licences of the SPDX list, with or without an exception, and references to others.
    public static final ValueType<List<LicenseExpression>> LICENSES = list(
            "list of licences",
            "SPDX identifiers separated by commas, such as MIT, GPL-2.0-or-later or GPL-2.0-only WITH Classpath-exception-2.0",
            LicenseTypes::license);

    /// Categories by their words.
    public static final ValueType<List<LicenseCategory>> CATEGORIES = list(
            "list of categories",
            "categories separated by commas, of "
                    + Arrays.stream(LicenseCategory.values())
                            .map(LicenseCategory::word)
                            .collect(Collectors.joining(", ")),
            LicenseTypes::category);

    /// Exceptions of the SPDX list.
    public static final ValueType<List<String>> EXCEPTIONS = list(
            "list of exceptions",
            "SPDX exceptions separated by commas, such as Classpath-exception-2.0",
            LicenseTypes::exception);

    private LicenseTypes() {}

    /// A licence by its identifier or by a name that ecosystems have for it; empty where nobody knows it.
    static Optional<LicenseExpression> license(String text) {
        return Licensing.of(PackageType.GENERIC, List.of(text))
                .filter(found -> found.isListed() || found.references().containsKey(text))
                .map(Licensing::expression)
                .filter(found -> !(found instanceof And) && !(found instanceof Or));
    }

    private static Optional<LicenseCategory> category(String text) {
        return Arrays.stream(LicenseCategory.values())
                .filter(category -> category.word().equalsIgnoreCase(text))
                .findFirst();
    }

    private static Optional<String> exception(String text) {
        return LicenseExpression.parse("MIT WITH " + text)
                .flatMap(found ->
                        found instanceof With(var _, var exception) ? Optional.of(exception) : Optional.empty());
    }

    private static <T> ValueType<List<T>> list(
            String name, String accepted, java.util.function.Function<String, Optional<T>> item) {
        return new ValueType<>(
                name,
                accepted,
                List.of(),
                (text, _) -> ValueTypes.list(text, item)
                        .<ValueType.Parsed<List<T>>>map(Value::new)
                        .orElseGet(() -> new Rejected<>("must be " + accepted + unknown(text, item))),
                items -> items.stream().map(Object::toString).collect(Collectors.joining(",")));
    }

    /// Names the first item that nobody knows.
    private static <T> String unknown(String text, java.util.function.Function<String, Optional<T>> item) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> part.isEmpty() || item.apply(part).isEmpty())
                .findFirst()
                .map(part -> part.isEmpty() ? "; an item is empty" : "; '" + shortened(part) + "' is none")
                .orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
