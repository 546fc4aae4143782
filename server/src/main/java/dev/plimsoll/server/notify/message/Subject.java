package dev.plimsoll.server.notify.message;

import dev.plimsoll.server.events.Cause;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/// Which event, of which image.
///
/// @param event its id
/// @param name `registry/repository:tag`, empty where the image has none
/// @param digest of the image's manifest
/// @param causes why it happened
public record Subject(UUID event, Instant at, String name, String digest, Set<Cause> causes) {

    public Subject {
        causes = Set.copyOf(causes);
    }

    /// What people call the image: its name, else its digest.
    public String title() {
        return name.isEmpty() ? digest : name;
    }
}
