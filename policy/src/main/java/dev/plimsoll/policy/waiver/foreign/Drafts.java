package dev.plimsoll.policy.waiver.foreign;

import dev.plimsoll.json.JsonValue;
import dev.plimsoll.json.JsonValue.JsonArray;
import dev.plimsoll.json.JsonValue.JsonObject;
import dev.plimsoll.json.JsonValue.JsonString;
import dev.plimsoll.policy.waiver.Reason;
import dev.plimsoll.policy.waiver.WaiverReader;
import dev.plimsoll.policy.waiver.foreign.WaiverImport.Left;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Waivers while they are made of a foreign list, with what could not be made one.
final class Drafts {

    /// Characters; a longer id was made by nobody who wants to read it.
    private static final int MAX_ID = 120;

    private static final int MAX_QUOTED = 64;

    private final String origin;
    private final ImportOptions options;
    private final List<JsonObject> waivers = new ArrayList<>();
    private final List<Left> left = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    /// The last number behind a name that several want.
    private final Map<String, Integer> numbers = new HashMap<>();

    Drafts(String origin, ImportOptions options) {
        this.origin = origin;
        this.options = options;
    }

    ImportOptions options() {
        return options;
    }

    void leave(String place, String why) {
        left.add(new Left(place, why));
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    Draft at(String place) {
        return new Draft(place);
    }

    /// A hostile text must not fill a message.
    static String quoted(String text) {
        return "'" + (text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…") + "'";
    }

    WaiverImport finish() {
        if (waivers.size() > WaiverReader.MAX_WAIVERS) {
            leave(
                    "the whole list",
                    "of its " + waivers.size() + " entries the first " + WaiverReader.MAX_WAIVERS
                            + " are taken over: a file of waivers holds no more");
            return new WaiverImport(waivers.subList(0, WaiverReader.MAX_WAIVERS), left, notes);
        }
        return new WaiverImport(waivers, left, notes);
    }

    /// One waiver.
    final class Draft {

        private final String place;
        private final Map<String, List<String>> scope = new LinkedHashMap<>();
        private String id = "";
        private String text = "";
        private Optional<String> until = Optional.empty();

        private Draft(String place) {
            this.place = place;
        }

        /// What its id is made of; a number follows where another has it.
        Draft named(String name) {
            id = name.strip();
            return this;
        }

        Draft covering(String condition, List<String> entries) {
            if (!entries.isEmpty()) {
                scope.put(condition, entries);
            }
            return this;
        }

        Draft because(String words) {
            text = words.strip();
            return this;
        }

        Draft until(Optional<Instant> instant) {
            until = instant.map(Draft::written);
            return this;
        }

        private static String written(Instant instant) {
            var time = instant.atOffset(ZoneOffset.UTC);
            return time.toLocalTime().toNanoOfDay() == 0 && time.getYear() >= 0 && time.getYear() <= 9999
                    ? time.toLocalDate().toString()
                    : instant.toString();
        }

        /// Takes it over, where a waiver can say it.
        void add() {
            if (!options.images().isEmpty()) {
                scope.put("images", options.images());
            }
            var members = new LinkedHashMap<String, JsonValue>();
            members.put("id", new JsonString(freeId()));
            var conditions = new LinkedHashMap<String, JsonValue>();
            scope.forEach((condition, entries) -> conditions.put(
                    condition,
                    new JsonArray(
                            entries.stream().<JsonValue>map(JsonString::new).toList())));
            members.put("scope", new JsonObject(conditions));
            members.put("reason", new JsonString(Reason.ACCEPTED_RISK.word()));
            members.put("text", new JsonString(text.isEmpty() ? "Taken over from " + origin : text));
            if (!options.owner().isEmpty()) {
                members.put("owner", new JsonString(options.owner()));
            }
            until.or(options::until).ifPresent(end -> members.put("until", new JsonString(end)));
            var waiver = new JsonObject(members);
            var reading = WaiverReader.read(origin, new JsonObject(Map.of("waivers", new JsonArray(List.of(waiver)))));
            if (reading.errors().isEmpty()) {
                waivers.add(waiver);
                ids.add(((JsonString) members.get("id")).text());
            } else {
                leave(place, reading.errors().getFirst().message());
            }
        }

        private String freeId() {
            var name = id.isEmpty() ? origin : id.length() > MAX_ID ? id.substring(0, MAX_ID) : id;
            var free = name;
            while (ids.contains(free)) {
                free = name + "-" + numbers.merge(name, 2, (last, _) -> last + 1);
            }
            return free;
        }
    }
}
