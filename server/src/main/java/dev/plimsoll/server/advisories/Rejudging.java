package dev.plimsoll.server.advisories;

import dev.plimsoll.server.events.Cause;
import java.util.Map;
import java.util.Set;

/// Judges images again because the world changed.
public interface Rejudging {

    /// Nobody judges.
    Rejudging NONE = (_, _, _) -> {};

    /// Judges images anew under what is active now. May be called again for the same images.
    ///
    /// @param revisionId the revision that changed what is known of them
    /// @param causesByImage why, by row of the image
    /// @param quiet whether nobody is to be told: the first data tells of what was known before
    void rejudge(long revisionId, Map<Long, Set<Cause>> causesByImage, boolean quiet);
}
