package dev.plimsoll.inventory.lua;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the assignments of literals at the top of a Lua file: texts, texts joined by `..`, names that hold such, and
/// tables of these. Nothing is evaluated; what is no literal is passed over.
///
/// Source: "Lua 5.4 Reference Manual", 3.1 "Lexical Conventions", 3.4.9 "Table Constructors". Not safe for several
/// threads.
final class LuaLiterals {

    /// In tables within one another.
    static final int MAX_DEPTH = 50;

    /// In values of one file.
    static final int MAX_VALUES = 500_000;

    /// A value: a text, or a table.
    sealed interface Value {
        record Text(String text) implements Value {}

        /// @param named by their names, in their order
        /// @param listed those without a name
        record Table(Map<String, Value> named, List<Value> listed) implements Value {
            static final Table EMPTY = new Table(Map.of(), List.of());

            String text(String name) {
                return named.get(name) instanceof Text(var text) ? text : "";
            }

            Table table(String name) {
                return named.get(name) instanceof Table table ? table : EMPTY;
            }

            List<String> texts() {
                return listed.stream()
                        .filter(Text.class::isInstance)
                        .map(value -> ((Text) value).text())
                        .toList();
            }
        }
    }

    /// The file is not what it should be, or over a limit.
    static final class BrokenLuaException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenLuaException(String message) {
            super(message);
        }
    }

    private final LuaTokens tokens;
    private final Map<String, Value> assigned = new LinkedHashMap<>();
    private int values;

    private LuaLiterals(String text) throws BrokenLuaException {
        this.tokens = new LuaTokens(text);
    }

    /// What the file assigns, by name; of several assignments the last literal.
    static Value.Table read(String text) throws BrokenLuaException {
        var reader = new LuaLiterals(text);
        while (!reader.tokens.atEnd()) {
            reader.statement();
        }
        return new Value.Table(reader.assigned, List.of());
    }

    /// Whatever begins with `name =` is an assignment; every other token is passed over.
    private void statement() throws BrokenLuaException {
        if (tokens.isName()) {
            var name = tokens.take();
            if (tokens.accept("=")) {
                expression(0).ifPresent(value -> assigned.put(name, value));
            }
        } else {
            tokens.skip();
        }
    }

    private Optional<Value> expression(int depth) throws BrokenLuaException {
        var value = operand(depth);
        while (tokens.accept("..")) {
            var right = operand(depth);
            value = value.isPresent()
                            && right.isPresent()
                            && value.get() instanceof Value.Text(var left)
                            && right.get() instanceof Value.Text(var more)
                            && left.length() + more.length() <= LuaTokens.MAX_TEXT
                    ? Optional.of(new Value.Text(left + more))
                    : Optional.empty();
        }
        return value;
    }

    private Optional<Value> operand(int depth) throws BrokenLuaException {
        if (++values > MAX_VALUES) {
            throw new BrokenLuaException("over " + MAX_VALUES + " values");
        }
        if (tokens.isText()) {
            return Optional.of(new Value.Text(tokens.take()));
        }
        if (tokens.isName()) {
            return Optional.ofNullable(assigned.get(tokens.take())).filter(Value.Text.class::isInstance);
        }
        if (tokens.accept("{")) {
            return Optional.of(table(depth + 1));
        }
        if (!tokens.atEnd() && !tokens.is("}") && !tokens.is("=")) {
            tokens.skip();
        }
        return Optional.empty();
    }

    private Value.Table table(int depth) throws BrokenLuaException {
        if (depth > MAX_DEPTH) {
            throw new BrokenLuaException("tables nest deeper than " + MAX_DEPTH);
        }
        var named = new LinkedHashMap<String, Value>();
        var listed = new ArrayList<Value>();
        while (!tokens.accept("}")) {
            if (tokens.atEnd()) {
                throw new BrokenLuaException("a table does not close");
            }
            if (tokens.accept(",") || tokens.accept(";")) {
                continue;
            }
            if (tokens.accept("[")) {
                var key = expression(depth);
                if (tokens.accept("]") && tokens.accept("=")) {
                    var value = expression(depth);
                    if (value.isPresent() && key.isPresent() && key.get() instanceof Value.Text(var name)) {
                        named.put(name, value.get());
                    }
                }
            } else if (tokens.isName() && tokens.isBefore("=")) {
                var name = tokens.take();
                tokens.skip();
                expression(depth).ifPresent(value -> named.put(name, value));
            } else if (tokens.isName() || tokens.isText() || tokens.is("{")) {
                expression(depth).ifPresent(listed::add);
            } else {
                tokens.skip();
            }
        }
        return new Value.Table(named, listed);
    }
}
