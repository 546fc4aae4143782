package dev.plimsoll.server.notify;

import dev.plimsoll.server.events.EventKind;
import dev.plimsoll.server.notify.message.Finding;
import dev.plimsoll.server.notify.message.Grouping;
import dev.plimsoll.server.notify.message.Item;
import dev.plimsoll.server.notify.message.Item.VulnerabilityUpdate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which events become one message. A group's key is stable: trackers find the ticket of a group by it.
final class Groups {

    private Groups() {}

    /// The groups that an event belongs to, without repetition: with {@link Grouping#CVE} one for each
    /// vulnerability.
    static List<String> keys(Grouping grouping, EventKind kind, Item item) {
        return switch (grouping) {
            case CVE ->
                item instanceof VulnerabilityUpdate update
                        ? findings(update)
                                .map(finding -> key(kind, "cve", finding.id()))
                                .distinct()
                                .toList()
                        : List.of(image(kind, item));
            case IMAGE -> List.of(image(kind, item));
            case NONE -> List.of(key(kind, "event", item.subject().event().toString()));
        };
    }

    /// What people call the group: the part of the key behind its kind.
    static String subject(String key) {
        return key.substring(key.indexOf(' ', key.indexOf(' ') + 1) + 1);
    }

    /// By what the key groups, whatever the subscription says by now.
    static Grouping grouping(String key) {
        return switch (key.split(" ", 3)[1]) {
            case "cve" -> Grouping.CVE;
            case "image" -> Grouping.IMAGE;
            default -> Grouping.NONE;
        };
    }

    /// Whether the group is one vulnerability.
    static boolean isVulnerability(String key) {
        return key.startsWith(key(EventKind.VULN_UPDATE, "cve", ""));
    }

    /// What of an event belongs to that group.
    static Optional<Item> part(String key, Item item) {
        if (!isVulnerability(key) || !(item instanceof VulnerabilityUpdate update)) {
            return Optional.of(item);
        }
        var id = subject(key);
        var added = only(update.added(), id);
        var changed = only(update.changed(), id);
        var gone = only(update.gone(), id);
        return added.isEmpty() && changed.isEmpty() && gone.isEmpty()
                ? Optional.empty()
                : Optional.of(new VulnerabilityUpdate(update.subject(), added, changed, gone, 0));
    }

    private static String image(EventKind kind, Item item) {
        var subject = item.subject();
        return key(kind, "image", subject.digest().isEmpty() ? subject.name() : subject.digest());
    }

    private static String key(EventKind kind, String what, String subject) {
        return kind.word() + " " + what + " " + subject;
    }

    private static Stream<Finding> findings(VulnerabilityUpdate update) {
        return Stream.of(update.added(), update.changed(), update.gone()).flatMap(List::stream);
    }

    private static List<Finding> only(List<Finding> findings, String id) {
        return findings.stream().filter(finding -> finding.id().equals(id)).toList();
    }
}
