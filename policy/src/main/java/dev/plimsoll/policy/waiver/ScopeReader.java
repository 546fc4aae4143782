package dev.plimsoll.policy.waiver;

import dev.plimsoll.image.Digest;
import dev.plimsoll.inventory.Glob;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Names;
import dev.plimsoll.policy.rule.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Reads what a waiver covers.
final class ScopeReader {

    /// Entries of one condition.
    static final int MAX_ENTRIES = 1_000;

    /// Characters of one entry: an id, a path.
    static final int MAX_ENTRY = 4_096;

    private static final Set<String> MEMBERS = Set.of("ids", "packages", "images", "paths", "layers", "gates");

    Scope read(Place place) {
        place.knowsOnly(MEMBERS);
        if (MEMBERS.stream().noneMatch(place::has)) {
            place.error("a scope without conditions would silence everything: name at least one of ids, packages,"
                    + " images, paths, layers, gates");
        }
        return new Scope(
                all(place, "ids", ScopeReader::id),
                all(place, "packages", ScopeReader::packages),
                all(place, "images", ScopeReader::images),
                all(place, "paths", ScopeReader::path),
                all(place, "layers", ScopeReader::layer),
                all(place, "gates", ScopeReader::rule));
    }

    /// What is read of an entry, or why it cannot be.
    private record Entry<T>(Optional<T> value, String problem) {
        static <T> Entry<T> of(T value) {
            return new Entry<>(Optional.of(value), "");
        }

        static <T> Entry<T> or(Optional<T> value, String problem) {
            return new Entry<>(value, problem);
        }
    }

    private static <T> List<T> all(Place place, String member, BiFunction<Place, String, Entry<T>> reading) {
        if (!place.has(member)) {
            return List.of();
        }
        var texts = place.strings(member);
        if (texts.isEmpty()) {
            place.error(member, "'" + member + "' is empty, so it covers nothing: name something or leave it out");
        }
        if (texts.size() > MAX_ENTRIES) {
            place.error(member, "'" + member + "' has over " + MAX_ENTRIES + " entries: make several waivers");
            return List.of();
        }
        var found = new ArrayList<T>();
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            var entry = text.isBlank() || text.length() > MAX_ENTRY
                    ? Entry.<T>or(Optional.empty(), "an entry must have 1 to " + MAX_ENTRY + " characters")
                    : reading.apply(place, text);
            if (entry.value().isPresent()) {
                found.add(entry.value().get());
            } else {
                place.error(member, i, entry.problem());
            }
        }
        return found;
    }

    private static Entry<dev.plimsoll.policy.pattern.NamePattern> id(Place place, String text) {
        if (text.regionMatches(true, 0, "CVE-", 0, 4) && !text.startsWith("CVE-")) {
            return Entry.or(
                    Optional.empty(),
                    "ids differ by case: write '" + Names.shortened(text.toUpperCase(Locale.ROOT)) + "'");
        }
        return Entry.or(Wildcards.compile(text), "is a regular expression, which waivers do not have: use *");
    }

    private static Entry<PackagePattern> packages(Place place, String text) {
        return Entry.or(
                PackagePattern.parse(text),
                "'" + Names.shortened(text) + "' is no package: write a package URL (pkg:deb/debian/curl@7.88.1-10),"
                        + " a name (curl) or name@version (curl@7.88.*)");
    }

    private static Entry<ImagePattern> images(Place place, String text) {
        return Entry.or(
                ImagePattern.parse(text),
                "'" + Names.shortened(text) + "' is no image: write registry.example/shop/web:1.4, with * for any"
                        + " characters, or sha256: and 64 hexadecimal digits in lower case");
    }

    private static Entry<Glob> path(Place place, String text) {
        try {
            return Entry.of(new Glob(text));
        } catch (IllegalArgumentException e) {
            return Entry.or(
                    Optional.empty(), "'" + Names.shortened(text) + "' is no pattern of paths: " + e.getMessage());
        }
    }

    private static Entry<Digest> layer(Place place, String text) {
        return Entry.or(
                Digest.parse(text),
                "'" + Names.shortened(text)
                        + "' is no layer's digest: write sha256: and 64 hexadecimal digits in lower case");
    }

    private static Entry<RulePattern> rule(Place place, String text) {
        int slash = text.indexOf('/');
        var gateName = (slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT);
        var triggerName = slash < 0
                ? Optional.<String>empty()
                : Optional.of(text.substring(slash + 1).toLowerCase(Locale.ROOT));
        return switch (Gates.find(gateName)) {
            case Gates.Found(var gate) ->
                triggerName.isEmpty()
                        ? Entry.of(new RulePattern(gate.name(), Optional.empty()))
                        : trigger(gate, triggerName.get());
            case Gates.Ended(var successor) ->
                Entry.or(
                        Optional.empty(),
                        "the gate '" + gateName + "' was ended by Anchore"
                                + (successor.isEmpty() ? "" : ": its successor is '" + successor + "'"));
            case Gates.Unknown() ->
                Entry.or(
                        Optional.empty(),
                        "unknown gate '" + Names.shortened(gateName) + "': "
                                + Names.advice(
                                        gateName,
                                        Gates.all().stream().map(Gate::name).toList()));
        };
    }

    private static Entry<RulePattern> trigger(Gate gate, String name) {
        for (var trigger : gate.triggers()) {
            if (trigger.name().equals(name) || trigger.olderName().equals(name)) {
                return Entry.of(new RulePattern(gate.name(), Optional.of(trigger.name())));
            }
        }
        return Entry.or(
                Optional.empty(),
                "unknown trigger '" + Names.shortened(name) + "' of the gate " + gate.name() + ": "
                        + Names.advice(
                                name,
                                gate.triggers().stream().map(Trigger::name).toList()));
    }
}
