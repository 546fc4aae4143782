package dev.plimsoll.inventory.beam;

import java.util.ArrayList;
import java.util.List;

/// Reads the literal that a file of Elixir is: maps, lists, tuples, atoms, texts and numbers. Stateless.
///
/// Source: Elixir, "Syntax reference".
final class ElixirTerm {

    private static final String NAME = "_?!@";

    private final TermText text;

    private ElixirTerm(String text) {
        this.text = new TermText(text, '#');
    }

    /// @throws BrokenTermException when it is no literal, or exceeds a limit
    static Term read(String text) throws BrokenTermException {
        var reader = new ElixirTerm(text);
        var term = reader.term(0);
        if (!reader.text.atEnd()) {
            throw reader.text.broken("something follows the term");
        }
        return term;
    }

    private Term term(int depth) throws BrokenTermException {
        text.term(depth);
        var c = text.peek();
        if (c == '"' || c == '\'') {
            return new Term.Text(text.quoted());
        }
        if (c == ':') {
            text.next();
            return new Term.Atom(text.here() == '"' ? text.quoted() : text.run(NAME));
        }
        if (text.accept("%{")) {
            return new Term.Sequence(elements(depth, "}"));
        }
        if (text.accept("{")) {
            return new Term.Tuple(elements(depth, "}"));
        }
        if (text.accept("[")) {
            return new Term.Sequence(elements(depth, "]"));
        }
        if (Character.isDigit(c) || c == '-') {
            text.next();
            return new Term.Text(c + text.run("_") + text.fraction());
        }
        var name = text.run(NAME + ".");
        if (name.isEmpty()) {
            throw text.broken("'" + c + "' begins no term");
        }
        return new Term.Atom(name);
    }

    /// Elements, of which those as `name: value`, `"name": value` and `key => value` are pairs.
    private List<Term> elements(int depth, String end) throws BrokenTermException {
        var elements = new ArrayList<Term>();
        while (!text.accept(end)) {
            if (!elements.isEmpty()) {
                text.expect(",");
                if (text.accept(end)) {
                    break;
                }
            }
            var element = term(depth + 1);
            elements.add(
                    text.accept("=>") || text.accept(":")
                            ? new Term.Tuple(List.of(element, term(depth + 1)))
                            : element);
        }
        return elements;
    }
}
