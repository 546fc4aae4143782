package dev.plimsoll.policy.difference;

import dev.plimsoll.policy.bundle.Bundle;
import dev.plimsoll.policy.bundle.Bundle.Allowlist;
import dev.plimsoll.policy.bundle.Bundle.ImageRule;
import dev.plimsoll.policy.bundle.Bundle.Mapping;
import dev.plimsoll.policy.bundle.BundleSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// In what two bundles differ.
///
/// @param changes rules first, then allowlists, mappings, lists of images
public record BundleDifference(List<Change> changes) {

    public BundleDifference {
        changes = List.copyOf(changes);
    }

    /// @param real images that are asked beside those that are made up
    public static BundleDifference of(BundleSource before, BundleSource after, List<RealImage> real) {
        var changes = new ArrayList<Change>();
        RulePairs.of(before.rules(), after.rules())
                .forEach(pair ->
                        RuleDifference.of(pair.before(), pair.after(), real).ifPresent(changes::add));
        allowlists(before.bundle(), after.bundle(), changes);
        mappings(before.bundle(), after.bundle(), changes);
        images(
                "allowed images",
                before.bundle().allowlistedImages(),
                after.bundle().allowlistedImages(),
                false,
                changes);
        images(
                "denied images",
                before.bundle().denylistedImages(),
                after.bundle().denylistedImages(),
                true,
                changes);
        return new BundleDifference(changes);
    }

    private static void allowlists(Bundle before, Bundle after, List<Change> changes) {
        var one = items(before);
        var other = items(after);
        one.forEach((name, item) -> {
            var now = other.get(name);
            if (now == null) {
                changes.add(textual("allowlist", name, Direction.TIGHTENED, "removed"));
            } else if (!item.expiresOn().equals(now.expiresOn())) {
                boolean longer = end(now).isAfter(end(item));
                changes.add(textual(
                        "allowlist",
                        name,
                        longer ? Direction.LOOSENED : Direction.TIGHTENED,
                        "expires_on: " + words(item.expiresOn()) + " → " + words(now.expiresOn())));
            }
        });
        other.forEach((name, item) -> {
            if (!one.containsKey(name)) {
                changes.add(textual(
                        "allowlist",
                        name,
                        Direction.LOOSENED,
                        item.expiresOn().map(end -> "added, until " + end).orElse("added, without an end")));
            }
        });
    }

    private static Map<String, Allowlist.Item> items(Bundle bundle) {
        Map<String, Allowlist.Item> items = new LinkedHashMap<>();
        bundle.allowlists()
                .forEach(list -> list.items()
                        .forEach(item -> items.put(list.id() + ": " + item.gate() + " " + item.triggerId(), item)));
        return items;
    }

    private static Instant end(Allowlist.Item item) {
        return item.expiresOn().orElse(Instant.MAX);
    }

    private static String words(Optional<Instant> end) {
        return end.map(Instant::toString).orElse("never");
    }

    private static void mappings(Bundle before, Bundle after, List<Change> changes) {
        var one = byName(before.mappings(), mapping -> mapping.images().id());
        var other = byName(after.mappings(), mapping -> mapping.images().id());
        one.forEach((name, mapping) -> {
            var now = other.get(name);
            if (now == null) {
                changes.add(textual("mapping", name, Direction.NOT_SEEN, "removed: " + words(mapping.images())));
            } else {
                mapping(name, mapping, now, changes);
            }
        });
        other.forEach((name, mapping) -> {
            if (!one.containsKey(name)) {
                changes.add(textual(
                        "mapping",
                        name,
                        Direction.NOT_SEEN,
                        "added: " + words(mapping.images()) + " by " + String.join(", ", mapping.ruleSetIds())));
            }
        });
        var order = one.keySet().stream().filter(other::containsKey).toList();
        if (!order.equals(other.keySet().stream().filter(one::containsKey).toList())) {
            changes.add(textual(
                    "mapping",
                    "order",
                    Direction.NOT_SEEN,
                    "the first that fits counts: " + String.join(", ", other.keySet())));
        }
    }

    private static void mapping(String name, Mapping before, Mapping after, List<Change> changes) {
        var what = new ArrayList<String>();
        boolean tighter = false;
        boolean looser = false;
        if (!words(before.images()).equals(words(after.images()))) {
            what.add("images: " + words(before.images()) + " → " + words(after.images()));
        }
        for (var id : after.ruleSetIds()) {
            if (!before.ruleSetIds().contains(id)) {
                what.add("rule set " + id + " added");
                tighter = true;
            }
        }
        for (var id : before.ruleSetIds()) {
            if (!after.ruleSetIds().contains(id)) {
                what.add("rule set " + id + " removed");
                looser = true;
            }
        }
        for (var id : after.allowlistIds()) {
            if (!before.allowlistIds().contains(id)) {
                what.add("allowlist " + id + " added");
                looser = true;
            }
        }
        for (var id : before.allowlistIds()) {
            if (!after.allowlistIds().contains(id)) {
                what.add("allowlist " + id + " removed");
                tighter = true;
            }
        }
        if (!what.isEmpty()) {
            changes.add(new Change("mapping", name, Direction.of(tighter, looser), what, List.of()));
        }
    }

    private static void images(
            String part, List<ImageRule> before, List<ImageRule> after, boolean deny, List<Change> changes) {
        var one = byName(before, BundleDifference::words);
        var other = byName(after, BundleDifference::words);
        one.keySet().stream()
                .filter(name -> !other.containsKey(name))
                .forEach(name ->
                        changes.add(textual(part, name, deny ? Direction.LOOSENED : Direction.TIGHTENED, "removed")));
        other.keySet().stream()
                .filter(name -> !one.containsKey(name))
                .forEach(name ->
                        changes.add(textual(part, name, deny ? Direction.TIGHTENED : Direction.LOOSENED, "added")));
    }

    private static String words(ImageRule rule) {
        return rule.registry() + "/" + rule.repository()
                + switch (rule.image()) {
                    case Bundle.ImageReference.Tag(var pattern) -> ":" + pattern;
                    case Bundle.ImageReference.ManifestDigest(var digest) -> "@" + digest;
                    case Bundle.ImageReference.ImageId(var id) -> " with the id " + id;
                };
    }

    private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
        Map<String, T> named = new LinkedHashMap<>();
        things.forEach(thing -> named.putIfAbsent(name.apply(thing), thing));
        return named;
    }

    private static Change textual(String part, String name, Direction direction, String what) {
        return new Change(part, name, direction, List.of(what), List.of());
    }

    /// How many changes go that way.
    public long count(Direction direction) {
        return changes.stream()
                .filter(change -> change.direction() == direction)
                .count();
    }
}
