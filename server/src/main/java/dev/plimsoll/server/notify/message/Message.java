package dev.plimsoll.server.notify.message;

import dev.plimsoll.advisory.Severity;
import dev.plimsoll.server.events.Cause;
import dev.plimsoll.server.events.EventKind;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// What is sent: events of one kind that belong together, the same at each attempt. Immutable.
///
/// @param id the key by which receivers know that they have seen it
/// @param account name of the account
/// @param subscription name of the subscription that it is sent for
/// @param grouping what it is about
/// @param groupKey stable name of that, the same for the messages of later windows: `vuln_update cve
/// CVE-2026-0001`
/// @param group what people call it: the id of a vulnerability, the name of an image
/// @param at when the first of its events happened
/// @param causes of all of its events
/// @param events how many there are, listed or not
/// @param images how many images they are of, listed or not
/// @param items the events, in order; at least one, as many as there is room for
/// @param link where to read more, empty where the service does not know its own address
public record Message(
        UUID id,
        String account,
        String subscription,
        EventKind kind,
        Grouping grouping,
        String groupKey,
        String group,
        Instant at,
        Set<Cause> causes,
        int events,
        int images,
        List<Item> items,
        Optional<URI> link) {

    public Message {
        causes = causes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(causes));
        items = List.copyOf(items);
    }

    /// A line of plain text that says it all, of at most 200 characters.
    public String headline() {
        return Headline.of(this);
    }

    /// The events that are not listed.
    public int more() {
        return events - items.size();
    }

    /// The findings that it tells of as new or changed, in order.
    public List<Finding> findings() {
        return items.stream()
                .flatMap(item -> item instanceof Item.VulnerabilityUpdate update
                        ? Stream.concat(update.added().stream(), update.changed().stream())
                        : Stream.of())
                .toList();
    }

    /// The worst of its findings, those that are gone aside; empty where there are none.
    public Optional<Severity> severity() {
        return findings().stream().map(Finding::severity).max(Severity::compareTo);
    }

    public boolean knownExploited() {
        return findings().stream().anyMatch(Finding::knownExploited);
    }
}
