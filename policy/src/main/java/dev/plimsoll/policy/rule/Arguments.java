package dev.plimsoll.policy.rule;

import dev.plimsoll.policy.pattern.UserPattern;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What a rule gives for its trigger's parameters, read and checked. Immutable, but for what it has compiled already;
/// safe for several threads.
public final class Arguments {

    private final Map<String, Object> values;
    private final boolean allowBacktracking;
    /// Patterns that were asked for, so that a rule compiles its own once and not for every image.
    private final Map<String, UserPattern> patterns = new ConcurrentHashMap<>();

    private final Map<Class<?>, Object> made = new ConcurrentHashMap<>();

    private Arguments(Map<String, Object> values, boolean allowBacktracking) {
        this.values = Map.copyOf(values);
        this.allowBacktracking = allowBacktracking;
    }

    /// The value, or what the parameter says to take in its place.
    @SuppressWarnings("unchecked") // only put() fills the map, with values of the parameter's type
    public <T> Optional<T> find(Parameter<T> parameter) {
        var value = (T) values.get(parameter.name());
        return value == null ? parameter.orElse() : Optional.of(value);
    }

    /// The value of a parameter that must be given or has a value to take in its place.
    public <T> T get(Parameter<T> parameter) {
        return find(parameter)
                .orElseThrow(() -> new IllegalStateException("the parameter " + parameter.name() + " has no value"));
    }

    /// Whether the rule itself gives it.
    public boolean gives(Parameter<?> parameter) {
        return values.containsKey(parameter.name());
    }

    /// Reads a text as a pattern, by what the bundle's reader was allowed.
    public UserPattern.Compilation pattern(String text) {
        return UserPattern.compile(text, allowBacktracking);
    }

    /// The pattern of a text that was checked when the bundle was read.
    ///
    /// @param text of one of the rule's own values
    public UserPattern checkedPattern(String text) {
        return patterns.computeIfAbsent(text, this::compiled);
    }

    /// Something that is made of the values once, and not for every image.
    ///
    /// @param kind of which a trigger makes one
    public <T> T made(Class<T> kind, Supplier<T> maker) {
        return kind.cast(made.computeIfAbsent(kind, _ -> maker.get()));
    }

    private UserPattern compiled(String text) {
        return switch (pattern(text)) {
            case UserPattern.Usable(var pattern) -> pattern;
            case UserPattern.Refused(var reason) -> throw new IllegalStateException(reason);
        };
    }

    /// Arguments while they are being read.
    public static final class Collector {

        private final Map<String, Object> values = new LinkedHashMap<>();
        private final boolean allowBacktracking;

        public Collector(boolean allowBacktracking) {
            this.allowBacktracking = allowBacktracking;
        }

        /// Reads a value for the parameter.
        ///
        /// @return why it is none, empty where all is well
        public <T> Optional<String> read(Parameter<T> parameter, String text) {
            return switch (parameter.type().parse(text, allowBacktracking)) {
                case ValueType.Value<T>(var value) -> {
                    values.put(parameter.name(), value);
                    yield Optional.empty();
                }
                case ValueType.Rejected<T>(var reason) -> Optional.of(reason);
            };
        }

        public Arguments arguments() {
            return new Arguments(values, allowBacktracking);
        }
    }
}
