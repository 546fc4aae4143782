package dev.plimsoll.server.judging;

import dev.plimsoll.policy.background.FormerResult;
import dev.plimsoll.server.images.ImageRow;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Since when vulnerabilities hit an image: the later of the match's beginning and the image's analysis.
@FunctionalInterface
public interface FirstSeen {

    /// What was known of the image at an instant, as a run before that one would have told it: its findings with the
    /// instants since when they, and their fixes, are known. The order of findings does not count.
    ///
    /// @param at what began later is left out
    /// @return empty where the image was not analysed then
    Optional<FormerResult> of(Handle handle, ImageRow image, Instant at);
}
