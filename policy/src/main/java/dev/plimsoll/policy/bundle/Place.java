package dev.plimsoll.policy.bundle;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonBoolean;
import dev.plimsoll.json.JsonValue.JsonNull;
import dev.plimsoll.json.JsonValue.JsonNumber;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.rule.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// An object of a text that a person wrote, where it stands, and where problems are collected. A member that is `null`
/// counts as not
/// there.
public final class Place {

    /// Problems that are told.
    static final int MAX_PROBLEMS = 1000;

    /// Elements of one array: rules of a set, items of an allowlist.
    static final int MAX_ELEMENTS = 100_000;

    /// Of a number that a text may be written as; a greater one would be a long text from a few digits.
    private static final int PLAIN_SCALE = 20;

    private final JsonObject object;
    private final String pointer;
    private final List<BundleProblem> problems;
    private final boolean forgiving;

    public Place(JsonObject object, String pointer, List<BundleProblem> problems) {
        this(object, pointer, problems, false);
    }

    private Place(JsonObject object, String pointer, List<BundleProblem> problems, boolean forgiving) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
        this.forgiving = forgiving;
    }

    public String pointer() {
        return pointer;
    }

    /// The same object, for a part that is never used: what is wrong there is told as a warning.
    Place forgiving() {
        return new Place(object, pointer, problems, true);
    }

    public boolean has(String name) {
        return member(name).isPresent();
    }

    /// The text of a member that must be there.
    public Optional<String> required(String name) {
        if (!has(name)) {
            error("the member '" + name + "' is missing");
            return Optional.empty();
        }
        var text = optional(name);
        if (text.isPresent() && text.get().isBlank()) {
            error(name, "'" + name + "' is empty");
            return Optional.empty();
        }
        return text;
    }

    /// The text of a member that may be there.
    public Optional<String> optional(String name) {
        var value = member(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonString(var text)) {
            return Optional.of(text);
        }
        error(name, "'" + name + "' must be a string and is " + described(value.get()) + quoting(value.get()));
        return Optional.empty();
    }

    /// A truth that may be there: `true`, or the string `"true"`.
    public Optional<Boolean> flag(String name) {
        var value = member(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get()) {
            case JsonBoolean(var bool) -> Optional.of(bool);
            case JsonString(var text) when text.equalsIgnoreCase("true") -> Optional.of(true);
            case JsonString(var text) when text.equalsIgnoreCase("false") -> Optional.of(false);
            case JsonString _, JsonNumber _, JsonArray _, JsonObject _, JsonNull _ -> {
                error(name, "'" + name + "' must be true or false");
                yield Optional.empty();
            }
        };
    }

    /// A number of days or the like that may be there: `30`, or the string `"30"`.
    public Optional<Integer> wholeNumber(String name) {
        var value = member(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var text = switch (value.get()) {
            // written out, a huge exponent would fill the memory
            case JsonNumber(var number) -> Math.abs(number.scale()) < 20 ? number.toPlainString() : "";
            case JsonString(var words) -> words.strip();
            case JsonBoolean _, JsonArray _, JsonObject _, JsonNull _ -> "";
        };
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Integer.parseInt(text));
        }
        error(name, "'" + name + "' must be a whole number from 0 to 999999999");
        return Optional.empty();
    }

    /// The text of a member that may be there, where a plain number says the same: a ticket's `4711`.
    public Optional<String> textOrNumber(String name) {
        return member(name).orElse(new JsonNull()) instanceof JsonValue.JsonNumber(var number)
                        && Math.abs(number.scale()) < PLAIN_SCALE
                ? Optional.of(number.toPlainString())
                : optional(name);
    }

    /// The objects of an array that may be there.
    public List<Place> objects(String name) {
        var places = new ArrayList<Place>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            var at = pointerTo(name) + "/" + i;
            if (elements.get(i) instanceof JsonObject element) {
                places.add(new Place(element, at, problems, forgiving));
            } else {
                add(Severity.ERROR, at, "must be an object and is " + described(elements.get(i)));
            }
        }
        return places;
    }

    /// The strings of an array that may be there.
    public List<String> strings(String name) {
        var texts = new ArrayList<String>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof JsonString(var text)) {
                texts.add(text);
            } else {
                add(
                        Severity.ERROR,
                        pointerTo(name) + "/" + i,
                        "must be a string and is " + described(elements.get(i)) + quoting(elements.get(i)));
            }
        }
        return texts;
    }

    /// The texts of an array that may be there, where a plain number says the same: a port's `8080`. One text that
    /// stands
    /// alone is a list of one.
    public List<String> texts(String name) {
        var value = member(name);
        if (value.isPresent() && (value.get() instanceof JsonString || value.get() instanceof JsonValue.JsonNumber)) {
            return textOrNumber(name).stream().toList();
        }
        var texts = new ArrayList<String>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            switch (elements.get(i)) {
                case JsonString(var text) -> texts.add(text);
                case JsonValue.JsonNumber(var number)
                when Math.abs(number.scale()) < PLAIN_SCALE -> texts.add(number.toPlainString());
                case JsonValue.JsonNumber _, JsonBoolean _, JsonArray _, JsonObject _, JsonNull _ ->
                    add(
                            Severity.ERROR,
                            pointerTo(name) + "/" + i,
                            "must be a string and is " + described(elements.get(i)));
            }
        }
        return texts;
    }

    /// The names of the members of an object that may be there, and their texts.
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new TreeMap<>();
        if (has(name)) {
            object(name)
                    .ifPresent(place -> place.object
                            .members()
                            .keySet()
                            .forEach(key ->
                                    texts.put(key, place.textOrNumber(key).orElse(""))));
        }
        return texts;
    }

    /// Whether the member is there and is an object.
    public boolean isObject(String name) {
        return member(name).orElse(new JsonNull()) instanceof JsonObject;
    }

    /// Whether the member is there and is an array.
    public boolean isArray(String name) {
        return member(name).orElse(new JsonNull()) instanceof JsonArray;
    }

    /// Whether the member is there and is true or false.
    public boolean isFlag(String name) {
        return member(name).orElse(new JsonNull()) instanceof JsonBoolean;
    }

    /// The object itself.
    public JsonObject tree() {
        return object;
    }

    /// A member that must be an object.
    public Optional<Place> object(String name) {
        var value = member(name);
        if (value.isEmpty()) {
            error("the member '" + name + "' is missing");
            return Optional.empty();
        }
        if (value.get() instanceof JsonObject inner) {
            return Optional.of(new Place(inner, pointerTo(name), problems, forgiving));
        }
        error(name, "'" + name + "' must be an object and is " + described(value.get()));
        return Optional.empty();
    }

    /// Warns of members that have no meaning here: a mistyped name would else be lost in silence.
    void knows(Set<String> names) {
        for (var name : object.members().keySet()) {
            if (!names.contains(name)) {
                warning(
                        name,
                        "'" + Names.shortened(name) + "' has no meaning here and is passed over"
                                + Names.nearest(name, new TreeSet<>(names))
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""));
            }
        }
    }

    /// Members that have no meaning here are errors: for an object whose every member narrows it, so that one that is
    /// passed over would widen it.
    public void knowsOnly(Set<String> names) {
        for (var name : object.members().keySet()) {
            if (!names.contains(name)) {
                error(
                        name,
                        "'" + Names.shortened(name) + "' has no meaning here: "
                                + Names.advice(name, new TreeSet<>(names)));
            }
        }
    }

    public void error(String message) {
        add(Severity.ERROR, pointer, message);
    }

    public void error(String member, String message) {
        add(Severity.ERROR, pointerTo(member), message);
    }

    /// About an element of an array.
    public void error(String member, int index, String message) {
        add(Severity.ERROR, pointerTo(member) + "/" + index, message);
    }

    public void warning(String member, String message) {
        add(Severity.WARNING, pointerTo(member), message);
    }

    /// What is over the limit is not told; the last says so, as an error, so that an error is never lost.
    private void add(Severity severity, String at, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new BundleProblem(forgiving ? Severity.WARNING : severity, at, message));
        } else if (problems.size() == MAX_PROBLEMS) {
            problems.add(new BundleProblem(Severity.ERROR, "", "there are over " + MAX_PROBLEMS + " problems"));
        }
    }

    String pointerTo(String member) {
        return pointer + "/" + Names.shortened(member).replace("~", "~0").replace("/", "~1");
    }

    private Optional<JsonValue> member(String name) {
        return object.get(name).filter(value -> !(value instanceof JsonNull));
    }

    private List<JsonValue> elements(String name) {
        var value = member(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof JsonArray(var elements)) {
            if (elements.size() > MAX_ELEMENTS) {
                error(name, "'" + name + "' has over " + MAX_ELEMENTS + " elements");
                return List.of();
            }
            return elements;
        }
        error(name, "'" + name + "' must be an array and is " + described(value.get()));
        return List.of();
    }

    private static String described(JsonValue value) {
        return switch (value.typeName()) {
            case "object" -> "an object";
            case "array" -> "an array";
            case "null" -> "null";
            default -> "a " + value.typeName();
        };
    }

    private static String quoting(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonNumber(var number)
            when number.precision() < 20 && Math.abs(number.scale()) < 20 ->
                ": write \"" + number.toPlainString() + "\", in quotes";
            case JsonValue.JsonNumber _ -> ": write it in quotes";
            case JsonValue.JsonBoolean(var bool) -> ": write \"" + bool + "\", in quotes";
            case JsonString _, JsonArray _, JsonObject _, JsonNull _ -> "";
        };
    }
}
