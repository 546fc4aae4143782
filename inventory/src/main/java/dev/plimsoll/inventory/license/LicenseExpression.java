package dev.plimsoll.inventory.license;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// An SPDX license expression. Immutable. `toString` writes it in the SPDX form, with as few parentheses as
/// precedence allows.
///
/// Source: SPDX 2.3, annex D, "SPDX license expressions".
public sealed interface LicenseExpression {

    /// A licence of the SPDX list.
    ///
    /// @param id as the list writes it
    /// @param orLater whether `+` follows
    record License(String id, boolean orLater) implements LicenseExpression {
        @Override
        public String toString() {
            return orLater ? id + "+" : id;
        }
    }

    /// A licence that the list does not have.
    ///
    /// @param id `LicenseRef-…`, perhaps behind `DocumentRef-…:`
    record Reference(String id) implements LicenseExpression {
        @Override
        public String toString() {
            return id;
        }
    }

    /// A licence with an exception.
    ///
    /// @param license a {@link License} or a {@link Reference}
    /// @param exception as the list writes it
    record With(LicenseExpression license, String exception) implements LicenseExpression {
        @Override
        public String toString() {
            return license + " WITH " + exception;
        }
    }

    /// All of several.
    record And(List<LicenseExpression> parts) implements LicenseExpression {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(part -> part instanceof Or ? "(" + part + ")" : part.toString())
                    .collect(Collectors.joining(" AND "));
        }
    }

    /// One of several, as the user chooses.
    record Or(List<LicenseExpression> parts) implements LicenseExpression {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return parts.stream().map(LicenseExpression::toString).collect(Collectors.joining(" OR "));
        }
    }

    /// All of the parts, each once; of one part the part itself.
    ///
    /// @param parts at least one
    static LicenseExpression allOf(List<LicenseExpression> parts) {
        Set<LicenseExpression> flat = new LinkedHashSet<>();
        parts.forEach(part -> flat.addAll(part instanceof And(var inner) ? inner : List.of(part)));
        return flat.size() == 1 ? flat.iterator().next() : new And(new ArrayList<>(flat));
    }

    /// One of the parts, each named once; of one part the part itself.
    ///
    /// @param parts at least one
    static LicenseExpression anyOf(List<LicenseExpression> parts) {
        Set<LicenseExpression> flat = new LinkedHashSet<>();
        parts.forEach(part -> flat.addAll(part instanceof Or(var inner) ? inner : List.of(part)));
        return flat.size() == 1 ? flat.iterator().next() : new Or(new ArrayList<>(flat));
    }

    /// Reads an expression of known licences and exceptions; operators and ids in any case.
    ///
    /// @return empty where the text is none, or names what the list does not have
    static Optional<LicenseExpression> parse(String text) {
        return new ExpressionReader(text, word -> SpdxLicenses.KNOWN.license(word)).read();
    }

    /// Hands over each licence and reference of the expression, in the order of the text.
    default void forEachLicense(Consumer<LicenseExpression> action) {
        switch (this) {
            case License _, Reference _ -> action.accept(this);
            case With(var license, var _) -> license.forEachLicense(action);
            case And(var parts) -> parts.forEach(part -> part.forEachLicense(action));
            case Or(var parts) -> parts.forEach(part -> part.forEachLicense(action));
        }
    }
}
