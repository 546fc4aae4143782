package dev.plimsoll.inventory.beam;

import java.util.ArrayList;
import java.util.List;

/// Reads a file of Erlang terms, each ended by a stop, as `file:consult` does. Stateless.
///
/// Source: "Erlang Reference Manual", "Data Types"; file(3erl), `consult/1`.
final class ErlangTerms {

    private static final String NAME = "_@";

    private final TermText text;

    private ErlangTerms(String text) {
        this.text = new TermText(text, '%');
    }

    /// @throws BrokenTermException when it is no such file, or exceeds a limit
    static List<Term> read(String text) throws BrokenTermException {
        var reader = new ErlangTerms(text);
        var all = new ArrayList<Term>();
        while (!reader.text.atEnd()) {
            all.add(reader.term(0));
            reader.text.expect(".");
        }
        return all;
    }

    private Term term(int depth) throws BrokenTermException {
        text.term(depth);
        var c = text.peek();
        if (c == '"') {
            var joined = new StringBuilder(text.quoted());
            while (text.peek() == '"') {
                joined.append(text.quoted());
            }
            return new Term.Text(joined.toString());
        }
        if (c == '\'') {
            return new Term.Atom(text.quoted());
        }
        if (text.accept("<<")) {
            return binary();
        }
        if (text.accept("#{")) {
            return new Term.Sequence(pairs(depth));
        }
        if (text.accept("{")) {
            return new Term.Tuple(elements(depth, "}"));
        }
        if (text.accept("[")) {
            return new Term.Sequence(elements(depth, "]"));
        }
        if (c == '$') {
            text.next();
            text.next();
            return new Term.Text("");
        }
        if (Character.isDigit(c) || c == '-' || c == '+') {
            return number();
        }
        var name = text.run(NAME);
        if (name.isEmpty()) {
            throw text.broken("'" + c + "' begins no term");
        }
        return new Term.Atom(name);
    }

    /// A stop ends the file's term where no digit follows it, so it is given back.
    private Term number() throws BrokenTermException {
        var digits = new StringBuilder();
        if (text.here() == '-' || text.here() == '+') {
            digits.append(text.here());
            text.next();
        }
        digits.append(text.run("#_"));
        if (digits.length() == 0 || !Character.isLetterOrDigit(digits.charAt(digits.length() - 1))) {
            throw text.broken("a number without digits");
        }
        return new Term.Text(digits.append(text.fraction()).toString());
    }

    /// `<<"text">>`, `<<"text"/utf8>>`; of bytes nothing is kept.
    private Term binary() throws BrokenTermException {
        var joined = new StringBuilder();
        while (!text.accept(">>")) {
            var c = text.peek();
            if (c == '"') {
                joined.append(text.quoted());
            } else if (c == 0) {
                throw text.broken("a binary does not close");
            } else {
                text.next();
            }
        }
        return new Term.Text(joined.toString());
    }

    private List<Term> elements(int depth, String end) throws BrokenTermException {
        var elements = new ArrayList<Term>();
        while (!text.accept(end)) {
            if (!elements.isEmpty() && !text.accept("|")) {
                text.expect(",");
            }
            elements.add(term(depth + 1));
        }
        return elements;
    }

    private List<Term> pairs(int depth) throws BrokenTermException {
        var pairs = new ArrayList<Term>();
        while (!text.accept("}")) {
            if (!pairs.isEmpty()) {
                text.expect(",");
            }
            var key = term(depth + 1);
            text.expect("=>");
            pairs.add(new Term.Tuple(List.of(key, term(depth + 1))));
        }
        return pairs;
    }
}
