package dev.plimsoll.server.notify;

import dev.plimsoll.server.notify.sending.ChannelKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The kinds of channels that there are.
final class ChannelKinds {

    private final Map<String, ChannelKind> kinds = new TreeMap<>();

    ChannelKinds(List<ChannelKind> all) {
        for (var kind : all) {
            if (kinds.put(kind.name(), kind) != null) {
                throw new IllegalArgumentException("two kinds of channels are called " + kind.name());
            }
        }
    }

    Optional<ChannelKind> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /// Their names.
    List<String> names() {
        return List.copyOf(new TreeSet<>(kinds.keySet()));
    }
}
