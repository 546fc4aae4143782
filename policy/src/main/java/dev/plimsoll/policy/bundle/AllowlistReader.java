package dev.plimsoll.policy.bundle;

import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.gate.Gates;
import dev.plimsoll.policy.pattern.NamePattern;
import dev.plimsoll.policy.rule.Gate;
import dev.plimsoll.policy.rule.Names;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads an allowlist.
final class AllowlistReader {

    private static final Set<String> MEMBERS = RuleReader.with(Format.REMARKS, "id", "name", "version", "items");
    private static final Set<String> ITEM_MEMBERS =
            RuleReader.with(Format.REMARKS, "id", "gate", "trigger", "trigger_id", "expires_on");

    /// Anchore also takes a colon before the fraction of a second.
    private static final Pattern COLON_FRACTION = Pattern.compile("(.*T[0-9]{2}:[0-9]{2}:[0-9]{2}):([0-9]{1,9}Z)");

    private final Format format;
    private final boolean allowBacktracking;

    AllowlistReader(Format format, boolean allowBacktracking) {
        this.format = format;
        this.allowBacktracking = allowBacktracking;
    }

    Optional<Allowlist> read(Place place) {
        place.knows(MEMBERS);
        var id = place.required("id");
        var name = place.optional("name").orElse("");
        BundleReader.checkVersion(place, format);
        var items = new ArrayList<Allowlist.Item>();
        var ids = new UniqueIds();
        for (var itemPlace : place.objects("items")) {
            var item = item(itemPlace);
            item.ifPresent(found -> ids.warnOfSecond(itemPlace, found.id(), "item"));
            item.ifPresent(items::add);
        }
        return id.map(text -> new Allowlist(text, name, items));
    }

    private Optional<Allowlist.Item> item(Place place) {
        place.knows(ITEM_MEMBERS);
        var id = format.idsRequired()
                ? place.required("id")
                : place.optional("id").filter(text -> !text.isEmpty());
        var gate = place.required("gate");
        gate.ifPresent(name -> warnOfUnknown(place, name));
        var triggerId = place.required("trigger_id");
        var expires = place.optional("expires_on");
        var expiresOn = expires.flatMap(text -> instant(place, text));
        var description = place.optional("description").orElse("");
        if (gate.isEmpty() || triggerId.isEmpty()) {
            return Optional.empty();
        }
        return switch (NamePattern.compile(triggerId.get(), allowBacktracking)) {
            case NamePattern.Usable(var pattern) ->
                Optional.of(new Allowlist.Item(
                        id.orElse(place.pointer().substring(1)),
                        gate.get().toLowerCase(Locale.ROOT),
                        pattern,
                        expiresOn,
                        description));
            case NamePattern.Refused(var reason) -> {
                place.error("trigger_id", reason);
                yield Optional.empty();
            }
        };
    }

    /// An item for a gate that nobody knows can silence nothing, so it is no danger; but it was meant to do something.
    private static void warnOfUnknown(Place place, String name) {
        switch (Gates.find(name)) {
            case Gates.Found _ -> {}
            case Gates.Ended(var successor) ->
                place.warning(
                        "gate",
                        "the gate '" + name + "' was ended by Anchore, so the item silences nothing"
                                + (successor.isEmpty() ? "" : ": the gate's successor is '" + successor + "'"));
            case Gates.Unknown() ->
                place.warning(
                        "gate",
                        "unknown gate '" + Names.shortened(name) + "', so the item silences nothing: "
                                + Names.advice(
                                        name,
                                        Gates.all().stream().map(Gate::name).toList()));
        }
    }

    private static Optional<Instant> instant(Place place, String text) {
        var matcher = COLON_FRACTION.matcher(text);
        try {
            return Optional.of(
                    OffsetDateTime.parse(matcher.matches() ? matcher.group(1) + "." + matcher.group(2) : text)
                            .toInstant());
        } catch (DateTimeException e) {
            place.error(
                    "expires_on",
                    "'" + Names.shortened(text)
                            + "' is no time: write it like 2026-12-31T00:00:00Z, or leave it out for no end");
            return Optional.empty();
        }
    }
}
