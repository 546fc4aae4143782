package dev.plimsoll.policy.waiver;

import dev.plimsoll.json.JsonException;
import dev.plimsoll.json.JsonLimits;
import dev.plimsoll.json.JsonReader;
import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.YamlReader;
import dev.plimsoll.policy.bundle.BundleProblem;
import dev.plimsoll.policy.bundle.BundleProblem.Severity;
import dev.plimsoll.policy.bundle.CanonicalJson;
import dev.plimsoll.policy.bundle.Place;
import dev.plimsoll.policy.rule.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads a file of waivers, YAML or JSON, and finds all that is wrong with it at once (docs/waivers.md). Strict: a
/// member that has no meaning is an error, because a condition that is passed over would let more pass than was meant.
public final class WaiverReader {

    /// In bytes: some ten thousand waivers.
    public static final int MAX_LENGTH = 8 << 20;

    /// Waivers of one file.
    public static final int MAX_WAIVERS = 20_000;

    /// The version of the form, its member `version`.
    public static final String VERSION = "1";

    static final String WAIVERS = "waivers";
    private static final Set<String> DOCUMENT_MEMBERS = Set.of("version", "description", WAIVERS);
    private static final Set<String> MEMBERS = Set.of(
            "id",
            "scope",
            "reason",
            "justification",
            "text",
            "owner",
            "approver",
            "ticket",
            "from",
            "until",
            "effect",
            "deadline");

    /// Waivers that are named which lack the same member; how many more there are is told.
    static final int LACKING_NAMED = 20;

    private final String file;
    private final List<BundleProblem> problems = new ArrayList<>();
    /// How many waivers lack a member.
    private final Map<String, Integer> lacking = new TreeMap<>();

    private WaiverReader(String file) {
        this.file = file;
    }

    /// @param file its name, for messages; one that ends with `.json` is read as JSON, all others as YAML
    public static WaiverReading read(String file, byte[] text) {
        JsonValue value;
        try {
            value = tree(file, text);
        } catch (JsonException e) {
            return failed(file, String.valueOf(e.getMessage()));
        }
        return read(file, value);
    }

