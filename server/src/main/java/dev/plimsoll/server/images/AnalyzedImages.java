package dev.plimsoll.server.images;

import dev.plimsoll.inventory.Inventory;
import org.jdbi.v3.core.Handle;

/// Takes up what is in an image that was analysed: its packages, and what is known of them.
@FunctionalInterface
public interface AnalyzedImages {

    /// Called before that transaction, so that it is short: what can be done of an inventory that nobody needs to
    /// know of yet.
    default void prepare(Inventory inventory) {}

    /// Called inside the transaction that stores the image. May come again for an image that was analysed before: then
    /// what it had is replaced.
    ///
    /// @param image its row, as it is now
    void stored(Handle handle, ImageRow image, Inventory inventory);
}
