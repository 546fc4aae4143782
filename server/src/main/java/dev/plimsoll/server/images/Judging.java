package dev.plimsoll.server.images;

import dev.plimsoll.server.events.Cause;
import java.util.Set;

/// Judges an image under all its names.
@FunctionalInterface
public interface Judging {

    /// Called after the transaction that stored the image, perhaps more than once.
    void judge(long accountId, long imageId, Set<Cause> causes);
}