    /// The same of a tree.
    public static WaiverReading read(String file, JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            return failed(file, "is no file of waivers: it must hold the member '" + WAIVERS + "', a list");
        }
        var reader = new WaiverReader(file);
        var waivers = reader.waivers(new Place(object, "", reader.problems));
        return new WaiverReading(file, waivers, Optional.of(CanonicalJson.digest(value)), reader.problems);
    }

    /// The tree of a file's text.
    ///
    /// @throws JsonException where it is none, or too long
    static JsonValue tree(String file, byte[] text) throws JsonException {
        if (text.length > MAX_LENGTH) {
            throw new JsonException("is over " + MAX_LENGTH + " bytes");
        }
        return file.toLowerCase(Locale.ROOT).endsWith(".json")
                ? JsonReader.read(text, JsonLimits.AUTHORED.withBytes(MAX_LENGTH))
                : YamlReader.readAuthored(text);
    }

    private static WaiverReading failed(String file, String message) {
        return new WaiverReading(
                file, List.of(), Optional.empty(), List.of(new BundleProblem(Severity.ERROR, "", message)));
    }

    private List<Waiver> waivers(Place document) {
        document.knowsOnly(DOCUMENT_MEMBERS);
        document.optional("description");
        var version = document.textOrNumber("version");
        if (version.isPresent() && !version.get().equals(VERSION)) {
            document.error(
                    "version", "unknown version '" + Names.shortened(version.get()) + "': allowed is " + VERSION);
        }
        if (!document.has(WAIVERS)) {
            document.error("the member '" + WAIVERS + "' is missing");
        }
        var places = document.objects(WAIVERS);
        if (places.size() > MAX_WAIVERS) {
            document.error(WAIVERS, "there are over " + MAX_WAIVERS + " waivers: put some into another file");
            return List.of();
        }
        var found = new ArrayList<Waiver>();
        Map<String, String> pointers = new HashMap<>();
        for (var place : places) {
            waiver(place).ifPresent(waiver -> {
                var first = pointers.putIfAbsent(waiver.id(), place.pointer());
                if (first == null) {
                    found.add(waiver);
                } else {
                    place.error("id", "the id '" + Names.shortened(waiver.id()) + "' stands at " + first + " too");
                }
            });
        }
        lacking.forEach((member, count) -> {
            if (count > LACKING_NAMED) {
                document.warning(WAIVERS, (count - LACKING_NAMED) + " more have no '" + member + "'");
            }
        });
        return found;
    }

    private Optional<Waiver> waiver(Place place) {
        int before = errors();
        place.knowsOnly(MEMBERS);
        var id = place.required("id").orElse("");
        var scope = place.object("scope").map(new ScopeReader()::read);
        var reason = place.required("reason").flatMap(word -> reason(place, word));
        var justification = place.optional("justification").flatMap(word -> justification(place, word));
        checkJustified(place, reason, justification);
        var text = expected(place, "text", "nobody will know why");
        var owner = expected(place, "owner", "nobody will look after it");
        var approver = place.optional("approver").orElse("");
        var ticket = place.textOrNumber("ticket").orElse("");
        var from = instant(place, "from");
        var until = instant(place, "until");
        if (!place.has("until")) {
            warnOfLack(place, "until", "it never ends: write the day on which it is looked at again");
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            place.error("until", "ends before it begins: 'until' must lie after 'from'");
        }
        var effect = effect(place);
        if (errors() > before || scope.isEmpty() || reason.isEmpty() || effect.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Waiver(
                id,
                scope.get(),
                reason.get(),
                justification,
                text,
                owner,
                approver,
                ticket,
                from,
                until,
                effect.get(),
                file));
    }

    private int errors() {
        return (int) problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .count();
    }

    /// A text whose absence is worth a warning.
    private String expected(Place place, String member, String consequence) {
        var text = place.optional(member).map(String::strip).orElse("");
        if (text.isEmpty()) {
            warnOfLack(place, member, consequence);
        }
        return text;
    }

    private void warnOfLack(Place place, String member, String consequence) {
        if (lacking.merge(member, 1, Integer::sum) <= LACKING_NAMED) {
            place.warning(member, "has no '" + member + "', so " + consequence);
        }
    }

    private static Optional<Reason> reason(Place place, String word) {
        var reason = Reason.of(word);
        if (reason.isEmpty()) {
            place.error(
                    "reason", "unknown reason '" + Names.shortened(word) + "': " + Names.advice(word, Reason.words()));
        }
        return reason;
    }

    private static Optional<Justification> justification(Place place, String word) {
        var justification = Justification.of(word);
        if (justification.isEmpty()) {
            place.error(
                    "justification",
                    "unknown justification '" + Names.shortened(word) + "': "
                            + Names.advice(word, Justification.words()));
        }
        return justification;
    }

    private static void checkJustified(Place place, Optional<Reason> reason, Optional<Justification> justification) {
        if (reason.equals(Optional.of(Reason.NOT_AFFECTED)) && !place.has("justification")) {
            place.error("the reason not-affected needs a 'justification': allowed are "
                    + String.join(", ", Justification.words()));
        }
        if (justification.isPresent() && reason.isPresent() && !reason.get().mayBeJustified()) {
            place.error(
                    "justification",
                    "a justification says that the image is not affected, which the reason "
                            + reason.get().word() + " does not: it may stand beside not-affected, false-positive and"
                            + " mitigated");
        }
    }

    private static Optional<Effect> effect(Place place) {
        var word = place.optional("effect").orElse("suppress");
        var deadline = instant(place, "deadline");
        if (place.has("deadline") && Effect.WORDS.contains(word) && !word.equals("extend")) {
            place.error("deadline", "a deadline belongs to the effect extend, and the effect is " + word);
        }
        return switch (word) {
            case "suppress" -> Optional.of(new Effect.Suppress());
            case "downgrade" -> Optional.of(new Effect.Downgrade());
            case "extend" -> {
                if (!place.has("deadline")) {
                    place.error("the effect extend needs a 'deadline', the day until which there is time");
                }
                yield deadline.map(Effect.Extend::new);
            }
            default -> {
                place.error(
                        "effect",
                        "unknown effect '" + Names.shortened(word) + "': " + Names.advice(word, Effect.WORDS));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Instant> instant(Place place, String member) {
        return place.optional(member).flatMap(text -> {
            var instant = instant(text);
            if (instant.isEmpty()) {
                place.error(
                        member,
                        "'" + Names.shortened(text) + "' is no time: write a day, 2026-12-31, which means its first"
                                + " moment in UTC, or 2026-12-31T18:00:00Z");
            }
            return instant;
        });
    }

    /// A day, which means its first moment in UTC, or a time with its offset.
    static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
