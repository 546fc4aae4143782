package dev.plimsoll.server.advisories;

import dev.plimsoll.server.access.Principal;
import org.jdbi.v3.core.Handle;

/// Writes down who did what to the advisory data.
@FunctionalInterface
public interface RevisionAudit {

    /// Nobody asks.
    RevisionAudit NONE = (_, _, _, _) -> {};

    /// @param handle of the transaction of the deed
    /// @param action `revision.release`
    /// @param object `revision/7`
    void did(Handle handle, Principal who, String action, String object);
}
