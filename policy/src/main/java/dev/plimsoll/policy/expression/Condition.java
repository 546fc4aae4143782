package dev.plimsoll.policy.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.plimsoll.policy.rule.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A condition in the Common Expression Language, checked against the types of the facts.
/// Immutable, safe for several threads. The only class that knows the library, which costs its
/// loading where a bundle has such a rule and nothing elsewhere.
///
/// Source: the language's definition (Common Expression Language, github.com/google/cel-spec), with
/// its standard functions and macros. Patterns of `matches` take linear time.
public final class Condition {

    /// In characters.
    public static final int MAX_LENGTH = 4000;

    /// Nodes of the expression.
    public static final int MAX_NODES = 1000;

    /// Levels of nesting.
    public static final int MAX_DEPTH = 50;

    /// Steps of all macros over lists and maps together, in one evaluation.
    public static final int MAX_ITERATIONS = 10_000;

    /// Instructions of a pattern.
    public static final int MAX_PATTERN = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseExpressionNodeCount(MAX_NODES)
            .maxParseRecursionDepth(MAX_DEPTH)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(MAX_PATTERN)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    /// What the library prints of an error: place, message, and then the line with a mark beneath.
    private static final Pattern ERROR = Pattern.compile("ERROR: <input>:(\\d+):(\\d+): (.*)");

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*");

    private final Map<String, Fact> facts = new HashMap<>();
    private final CelRuntime.Program program;

    private Condition(List<Fact> facts, CelRuntime.Program program) {
        facts.forEach(fact -> this.facts.put(fact.name(), fact));
        this.program = program;
    }

    /// What became of a text.
    public sealed interface Compilation {}

    public record Usable(Condition condition) implements Compilation {}

    /// @param reason a clause that says where it is wrong and what is allowed
    public record Refused(String reason) implements Compilation {}

    /// Reads a condition.
    public static Compilation compile(String text, ForEach each) {
        var facts = each.facts();
        CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL);
        facts.forEach(fact -> compiler.addVar(fact.name(), type(fact.type())));
        try {
            var result = compiler.build().compile(text);
            if (result.hasError()) {
                return new Refused(refusal(text, each, result.getErrorString()));
            }
            var program = CelRuntimeFactory.legacyCelRuntimeBuilder()
                    .setOptions(OPTIONS)
                    .build()
                    .createProgram(result.getAst());
            return new Usable(new Condition(facts, program));
        } catch (CelValidationException | CelEvaluationException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static CelType type(Fact.Type type) {
        return switch (type) {
            case TEXT -> SimpleType.STRING;
            case NUMBER -> SimpleType.INT;
            case DECIMAL -> SimpleType.DOUBLE;
            case YES_NO -> SimpleType.BOOL;
            case TEXTS -> ListType.create(SimpleType.STRING);
            case PAIRS -> MapType.create(SimpleType.STRING, SimpleType.STRING);
        };
    }

    /// The first error, in one line.
    private static String refusal(String text, ForEach each, String errors) {
        var error = ERROR.matcher(errors);
        if (!error.find()) {
            return errors;
        }
        int line = Integer.parseInt(error.group(1));
        int column = Integer.parseInt(error.group(2));
        var place = (line == 1 ? "" : "line " + line + ", ") + "character " + column + ": ";
        var undeclared = UNDECLARED.matcher(error.group(3));
        if (!undeclared.matches()) {
            return place + error.group(3);
        }
        var name = nameAt(text, line, column);
        return place + "there is no fact or function '" + name + "' for each " + each.word() + ": "
                + Names.advice(name, each.facts().stream().map(Fact::name).toList());
    }

    /// The name with points in it that begins there.
    private static String nameAt(String text, int line, int column) {
        var lines = text.lines().toList();
        var rest = line <= lines.size() ? lines.get(line - 1) : "";
        int begin = Math.min(column - 1, rest.length());
        int end = begin;
        while (end < rest.length()
                && (Character.isLetterOrDigit(rest.charAt(end))
                        || rest.charAt(end) == '_'
                        || rest.charAt(end) == '.')) {
            end++;
        }
        return rest.substring(begin, end);
    }

    /// What evaluating gave.
    public sealed interface Answer {}

    public record Holds() implements Answer {}

    public record Fails() implements Answer {}

    /// It depends on facts that nobody knows.
    ///
    /// @param reasons clauses, sorted
    public record NobodyKnows(List<String> reasons) implements Answer {}

    /// It took too many steps.
    public record OverBound(String reason) implements Answer {}

    /// It asks for what is not there: an entry of a list or a map, a division by zero.
    public record Broken(String reason) implements Answer {}

    /// Asks the condition. A fact that nobody knows counts only where the answer depends on it.
    public Answer ask(Element element) {
        var missing = new TreeSet<String>();
        try {
            var result = program.eval((String name) -> {
                var fact = facts.get(name);
                if (fact == null) {
                    return Optional.empty();
                }
                var value = fact.value().apply(element);
                if (value.isEmpty()) {
                    missing.add(name + " is not known: " + fact.missing());
                }
                return value;
            });
            if (result instanceof Boolean holds) {
                return holds ? new Holds() : new Fails();
            }
            return new NobodyKnows(List.copyOf(missing));
        } catch (CelEvaluationException e) {
            if (!missing.isEmpty() && e.getErrorCode() == CelErrorCode.OVERLOAD_NOT_FOUND) {
                return new NobodyKnows(List.copyOf(missing));
            }
            return e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED
                    ? new OverBound("the condition takes over " + MAX_ITERATIONS + " steps")
                    : new Broken("the condition breaks off: " + reason(e));
        }
    }

    private static String reason(CelEvaluationException e) {
        return String.valueOf(e.getMessage()).replaceFirst("^evaluation error at <input>:\\d+: ", "");
    }
}
