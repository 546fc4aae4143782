package dev.plimsoll.inventory.beam;

import java.util.List;

/// A term of Erlang or Elixir, as their files of data have it. Immutable.
sealed interface Term {

    /// A text, a binary, or a number as it is written.
    record Text(String text) implements Term {}

    /// An atom.
    record Atom(String name) implements Term {}

    /// A tuple.
    record Tuple(List<Term> elements) implements Term {
        /// Stands for what is not there.
        static final Tuple NOTHING = new Tuple(List.of());

        /// The element of that index, an empty tuple where there is none.
        Term at(int index) {
            return index < elements.size() ? elements.get(index) : NOTHING;
        }
    }

    /// A list, or a map as the list of its pairs.
    record Sequence(List<Term> elements) implements Term {}

    /// The text of a text or of an atom, empty for others.
    default String word() {
        return switch (this) {
            case Text(var text) -> text;
            case Atom(var name) -> name;
            case Tuple _, Sequence _ -> "";
        };
    }

    /// The elements of a list, none for others.
    default List<Term> items() {
        return this instanceof Sequence(var elements) ? elements : List.of();
    }

    /// Of a list of pairs the second half of that whose first is so called; nothing where there is none.
    default Term value(String name) {
        for (var item : items()) {
            if (item instanceof Tuple pair
                    && pair.elements().size() == 2
                    && pair.at(0).word().equals(name)) {
                return pair.at(1);
            }
        }
        return Tuple.NOTHING;
    }
}
